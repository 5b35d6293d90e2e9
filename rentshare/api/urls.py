"""Addresses of the rent rooms' API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from rentshare.api import payouts, schemes, views

router = SimpleRouter(use_regex_path=False)
router.register("tenancies", views.Tenancies, basename="tenancy")
router.register("payments", views.Payments, basename="payment")
router.register("rent-runs", views.Runs, basename="rent-run")
router.register("payout-batches", payouts.PayoutBatches, basename="payout-batch")
router.register("rent-schemes", schemes.Schemes, basename="rent-scheme")
urlpatterns = [*router.urls, path("trial-balance/", views.trial_balance, name="api_trial_balance")]
