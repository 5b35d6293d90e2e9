"""Signing a tenancy from the client file: choose a bed, see who would pay what, sign."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.web.file import own_client
from casework.web.rows import flags_raised
from common import clock
from common.permissions import require
from common.thai.periods import Month
from rentshare.actions.tenancies import sign_tenancy
from rentshare.models import Scheme, SchemeVersion, Tenancy
from rentshare.rules.terms import look_ahead
from rentshare.splitting import expected
from rentshare.vacancies import vacancies
from rentshare.web import shown
from rentshare.web.forms.rooms import SignForm
from rentshare.web.in_file import may_sign
from rentshare.web.trying import two_steps

MOST_MONTHS = 24
"""So far a page looks ahead at most."""


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form; the split as it would be; the tenancy."""
    client, actor = own_client(request, uid), request.actor
    require(may_sign(actor, client), _("Tenancies are signed and ended by caseworkers of the centre."))
    back = reverse("rentshare:client_tab", args=[client.uid])
    free = vacancies(actor, clock.today())
    schemes = list(Scheme.objects.visible_to(actor).filter(versions__isnull=False).distinct())
    context: dict[str, Any] = {
        "client": client,
        "flags": flags_raised(client),
        "title": _("Sign a tenancy"),
        "cancel_url": back,
        "submit": _("See who pays what"),
    }
    if not free or not schemes:
        return render(request, "rentshare/sign_not.html", context | {"no_scheme": not schemes})
    form = SignForm(request.POST or None, free=free, schemes=schemes)

    def then(tenancy: Tenancy) -> str:
        messages.success(request, _("The tenancy is signed. Rent is charged month by month from now on."))
        return shown.tenancy_url(tenancy)

    return two_steps(
        request,
        form,
        act=lambda _values: sign_tenancy(actor=actor, client_id=client.pk, new=form.new),
        look=_look,
        then=then,
        template="casework/act.html",
        confirm_template="rentshare/sign_confirm.html",
        context=context,
    )


def _look(tenancy: Tenancy) -> dict[str, Any]:
    """The first month by its days and the whole month after it; month by month where the scheme steps down."""
    changes = tenancy.version.terms.changes
    first = expected(tenancy, Month.of(tenancy.starts_on))
    whole = expected(tenancy, Month.of(tenancy.starts_on).next())
    splits = []
    for one, title in (
        (first, _("The first month, %(month)s")),
        (whole, _("The first whole month, %(month)s") if changes else _("Each whole month, from %(month)s")),
    ):
        if one is not None and not (one is whole and tenancy.starts_on.day == 1):
            said = title % {"month": shown.month_label(one.month)}
            splits.append(shown.split_picture(one.split.parts, one.split.surplus, one.version, title=said))
    version = tenancy.version
    if changes:
        ahead = look_ahead(version.terms, tenancy.rent, tenancy.starts_on, tenancy.ends_on, _months(version))
        splits.append(shown.months_picture(list(ahead), version))
    return {
        "tenancy": tenancy,
        "place": shown.place_of(tenancy),
        "scheme": shown.scheme_name(tenancy.scheme),
        "shares": shown.shares_text(version),
        "splits": splits,
    }


def _months(version: SchemeVersion) -> int:
    """So many months that the last change and a month after it are seen."""
    last = max([step.from_month for step in version.terms.steps] + [(version.support_months or 0) + 1])
    return min(last + 2, MOST_MONTHS)
