"""Addresses of relief grants."""

from django.urls import path

from casework.web import relief, relief_lists

ONE = "grants/<uuid:uid>/"

urlpatterns = [
    path("grants/", relief_lists.listed, name="grants"),
    path("grants/sheet/", relief_lists.sheet, name="grants_sheet"),
    path("grants/terms/", relief_lists.terms, name="relief_terms"),
    path("grants/terms/new/", relief_lists.terms_new, name="relief_terms_new"),
    path("people/<uuid:uid>/grants/", relief.tab, name="client_grants"),
    path("people/<uuid:uid>/grants/new/", relief.new, name="grant_new"),
    path(ONE, relief.one, name="grant"),
    path(f"{ONE}decide/", relief.decide, name="grant_decide"),
    path(f"{ONE}cancel/", relief.cancel, name="grant_cancel"),
    path(f"{ONE}pay/", relief.pay, name="grant_pay"),
    path(f"{ONE}reverse/", relief.reverse_paid, name="grant_reverse"),
    path(f"{ONE}receipts/<int:attempt>/", relief.receipt, name="grant_receipt"),
]
