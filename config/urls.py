"""The address book: each app brings its own."""

from django.urls import include, path

from accounts.web.entrance import SignIn, not_offered
from common.web import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("sign-in/login/", SignIn.as_view(), name="account_login"),
    path("sign-in/email/", not_offered, name="account_email"),
    path("sign-in/", include("allauth.account.urls")),
    path("", include("accounts.web.urls")),
    path("house/", include("common.web.urls")),
    path("casework/", include("casework.web.urls")),
    path("rent/", include("rentshare.web.urls")),
    path("network/", include("network.web.urls")),
    path("reports/", include("governance.web.urls")),
    path("forums/", include("governance.web.forum_urls")),
    path("api/v1/", include("config.api")),
]

handler500 = "common.web.errors.server_error"
