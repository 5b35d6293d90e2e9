"""Colleagues: the list, inviting, roles with dates, closing an account."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import people as actions
from accounts.models import Invitation, Membership, User
from accounts.permissions import can_change_membership_of, can_list_people, can_manage_people
from accounts.roles import Role
from accounts.web.forms import EndRoleForm, GiveRoleForm, InviteForm
from common import clock
from common.actor import Actor
from common.forms.action import ActionForm, handle
from common.permissions import require

PAGE = 30


def _listed(actor: Actor) -> QuerySet[User]:
    require(can_list_people(actor), _("The list of colleagues is for administrators, auditors and leads."))
    if can_manage_people(actor) or actor.has(Role.AUDITOR):
        return User.objects.all()
    return User.objects.filter(pk__in=Membership.objects.visible_to(actor).values("user_id"))


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The list, by name, with a filter by words and role."""
    words, role = request.GET.get("q", "").strip()[:100], request.GET.get("role", "")
    found = _listed(request.actor)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role in Role.values:
        found = found.filter(pk__in=Membership.objects.filter(role=role).on(clock.today()).values("user_id"))
    held = Membership.objects.on(clock.today()).select_related("centre", "province").order_by("pk")
    found = found.order_by("name", "pk").prefetch_related(
        Prefetch("memberships", queryset=held, to_attr="held")
    )
    invitations = Invitation.objects.filter(accepted_at__isnull=True, expires_at__gt=clock.now()).order_by(
        "-pk"
    )
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "q": words,
        "role": role,
        "roles": Role.choices,
        "can_manage": can_manage_people(request.actor),
        "invitations": invitations if can_manage_people(request.actor) else [],
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody with their first role."""
    require(can_manage_people(request.actor), _("Only administrators invite people."))
    return _handled(
        request,
        InviteForm(request.POST or None),
        act=lambda values: actions.invite(actor=request.actor, **values),
        then=lambda invitation: reverse("accounts:people"),
        said=_("The invitation is on its way."),
        template="accounts/invite.html",
    )


@require_GET
def person(request: HttpRequest, uid: str) -> HttpResponse:
    """One colleague: roles of past, present and future."""
    user = get_object_or_404(_listed(request.actor), uid=uid)
    memberships = user.memberships.select_related("centre", "province").order_by("-starts_on", "-pk")
    context = {
        "person": user,
        "memberships": memberships,
        "today": clock.today(),
        "can_change": can_change_membership_of(request.actor, user),
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "POST"])
def give_role(request: HttpRequest, uid: str) -> HttpResponse:
    """Give a colleague a role."""
    user = get_object_or_404(_listed(request.actor), uid=uid)
    require(
        can_change_membership_of(request.actor, user), _("Only another administrator changes these roles.")
    )
    return _handled(
        request,
        GiveRoleForm(request.POST or None),
        act=lambda values: actions.give_role(actor=request.actor, user_id=user.pk, **values),
        then=lambda membership: _page(user),
        said=_("The role is given."),
        template="accounts/give_role.html",
        context={"person": user},
    )


@require_http_methods(["GET", "POST"])
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a role end: asked first, since it takes away work at once."""
    found = Membership.objects.visible_to(request.actor).select_related("user", "centre", "province")
    membership = get_object_or_404(found, pk=pk)
    require(
        can_change_membership_of(request.actor, membership.user),
        _("Only another administrator changes these roles."),
    )
    return _handled(
        request,
        EndRoleForm(request.POST or None),
        act=lambda values: actions.end_role(actor=request.actor, membership_id=pk, **values),
        then=lambda ended: _page(membership.user),
        said=_("The role ends on that day."),
        template="accounts/end_role.html",
        context={"person": membership.user, "membership": membership},
    )


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, uid: str) -> HttpResponse:
    """Close an account, or open a closed one: asked first."""
    user = get_object_or_404(_listed(request.actor), uid=uid)
    require(
        can_change_membership_of(request.actor, user), _("Only another administrator closes this account.")
    )
    return _handled(
        request,
        ActionForm(request.POST or None),
        act=lambda values: actions.set_active(
            actor=request.actor, user_id=user.pk, active=not user.is_active
        ),
        then=lambda changed: _page(user),
        said=_("Saved."),
        template="accounts/account.html",
        context={"person": user},
    )


def _page(user: User) -> str:
    return reverse("accounts:person", args=[user.uid])


def _handled(request: HttpRequest, form: ActionForm, *, said: str, **rest: Any) -> HttpResponse:
    response = handle(request, form, **rest)
    if response.status_code == 302:
        messages.success(request, said)
    return response
