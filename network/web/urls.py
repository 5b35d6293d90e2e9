"""Addresses of the network's pages."""

from django.urls import path

from network.web import contributions, home, partners, sheets, values

app_name = "network"

ONE = "contributions/<uuid:uid>/"
PARTNER = "partners/<uuid:uid>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("contributions/", contributions.contributions, name="contributions"),
    path("to-confirm/", contributions.to_confirm, name="to_confirm"),
    path(ONE, contributions.one, name="contribution"),
    path(f"{ONE}receive/", contributions.receive, name="receive"),
    path(f"{ONE}confirm/", contributions.confirm, name="confirm"),
    path(f"{ONE}correct/", contributions.correct, name="correct"),
    path(f"{ONE}never-came/", contributions.void, name="void"),
    path("partners/", partners.partners, name="partners"),
    path("partners/add/", partners.add, name="partner_add"),
    path(PARTNER, partners.one, name="partner"),
    path(f"{PARTNER}edit/", partners.edit, name="partner_edit"),
    path(f"{PARTNER}log/", partners.log, name="log"),
    path(f"{PARTNER}people/add/", partners.link, name="member_add"),
    path(f"{PARTNER}people/<int:member>/end/", partners.unlink, name="member_end"),
    path(f"{PARTNER}sheet/", sheets.new, name="sheet_new"),
    path("sheets/<uuid:uid>/", sheets.one, name="sheet"),
    path("sheets/<uuid:uid>/write/", sheets.write, name="sheet_write"),
    path("sheets/<uuid:uid>/drop/", sheets.drop, name="sheet_drop"),
    path("values/", values.book, name="values"),
    path("values/add/", values.add, name="value_add"),
]
