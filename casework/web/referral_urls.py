"""Addresses of referrals."""

from django.urls import path

from casework.web import referrals

ONE = "referrals/<uuid:uid>/"

urlpatterns = [
    path("referrals/", referrals.referrals, name="referrals"),
    path("people/<uuid:uid>/referrals/", referrals.tab, name="client_referrals"),
    path("people/<uuid:uid>/referrals/new/", referrals.new, name="refer"),
    path(ONE, referrals.one, name="referral"),
    path(f"{ONE}answer/", referrals.answer, name="referral_answer"),
    path(f"{ONE}done/", referrals.done, name="referral_done"),
    path(f"{ONE}revoke/", referrals.revoke, name="referral_revoke"),
    path(f"{ONE}review/", referrals.review, name="referral_review"),
]
