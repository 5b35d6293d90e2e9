"""One's own page: name, language, roles, keys for programs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.people import update_profile
from accounts.actions.tokens import issue_token, revoke_token
from accounts.models import ApiToken, Membership
from accounts.permissions import own_key
from accounts.web.entrance import remember_language
from accounts.web.forms import ProfileForm, TokenForm
from common import slots
from common.errors import DomainError
from common.forms.action import handle
from common.submissions import once


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change name, phone and language; list the roles."""
    user = request.user
    form = ProfileForm(
        request.POST or None, initial={"name": user.name, "phone": user.phone, "language": user.language}
    )
    memberships = (
        Membership.objects.filter(user=user)
        .select_related("centre", "province")
        .order_by("-starts_on", "-pk")
    )
    response = handle(
        request,
        form,
        act=lambda values: update_profile(actor=request.actor, **values),
        then=lambda changed: reverse("accounts:profile"),
        template="accounts/profile.html",
        context={
            "memberships": memberships,
            "more": [item for item in slots.entries("profile.acts") if item.allowed(request.actor)],
        },
    )
    if response.status_code == 302:
        remember_language(response, form.cleaned_data["language"])
        messages.success(request, _("Saved."))
    return response


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List the own tokens and make one. Its text is shown once, in the answer that made it."""
    form, made = TokenForm(request.POST or None), list[str]()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                once(key=form.key, actor_key=request.actor.key, act=lambda: _issue(request, form, made))
                form, status = TokenForm(), 200
            except DomainError as error:
                form.refuse(error)
    raw = made[0] if made else ""
    found = ApiToken.objects.filter(user=request.user, revoked_at__isnull=True).order_by("-pk")
    return render(request, "accounts/tokens.html", {"form": form, "raw": raw, "tokens": found}, status=status)


def _issue(request: HttpRequest, form: TokenForm, made: list[str]) -> str:
    """Make the token and keep its text for this one answer; a form sent twice makes no second one."""
    _token, raw = issue_token(actor=request.actor, user_id=own_key(request.actor), **form.values)
    made.append(raw)
    return reverse("accounts:tokens")


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token now."""
    revoke_token(actor=request.actor, token_id=pk)
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:tokens")
