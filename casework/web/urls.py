"""Addresses of casework's pages."""

from django.urls import path

from casework.web import (
    appointments,
    around,
    calendars,
    document_urls,
    episodes,
    file,
    follow_ups,
    identity,
    intake_urls,
    ladder_urls,
    notices,
    people,
    record,
    register_columns,
    register_same,
    register_undo,
    registers,
    team,
    today,
)

app_name = "casework"

FILE = "people/<uuid:uid>/"

urlpatterns = [
    path("today/", today.today, name="today"),
    path("team/", team.team, name="team"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/end/", calendars.end, name="calendar_end"),
    path("calendar/<str:key>.ics", calendars.feed, name="calendar_feed"),
    path("people/", people.people, name="clients"),
    *intake_urls.urlpatterns,
    *document_urls.urlpatterns,
    *ladder_urls.urlpatterns,
    # the file
    path(FILE, file.overview, name="client"),
    path(f"{FILE}timeline/", file.whole_timeline, name="client_timeline"),
    path(f"{FILE}follow-ups/", file.follow_ups, name="client_follow_ups"),
    path(f"{FILE}notes/", file.notes, name="client_notes"),
    path(f"{FILE}around/", file.around, name="client_around"),
    path(f"{FILE}print/", file.printed, name="client_print"),
    # acts on it
    path(f"{FILE}edit/", record.edit, name="edit"),
    path(f"{FILE}number/", record.number, name="number"),
    path(f"{FILE}restrict/", record.restrict, name="restrict"),
    path(f"{FILE}same/", identity.same, name="same"),
    path(f"{FILE}same/<uuid:other>/", identity.link, name="link"),
    path(f"{FILE}contact/", episodes.contact, name="contact"),
    path(f"{FILE}answer/", episodes.answer, name="answer"),
    path(f"{FILE}state/", episodes.state, name="state"),
    path(f"{FILE}worker/", episodes.worker, name="worker"),
    path(f"{FILE}close/", episodes.close, name="close"),
    path(f"{FILE}open-again/", notices.open_again, name="open_again"),
    path(f"{FILE}events/<int:place>/", episodes.correct, name="event_correct"),
    path(f"{FILE}needs/new/", around.need, name="need"),
    path(f"{FILE}notes/new/", around.note, name="note"),
    path(f"{FILE}warnings/new/", around.flag, name="flag"),
    path(f"{FILE}around/new/", around.related, name="related"),
    path(f"{FILE}follow-ups/new/", follow_ups.plan, name="follow_up_plan"),
    # single rows
    path("notices/<uuid:uid>/", notices.correct, name="notice_correct"),
    path("needs/<uuid:uid>/", around.settle, name="need_settle"),
    path("notes/<uuid:uid>/", around.note_correct, name="note_correct"),
    path("warnings/<uuid:uid>/", around.flag_lift, name="flag_lift"),
    path("links/<uuid:uid>/undo/", identity.unlink, name="unlink"),
    path("around/<uuid:uid>/", around.related_end, name="related_end"),
    path("follow-ups/", appointments.appointments, name="follow_ups"),
    path("follow-ups/day/", follow_ups.day_hint, name="day_hint"),
    path("follow-ups/<uuid:uid>/record/", follow_ups.record, name="follow_up_record"),
    path("follow-ups/<uuid:uid>/move/", follow_ups.move, name="follow_up_move"),
    path("follow-ups/<uuid:uid>/cancel/", follow_ups.cancel, name="follow_up_cancel"),
    path("follow-ups/<uuid:uid>/correct/", follow_ups.correct, name="follow_up_correct"),
    # registers
    path("registers/", registers.imports, name="imports"),
    path("registers/new/", registers.new, name="import_new"),
    path("registers/<uuid:uid>/", registers.one, name="import"),
    path("registers/<uuid:uid>/columns/", register_columns.columns, name="import_columns"),
    path("registers/<uuid:uid>/rows/<int:row>/", registers.decide, name="import_row"),
    path("registers/<uuid:uid>/rows/<int:row>/same/", register_same.same, name="import_same"),
    path("registers/<uuid:uid>/undo/", register_undo.undo, name="import_undo"),
    path("registers/<uuid:uid>/confirm/", registers.confirm, name="import_confirm"),
]
