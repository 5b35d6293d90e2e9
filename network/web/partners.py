"""Partners: the list, one with what it gave, adding and changing, and who signs in for it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from common import clock
from common.actor import Actor
from common.forms.action import handle
from common.permissions import require
from common.templatetags.thai import be
from common.thai import names, phone
from network import permissions
from network.actions import partners as actions
from network.actions.contributions import log_contribution
from network.models import Contribution, Partner
from network.models.partner import STAFF
from network.web.charts import giving_by_month
from network.web.forms import LogForm, MemberForm, PartnerForm, PlainForm
from network.web.shown import baht_text, rows_of

PAGE = 25
LATEST = 10


@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """Partners the actor may see, in dictionary order, by words and kind."""
    actor = request.actor
    require(
        permissions.can_list_partners(actor), _("The list of partners is for centres and the department.")
    )
    words, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    found = Partner.objects.visible_to(actor)
    for word in names.search_text(words, titled=False).split():
        found = found.filter(search_text__contains=word)
    if kind in Partner.Kind.values:
        found = found.filter(kind=kind)
    found = found.select_related("province").order_by("sort_key", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_partner_row(partner) for partner in page.object_list],
        "q": words,
        "kind": kind,
        "kinds": Partner.Kind.choices,
        "may_add": permissions.can_add_partner(actor),
    }
    return render(request, "network/partners.html", context)


def _partner_row(partner: Partner) -> dict[str, Any]:
    ended = partner.active_to is not None and partner.active_to < clock.today()
    return {
        "name": partner.name,
        "url": address(partner),
        "code": partner.code,
        "chips": [(_("ended"), "bad")] if ended else [],
        "detail": " · ".join(
            str(part) for part in (partner.get_kind_display(), partner.place, partner.province) if part
        ),
    }


def address(partner: Partner) -> str:
    return reverse("network:partner", args=[partner.uid])


@require_GET
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A partner with what it gave by month and kind."""
    actor, partner = request.actor, _partner(request.actor, uid)
    given = Contribution.objects.visible_to(actor).standing().filter(partner=partner)
    latest = given.select_related("partner", "corrected_by").order_by("-given_on", "-pk")[:LATEST]
    reads = permissions.can_list_contributions(actor)
    may_link = permissions.can_link_members(actor, partner)
    context = {
        "partner": partner,
        "facts": _facts(partner),
        "rows": rows_of(latest, actor=actor, partner=False),
        "reads": reads,
        "chart": giving_by_month(given, clock.today()) if reads else None,
        "summary": _summary(given) if reads else "",
        "may_log": permissions.can_log_for(actor, partner),
        "may_edit": permissions.can_edit_partner(actor, partner),
        "may_link": may_link,
        "members": partner.members.on(clock.today()).select_related("user").order_by("user__name")
        if may_link
        else [],
    }
    return render(request, "network/partner.html", context)


def _summary(given: Any) -> str:
    """All of it in one sentence; nothing given is said so."""
    received = given.exclude(state=Contribution.State.PLEDGED).order_by()
    count = received.count()
    if not count:
        return _("Nothing is written down yet.")
    worth = received.aggregate(worth=Sum("value_satang"))["worth"]
    times = ngettext("%(n)s contribution", "%(n)s contributions", count) % {"n": f"{count:,}"}
    if worth is None:
        return times
    return _("%(times)s worth %(worth)s in all") % {"times": times, "worth": baht_text(worth)}


