"""Addresses of plans and their tasks."""

from django.urls import path

from casework.web import goal_tasks, plans

ONE = "plans/<uuid:uid>/"
TASK = "tasks/<uuid:uid>/"

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("people/<uuid:uid>/plan/", plans.tab, name="client_plan"),
    path("people/<uuid:uid>/plan/new/", plans.new, name="plan_new"),
    path(f"{ONE}edit/", plans.edit, name="plan_edit"),
    path(f"{ONE}submit/", plans.submit, name="plan_submit"),
    path(f"{ONE}take-back/", plans.take_back, name="plan_take_back"),
    path(f"{ONE}approve/", plans.approve, name="plan_approve"),
    path(f"{ONE}return/", plans.give_back, name="plan_return"),
    path(f"{ONE}paper/", plans.paper, name="plan_paper"),
    path("tasks/", goal_tasks.due, name="tasks"),
    path("goals/<uuid:uid>/tasks/new/", goal_tasks.new, name="task"),
    path(f"{TASK}edit/", goal_tasks.edit, name="task_edit"),
    path(f"{TASK}done/", goal_tasks.done, name="task_done"),
    path(f"{TASK}drop/", goal_tasks.drop, name="task_drop"),
]
