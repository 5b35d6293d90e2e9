"""Addresses of schedules, leave and back-up."""

from django.urls import path

from casework.web import leaves, schedules

urlpatterns = [
    path("people/<uuid:uid>/follow-ups/schedule/", schedules.lay_out, name="schedule_lay_out"),
    path("schedules/", schedules.listed, name="schedules"),
    path("schedules/new/", schedules.new, name="schedule_new"),
    path("schedules/<uuid:uid>/", schedules.change, name="schedule_change"),
    path("schedules/<uuid:uid>/retire/", schedules.retire, name="schedule_retire"),
    path("leave/", leaves.leaves, name="leaves"),
    path("leave/of/<uuid:uid>/", leaves.new, name="leave_new"),
    path("leave/<uuid:uid>/end/", leaves.end, name="leave_end"),
    path("back-up/<uuid:uid>/", leaves.back_up, name="back_up"),
]