def _facts(partner: Partner) -> list[tuple[str, Any]]:
    areas = ", ".join(str(area) for area in partner.areas.order_by("sort_key"))
    until = partner.active_to
    since = f"{be(partner.active_from)} – {be(until)}" if until else be(partner.active_from)
    facts = [
        (_("Code"), partner.code),
        (_("Kind"), partner.get_kind_display()),
        (_("Where"), " · ".join(str(part) for part in (partner.place, partner.province) if part)),
        (_("Also active in"), areas),
        (_("Whom to talk to"), partner.contact),
        (_("Phone"), phone.format_phone(partner.phone) if partner.phone else ""),
        (_("Partner since"), since),
    ]
    return [(label, value) for label, value in facts if value]


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Take somebody into the network."""
    actor = request.actor
    require(permissions.can_add_partner(actor), _("Staff of a centre look after the partners."))
    form = PartnerForm(request.POST or None, provinces=actor.provinces_as(*STAFF))
    return handle(
        request,
        form,
        act=lambda _values: actions.add_partner(actor=actor, new=form.new),
        then=lambda made: _saying(request, _("The partner is added."), made),
        template="network/act.html",
        context={
            "title": _("Add a partner"),
            "submit": _("Add the partner"),
            "cancel_url": reverse("network:partners"),
            "back_label": _("Partners"),
            "lead": "",
            "danger": False,
        },
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Describe a partner anew."""
    actor, partner = request.actor, _partner(request.actor, uid)
    require(permissions.can_edit_partner(actor, partner), _("You may read this but not change it."))
    provinces = actor.provinces_as(*STAFF)
    form = PartnerForm(request.POST or None, provinces=provinces, partner=partner)
    return handle(
        request,
        form,
        act=lambda _values: actions.change_partner(actor=actor, partner_id=partner.pk, new=form.new),
        then=lambda made: _saying(request, _("The partner is changed."), made),
        template="network/act.html",
        context=_context(partner, _("Change the partner"), _("Save")),
    )


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what the partner gave."""
    actor, partner = request.actor, _partner(request.actor, uid)
    require(permissions.can_log_for(actor, partner), _("You may not write down what this partner gives."))
    form = LogForm(request.POST or None, partner=partner)
    return handle(
        request,
        form,
        act=lambda _values: log_contribution(actor=actor, partner_id=partner.pk, given=form.given),
        then=lambda _row: _saying(request, _("It is written down."), partner),
        template="network/log.html",
        context=_context(partner, _("Write down a contribution"), _("Save the contribution")),
    )


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let somebody sign in for the partner."""
    actor, partner = request.actor, _linkable(request.actor, uid)
    return handle(
        request,
        MemberForm(request.POST or None),
        act=lambda values: actions.link_member(actor=actor, partner_id=partner.pk, **values),
        then=lambda _member: _saying(request, _("This person signs in for the partner now."), partner),
        template="network/act.html",
        context=_context(partner, _("Let somebody sign in for the partner"), _("Let them sign in"))
        | {"lead": _("The person needs the role of partner or volunteer, and belongs to one partner only.")},
    )


@require_http_methods(["GET", "POST"])
def unlink(request: HttpRequest, uid: UUID, member: int) -> HttpResponse:
    """From now on somebody does not sign in for the partner any more."""
    actor, partner = request.actor, _linkable(request.actor, uid)
    found = get_object_or_404(partner.members.select_related("user"), pk=member)
    return handle(
        request,
        PlainForm(request.POST or None),
        act=lambda _values: actions.end_member(actor=actor, partner_id=partner.pk, member_id=found.pk),
        then=lambda _member: _saying(
            request, _("This person sees nothing of the partner any more."), partner
        ),
        template="network/act.html",
        context=_context(partner, _("Take %(name)s away") % {"name": found.user}, _("Take away"))
        | {"danger": True, "lead": _("Whoever is taken away sees nothing of the partner from now on.")},
    )


def _context(partner: Partner, title: str, submit: str) -> dict[str, Any]:
    return {
        "partner": partner,
        "title": title,
        "submit": submit,
        "cancel_url": address(partner),
        "back_label": partner.name,
        "lead": "",
        "danger": False,
    }


def _saying(request: HttpRequest, done: str, partner: Partner) -> str:
    messages.success(request, done)
    return address(partner)


def _partner(actor: Actor, uid: UUID) -> Partner:
    found = Partner.objects.visible_to(actor).select_related("province")
    return get_object_or_404(found, uid=uid)


def _linkable(actor: Actor, uid: UUID) -> Partner:
    partner = _partner(actor, uid)
    require(
        permissions.can_link_members(actor, partner),
        _("Leads of the province and administrators say who signs in for a partner."),
    )
    return partner
