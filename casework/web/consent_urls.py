"""Addresses of consents."""

from django.urls import path

from casework.web import consents

FILE = "people/<uuid:uid>/consents/"

urlpatterns = [
    path(FILE, consents.tab, name="client_consents"),
    path(f"{FILE}new/", consents.new, name="consent"),
    path(f"{FILE}paper/", consents.paper, name="consent_paper"),
    path("consents/<uuid:uid>/withdraw/", consents.withdraw, name="consent_withdraw"),
]
