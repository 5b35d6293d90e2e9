"""Voices: writing them down as they are said, putting a line right, and the name a speaker agreed to."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.trail import noted_read
from casework.models import Client
from common.errors import DomainError
from common.forms.action import handle
from common.permissions import require
from common.submissions import once
from governance import forum_reading
from governance.actions.voices import (
    attribute_voice,
    capture_voice,
    correct_voice,
    take_voice_back,
    withdraw_attribution,
)
from governance.models import Forum, Group, Voice
from governance.permissions import can_write_forum
from governance.refusals import refuse
from governance.web.forum_acting import act_page, forum_url, own_forum
from governance.web.forum_forms import ActionForm, AttributeForm, CorrectVoiceForm, ReasonForm, VoiceForm

TEMPLATE = "governance/forums/capture.html"
PART = "capture"
SHOWN = 50


@require_http_methods(["GET", "POST"])
def capture(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write voices down one after another; with htmx the page stays and only the next empty line comes."""
    forum = own_forum(request, uid)
    group = request.GET.get("group", "")
    form = VoiceForm(request.POST or None, initial={"group": group} if group in Group.values else {})

    def act(values: dict[str, Any]) -> Voice:
        return capture_voice(actor=request.actor, forum_id=forum.pk, **values)

    def then(voice: Voice) -> str:
        return f"{reverse('forums:capture', args=[forum.uid])}?group={voice.group}"

    if not request.htmx:
        return handle(request, form, act=act, then=then, template=TEMPLATE, context=_around(request, forum))
    status = 422
    if form.is_valid():
        try:
            once(
                key=form.key,
                actor_key=request.actor.key,
                act=lambda: then(act(form.values)),
                content=form.content,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            form, status = VoiceForm(initial={"group": form.values["group"]}), 200
    context = {"form": form, **_around(request, forum)}
    return render(request, f"{TEMPLATE}#{PART}", context, status=status)


def _around(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    voices = forum_reading.voices(forum, request.actor)
    noted_read(request.actor, "forum", subjects=sorted({one.subject for one in voices} - {""}))
    return {
        "forum": forum,
        "voices": list(reversed(voices))[:SHOWN],
        "voice_count": len(voices),
        "back": forum_url(forum),
    }


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a line right."""
    voice = _own_voice(request, uid)
    return _about(
        request,
        voice,
        CorrectVoiceForm(request.POST or None, initial={"group": voice.group, "text": voice.text}),
        act=lambda values: correct_voice(actor=request.actor, voice_uid=uid, **values),
        title=_("Correct a line"),
        submit=_("Save the correction"),
        done=_("The line is corrected; the earlier one is kept."),
        lead=_("Only what was written down wrongly. What was said stays as it was said."),
    )


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a line back that nobody said."""
    voice = _own_voice(request, uid)
    return _about(
        request,
        voice,
        ReasonForm(request.POST or None),
        act=lambda values: take_voice_back(actor=request.actor, voice_uid=uid, **values),
        title=_("Take a line back"),
        done=_("The line is taken back."),
        lead=f"“{voice.text[:200]}”",
        danger=True,
    )


@require_http_methods(["GET", "POST"])
def attribute(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the speaker's name to a voice, because the speaker agreed."""
    voice = _own_voice(request, uid)

    def act(values: dict[str, Any]) -> Any:
        code = values["code"].strip().upper()
        client = Client.objects.visible_to(request.actor).filter(code=code).first()
        if client is None:
            refuse("attribution_elsewhere", "code")
        return attribute_voice(
            actor=request.actor, voice_uid=uid, client_id=client.pk, agreed_on=values["agreed_on"]
        )

    return _about(
        request,
        voice,
        AttributeForm(request.POST or None),
        act=act,
        title=_("Add the speaker's name"),
        done=_("The name is added. It can be taken away at any time."),
        lead=_(
            "Only where the person agreed to it themselves. The voice then stands in their file; "
            "nobody who may not open the file sees the name."
        ),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the name away again."""
    voice = _own_voice(request, uid)
    return _about(
        request,
        voice,
        ActionForm(request.POST or None),
        act=lambda values: withdraw_attribution(actor=request.actor, voice_uid=uid),
        title=_("Take the name away"),
        done=_("The name is taken away; the voice stays without it."),
        lead=f"“{voice.text[:200]}”",
    )


def _own_voice(request: HttpRequest, uid: UUID) -> Voice:
    voice = get_object_or_404(
        Voice.objects.visible_to(request.actor).standing().select_related("forum"), uid=uid
    )
    require(
        can_write_forum(request.actor, voice.forum),
        _("The caseworkers of the centre that holds a forum write in it."),
    )
    return voice


def _about(request: HttpRequest, voice: Voice, form: Any, **more: Any) -> HttpResponse:
    back = f"{forum_url(voice.forum)}#voices"
    return act_page(request, form, about=voice.forum.title, back=back, **more)
