"""Addresses of governance's pages."""

from django.urls import path

from governance.web import acts, converters, figures, listing, reports, trail

converters.register()

app_name = "governance"
urlpatterns = [
    path("", listing.reports, name="reports"),
    path("freeze/", acts.freeze, name="freeze"),
    path("letter/", acts.subscription, name="subscription"),
    path("trail/", trail.trail, name="trail"),
    path("trail/client/<uuid:uid>/", trail.trail_client, name="trail_client"),
    path("trail/colleague/<uuid:uid>/", trail.trail_actor, name="trail_actor"),
    path("trail/record/<str:kind>/<str:key>/", trail.trail_record, name="trail_record"),
    path("<month:month>/<area:area>/", reports.report, name="report"),
    path("<month:month>/<area:area>/pdf/", reports.report_pdf, name="report_pdf"),
    path("<month:month>/<area:area>/xlsx/", reports.report_xlsx, name="report_xlsx"),
    path("<month:month>/<area:area>/hold/", acts.hold, name="hold"),
    path("<month:month>/<area:area>/release/", acts.release, name="release"),
    path("<month:month>/<area:area>/send/", acts.send, name="send"),
    path("<month:month>/<area:area>/<slug:code>/", figures.figure, name="figure"),
]
