"""One-click sign-in of the demo. Outside demo mode this address does not exist."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.demo import DEMO_DOMAIN
from accounts.models import User
from accounts.web.entrance import BACKEND


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo people."""
    if not settings.IS_DEMO:
        raise Http404
    email = request.POST.get("email", "")
    user = User.objects.filter(email=email, is_synthetic=True, is_active=True).first()
    if user is None or not email.endswith("@" + DEMO_DOMAIN):
        raise Http404
    login(request, user, backend=BACKEND)
    return redirect("accounts:home")
