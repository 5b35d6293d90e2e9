"""Addresses of the network's API."""

from rest_framework.routers import SimpleRouter

from network.api import views

router = SimpleRouter(use_regex_path=False)
router.register("partners", views.Partners, basename="partner")
router.register("contributions", views.Contributions, basename="contribution")
urlpatterns = router.urls
