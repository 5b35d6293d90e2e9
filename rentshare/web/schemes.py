"""Schemes: who pays which share from which day on. Read by whoever works with rooms, written by administrators."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.actor import Actor
from common.forms.action import handle
from common.permissions import require
from rentshare import permissions
from rentshare.actions.schemes import add_scheme_version, create_scheme
from rentshare.models import Scheme
from rentshare.presets import PRESETS
from rentshare.web import schemes_shown, shown
from rentshare.web.forms.schemes import MONEY, SchemeForm, VersionForm


def _seen(actor: Actor) -> Any:
    """Schemes the actor sees: those who work with rooms, and administrators, who write them."""
    return Scheme.objects.all() if permissions.can_manage_schemes(actor) else Scheme.objects.visible_to(actor)


@require_GET
def schemes(request: HttpRequest) -> HttpResponse:
    """Every scheme with what it says, the latest version first."""
    actor = request.actor
    manages = permissions.can_manage_schemes(actor)
    require(
        manages or permissions.can_see_rent(actor),
        _("Rent rooms are for caseworkers, finance officers and auditors."),
    )
    found = list(_seen(actor).prefetch_related("versions__steps"))
    return render(
        request,
        "rentshare/schemes.html",
        {
            "schemes": [
                {
                    "scheme": one,
                    "name": shown.scheme_name(one),
                    "versions": [
                        {
                            "version": version,
                            "shares": shown.shares_text(version),
                            "facts": schemes_shown.terms_facts(version),
                        }
                        for version in one.versions.all()
                    ],
                }
                for one in found
            ],
            "manages": manages,
            "presets": [one for one in PRESETS if one.code not in {scheme.code for scheme in found}],
        },
    )


@require_http_methods(["GET", "POST"])
def scheme_new(request: HttpRequest) -> HttpResponse:
    """Found a scheme; one that was tried may be begun from."""
    _require_manager(request.actor)
    form = SchemeForm(request.POST or None, initial=_preset(request.GET.get("from", "")))

    def act(values: dict[str, Any]) -> Any:
        names = {name: values[name] for name in ("code", "name_th", "name_en")}
        return create_scheme(actor=request.actor, new=form.new, **names)

    return _form(request, form, act, _("Add a scheme"))


def _preset(code: str) -> dict[str, Any]:
    """What a scheme that was tried said, as the form wants it."""
    found = next((one for one in PRESETS if one.code == code), None)
    if found is None:
        return {}
    new = found.new
    return {
        "code": found.code,
        "name_th": found.name_th,
        "name_en": found.name_en,
        "starts_on": new.starts_on,
        "participant": f"{new.shares.participant / 100:g}",
        "programme": f"{new.shares.programme / 100:g}",
        "surplus_fund": new.surplus_fund,
        "steps": ", ".join(f"{step.from_month}: {step.programme / 100:g}" for step in new.steps),
        "support_months": new.support_months,
        "deposit_rule": new.deposit_rule,
        "grace_days": new.grace_days,
        "arrears_rule": new.arrears_rule,
        "is_ours": new.is_ours,
        **{name: getattr(new, name) for name in MONEY},
    }


@require_http_methods(["GET", "POST"])
def version_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what a scheme says from a day on; who has signed already keeps what was signed."""
    found = get_object_or_404(_seen(request.actor), uid=uid)
    _require_manager(request.actor)
    form = VersionForm(request.POST or None)

    def act(_values: dict[str, Any]) -> Any:
        return add_scheme_version(actor=request.actor, scheme_id=found.pk, new=form.new)

    return _form(request, form, act, _("New version of %(scheme)s") % {"scheme": shown.scheme_name(found)})


def _require_manager(actor: Actor) -> None:
    require(permissions.can_manage_schemes(actor), _("Schemes are written down by administrators."))


def _form(request: HttpRequest, form: VersionForm, act: Any, title: str) -> HttpResponse:
    back = reverse("rentshare:schemes")

    def then(_result: Any) -> str:
        messages.success(request, _("The scheme is saved."))
        return back

    context = {
        "title": title,
        "submit": _("Save"),
        "cancel_url": back,
        "eyebrow": _("Schemes"),
        "eyebrow_url": back,
    }
    return handle(request, form, act=act, then=then, template="rentshare/act.html", context=context)
