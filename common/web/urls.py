"""Addresses of the house's own pages."""

from django.urls import path

from common.web import holidays, letters, outbox

app_name = "common"
urlpatterns = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<uuid:uid>/", outbox.mail, name="outbox_mail"),
    path("outbox/<uuid:uid>/attachments/<int:number>/", outbox.attachment, name="outbox_attachment"),
    path("letters/", letters.letters, name="letters"),
    path("letters/resend/", letters.resend_all, name="letters_resend"),
    path("letters/<uuid:uid>/resend/", letters.resend, name="letter_resend"),
    path("jobs/<int:pk>/retry/", letters.retry, name="work_retry"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/<int:pk>/", holidays.rename, name="holiday"),
    path("holidays/<int:pk>/remove/", holidays.remove, name="holiday_remove"),
]
