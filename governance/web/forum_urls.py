"""Addresses of forums, voices and demands."""

from django.urls import path

from governance.web import demands, forums, governing, voices

app_name = "forums"
urlpatterns = [
    path("", governing.home, name="home"),
    path("all/", forums.forums, name="forums"),
    path("new/", forums.new, name="new"),
    path("demands/", demands.demands, name="demands"),
    path("demands/<uuid:uid>/", demands.demand, name="demand"),
    path("demands/<uuid:uid>/answer/", demands.answer, name="answer"),
    path("demands/<uuid:uid>/answer/<int:pk>/correct/", demands.correct_answer, name="answer_correct"),
    path("demands/<uuid:uid>/tell/", demands.tell, name="tell"),
    path("demands/<uuid:uid>/step/", demands.step, name="step"),
    path("voices/<uuid:uid>/correct/", voices.correct, name="voice_correct"),
    path("voices/<uuid:uid>/take-back/", voices.take_back, name="voice_take_back"),
    path("voices/<uuid:uid>/name/", voices.attribute, name="voice_attribute"),
    path("voices/<uuid:uid>/no-name/", voices.withdraw, name="voice_withdraw"),
    path("<uuid:uid>/", forums.forum, name="forum"),
    path("<uuid:uid>/change/", forums.change, name="change"),
    path("<uuid:uid>/cancel/", forums.cancel, name="cancel"),
    path("<uuid:uid>/held/", forums.held, name="held"),
    path("<uuid:uid>/attendance/", forums.attendance, name="attendance"),
    path("<uuid:uid>/evidence/", forums.evidence, name="evidence"),
    path("<uuid:uid>/voices/", voices.capture, name="capture"),
    path("<uuid:uid>/demand/", demands.new, name="demand_new"),
    path("<uuid:uid>/told-back/", forums.sheet, name="sheet"),
]
