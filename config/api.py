"""The root of /api/v1/."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from config.api_docs import api_docs

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("docs/", api_docs, name="api_docs"),
    path("", include("casework.api.urls")),
    path("", include("network.api.urls")),
    path("", include("rentshare.api.urls")),
    path("", include("governance.api.urls")),
]
