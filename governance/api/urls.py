"""Addresses of governance's API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from governance.api import forums, views

router = SimpleRouter(use_regex_path=False)
router.register("forums", forums.Forums, basename="forum")
router.register("demands", forums.Demands, basename="demand")
urlpatterns = [
    path("indicators/", views.indicators, name="api_indicators"),
    path("indicators/<slug:code>/", views.indicator, name="api_indicator"),
    *router.urls,
]
