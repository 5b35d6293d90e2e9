"""Addresses of the intake, its drafts, and what files still lack."""

from django.urls import path

from casework.web import intake, intake_drafts, quality

urlpatterns = [
    path("notice/", intake.intake, name="intake"),
    path("notice/likely/", intake.likely, name="likely"),
    path("notice/drafts/", intake_drafts.drafts, name="drafts"),
    path("notice/drafts/save/", intake_drafts.save, name="draft_save"),
    path("notice/drafts/<uuid:uid>/", intake_drafts.one, name="draft"),
    path("notice/drafts/<uuid:uid>/discard/", intake_drafts.discard, name="draft_discard"),
    path("quality/", quality.quality, name="quality"),
]
