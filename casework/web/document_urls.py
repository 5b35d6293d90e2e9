"""Addresses of papers and photos."""

from django.urls import path

from casework.web import documents

FILE = "people/<uuid:uid>/documents/"
ONE = "documents/<uuid:uid>/"

urlpatterns = [
    path(FILE, documents.documents, name="client_documents"),
    path(f"{FILE}new/", documents.new, name="document_new"),
    path(ONE, documents.one, name="document"),
    path(f"{ONE}content/", documents.content, name="document_content"),
    path(f"{ONE}thumbnail/", documents.thumbnail, name="document_thumbnail"),
    path(f"{ONE}correct/", documents.correct, name="document_correct"),
    path(f"{ONE}remove/", documents.remove, name="document_remove"),
]
