"""The door: home by role, language, and making the account one was invited to."""

from datetime import timedelta
from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions.people import accept_invitation
from accounts.demo import demo_roles
from accounts.invitations import open_invitation
from accounts.models import User
from accounts.web.forms import AcceptForm
from common import slots
from common.actor import SystemActor
from common.errors import DomainError

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead everybody to the page their work begins with; who has none is told what this is."""
    for place in slots.entries("home"):
        if place.allowed(request.actor):
            return redirect(place.url_name)
    return render(request, "accounts/home.html")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language of the pages and go back to where one was."""
    wanted = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("accounts:home")
    response = HttpResponseRedirect(back)
    if wanted in dict(settings.LANGUAGES):
        remember_language(response, wanted)
    return response


def remember_language(response: HttpResponse, wanted: str) -> None:
    """A cookie of a year that only the server reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        max_age=timedelta(days=365),
        httponly=True,
        samesite="Lax",
        secure=settings.IS_PRODUCTION,
    )


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Make the account an invitation is for, and sign in with it."""
    invitation = open_invitation(key)
    form = AcceptForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        user = _accept(form, key)
        if user is not None:
            login(request, user, backend=BACKEND)
            return redirect("accounts:home")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/accept.html", {"form": form, "invitation": invitation}, status=status)


def _accept(form: AcceptForm, key: str) -> User | None:
    try:
        return accept_invitation(actor=SystemActor("invitation"), key=key, **form.values)
    except DomainError as error:
        form.refuse(error)
    except IntegrityError:
        # Two tabs at once: the other one made the account a moment ago.
        form.refuse(DomainError("has_account", _("This account was made already: sign in with it.")))
    return None


class SignIn(LoginView):
    """allauth's sign-in; the demo adds a button for each role."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo_roles": demo_roles()}


def not_offered(request: HttpRequest, **_: str) -> HttpResponse:
    """A page of the sign-in library that this house does not have: an address is given with the invitation."""
    raise Http404
