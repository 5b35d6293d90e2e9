"""Addresses of assessments and goals."""

from django.urls import path

from casework.web import assessments, goals

FILE = "people/<uuid:uid>/"

urlpatterns = [
    path(f"{FILE}assessments/", assessments.tab, name="client_assessments"),
    path(f"{FILE}assessments/new/", assessments.new, name="assess"),
    path(f"{FILE}assessments/paper/", assessments.paper, name="assessment_paper"),
    path("assessments/<uuid:uid>/correct/", assessments.correct, name="assessment_correct"),
    path(f"{FILE}goals/new/", goals.new, name="goal"),
    path("goals/<uuid:uid>/", goals.settle, name="goal_settle"),
    path("goals/<uuid:uid>/edit/", goals.edit, name="goal_edit"),
]
