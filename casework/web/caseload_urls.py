"""Addresses of the list of cases."""

from django.urls import path

from casework.web import caseload, reassign

urlpatterns = [
    path("cases/", caseload.caseload, name="caseload"),
    path("cases/keep/", caseload.save, name="list_save"),
    path("cases/lists/<uuid:uid>/remove/", caseload.remove, name="list_remove"),
    path("cases/give/", reassign.reassign, name="reassign"),
]
