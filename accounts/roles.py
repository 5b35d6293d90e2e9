"""The roles, and what follows from each. A role says what kind of work somebody does, not what they may see of whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    SOCIAL_WORKER = "social_worker", _("Social worker")
    SUPERVISOR = "supervisor", _("Supervisor")
    CENTRE_HEAD = "centre_head", _("Centre head")
    NURSE = "nurse", _("Nurse")
    CARER = "carer", _("Carer")
    FINANCE_OFFICER = "finance_officer", _("Finance officer")
    PARTNER = "partner", _("Partner")
    VOLUNTEER = "volunteer", _("Volunteer")
    DEPARTMENT_ANALYST = "department_analyst", _("Department analyst")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


COUNTRYWIDE = frozenset({Role.DEPARTMENT_ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that are not bound to a centre."""

CASEWORKERS = frozenset({Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.CENTRE_HEAD})
"""Roles that keep client files."""

LEADS = frozenset({Role.SUPERVISOR, Role.CENTRE_HEAD})
"""Roles that answer for a team."""
