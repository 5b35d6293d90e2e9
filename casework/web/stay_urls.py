"""Addresses of beds and stays."""

from django.urls import path

from casework.web import beds, nights, stays

FILE = "people/<uuid:uid>/"

urlpatterns = [
    path("beds/", beds.board, name="beds"),
    path("beds/nights/", nights.nights, name="nights"),
    path("beds/<uuid:uid>/", beds.bed_change, name="bed_change"),
    path("beds/<uuid:uid>/who/", beds.who, name="bed_who"),
    path("beds/sites/new/", beds.site_new, name="site_new"),
    path("beds/sites/<uuid:uid>/", beds.site, name="site"),
    path("beds/sites/<uuid:uid>/change/", beds.site_change, name="site_change"),
    path("beds/sites/<uuid:uid>/rooms/new/", beds.room_new, name="room_new"),
    path("beds/rooms/<uuid:uid>/", beds.room_change, name="room_change"),
    path("beds/rooms/<uuid:uid>/beds/new/", beds.bed_new, name="bed_new"),
    path(f"{FILE}stays/", stays.tab, name="client_stays"),
    path(f"{FILE}stays/new/", stays.new, name="check_in"),
    path("stays/<uuid:uid>/out/", stays.out, name="check_out"),
    path("stays/<uuid:uid>/correct/", stays.correct, name="stay_correct"),
]
