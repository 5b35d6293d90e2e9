"""The demo's people: an address for each role."""

from typing import NamedTuple

from django.conf import settings

from accounts.models import Membership
from accounts.roles import Role
from common import clock

DEMO_DOMAIN = "demo.example"
DEMO_LOCAL_PARTS = {
    Role.SOCIAL_WORKER: "social-worker",
    Role.SUPERVISOR: "supervisor",
    Role.CENTRE_HEAD: "centre-head",
    Role.NURSE: "nurse",
    Role.CARER: "carer",
    Role.FINANCE_OFFICER: "finance",
    Role.PARTNER: "partner",
    Role.VOLUNTEER: "volunteer",
    Role.DEPARTMENT_ANALYST: "analyst",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "admin",
}


def demo_email(role: str) -> str:
    """The demo address of `role`: social-worker@demo.example."""
    return f"{DEMO_LOCAL_PARTS[Role(role)]}@{DEMO_DOMAIN}"


class DemoRole(NamedTuple):
    """One button of the demo's sign-in page."""

    email: str
    role: str
    name: str
    place: str


def demo_roles() -> list[DemoRole]:
    """A button for each role whose demo person is there; none outside demo mode."""
    if not settings.IS_DEMO:
        return []
    emails = [demo_email(role) for role in Role]
    held = Membership.objects.filter(user__email__in=emails, user__is_active=True).on(clock.today())
    by_email = {m.user.email: m for m in held.select_related("user", "centre__province", "province")}
    found = []
    for role in Role:
        membership = by_email.get(demo_email(role))
        if membership:
            place = membership.province or (membership.centre.province if membership.centre else "")
            found.append(DemoRole(membership.user.email, str(role.label), membership.user.name, str(place)))
    return found
