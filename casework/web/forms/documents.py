"""Papers and photos: several at once, from the camera or from what is stored."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.actions.documents import MOST_AT_ONCE, About
from casework.models import ClientDocument
from casework.refusals import MESSAGES
from casework.web.forms import fields
from common.forms.action import ActionForm
from common.uploads import Taken, UploadError, take

ACCEPTED = "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.txt,.csv"


class SeveralFiles(forms.FileInput):
    """A box for several files that says, before anything is sent, when one is too large."""

    allow_multiple_selected = True

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs["data-most-bytes"] = settings.DOCUMENT_MAX_BYTES
        attrs["data-too-large"] = MESSAGES["upload_too_large"] % {"name": "{name}", "most": _most()}
        return attrs


class TakenFiles(forms.FileField):
    """Cleaned to a list of `Taken`; what is not taken is an error that names the file."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(sent) > MOST_AT_ONCE:
            raise forms.ValidationError(
                str(MESSAGES["document_too_many"]) % {"most": MOST_AT_ONCE}, code="document_too_many"
            )
        taken, wrong = [], []
        for file in sent:
            try:
                taken.append(_taken(file))
            except UploadError as error:
                words = {"name": _shown(file.name), "most": _most()}
                wrong.append(forms.ValidationError(str(MESSAGES[error.code]) % words, code=error.code))
        if wrong:
            raise forms.ValidationError(wrong)
        return taken


def _taken(file: Any) -> Taken:
    if file.size > settings.DOCUMENT_MAX_BYTES:
        raise UploadError("upload_too_large")
    return take(file, most_bytes=settings.DOCUMENT_MAX_BYTES, most_pixels=settings.DOCUMENT_MAX_PIXELS)


def _most() -> str:
    return str(filesizeformat(settings.DOCUMENT_MAX_BYTES))


def _shown(name: str) -> str:
    """A file's name as a sentence bears it."""
    plain = "".join(letter for letter in name if letter.isprintable())
    return f"“{plain[-60:]}”" if plain else _("The file")


class AboutFields(forms.Form):
    """What is said of a paper."""

    kind = fields.radio(gettext_lazy("What is it?"), ClientDocument.Kind.choices)
    title = fields.text(
        gettext_lazy("What it is called"),
        hint=gettext_lazy("A few words by which it is found again."),
        longest=200,
    )
    taken_on = fields.day_ahead(gettext_lazy("From which day"), required=False)

    @property
    def about(self) -> About:
        data = self.cleaned_data
        return About(data["kind"], data["title"], data["taken_on"])


class _WithFiles(ActionForm):
    """A form with papers in it, from the store of the device or straight from its camera."""

    @property
    def contents(self) -> list[Taken]:
        return [*self.cleaned_data["chosen"], *self.cleaned_data.get("camera", [])]

    @property
    def content(self) -> str:
        """All files count when one sending is compared with another."""
        sent: Any = self.files
        lists = sent.lists() if isinstance(sent, MultiValueDict) else [(n, [f]) for n, f in sent.items()]
        names = [(field, file.name, file.size) for field, files in lists for file in files]
        return super().content + repr(sorted(names))


class DocumentsForm(AboutFields, _WithFiles):
    """Papers of one kind to add."""

    camera = TakenFiles(
        label=gettext_lazy("Take a photo"),
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/*", "capture": "environment"}),
    )
    chosen = TakenFiles(
        label=gettext_lazy("Or choose files"),
        required=False,
        widget=SeveralFiles(attrs={"accept": ACCEPTED, "class": "drop", "multiple": True}),
    )

    field_order = ("kind", "camera", "chosen", "title", "taken_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].help_text = _(
            "Photos, PDF, Word, Excel or text; at most %(n)s files of %(most)s each. "
            "Place and camera are taken out of photos."
        ) % {"n": MOST_AT_ONCE, "most": _most()}


class CorrectDocumentForm(AboutFields, _WithFiles):
    """A new version of one paper; without a file the content stays."""

    chosen = TakenFiles(
        label=gettext_lazy("Another file, if the content is wrong"),
        required=False,
        widget=SeveralFiles(attrs={"accept": ACCEPTED}),
    )
    reason = fields.long_text(gettext_lazy("Why it is corrected"), required=True, rows=2)

    field_order = ("kind", "title", "taken_on", "chosen", "reason")
