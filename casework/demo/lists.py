"""The demo's lists of cases: two that the supervisor shares with the team."""

from accounts.demo import demo_email
from accounts.models import Membership, User
from accounts.roles import Role
from casework.models import SavedList
from common import demo
from common.demo import Demo

LISTS = {
    "ไม่ได้พบเกินเดือน": {"quiet": "30"},
    "นัดของฉันที่เลยกำหนด": {"worker": "me", "appointments": "late"},
}


def write(d: Demo) -> None:
    """Lists that a team really works by."""
    lead = User.objects.get(email=demo_email(Role.SUPERVISOR))
    team = Membership.objects.filter(user=lead, role=Role.SUPERVISOR).on(d.today).order_by("pk").first()
    for name, query in LISTS.items():
        SavedList.objects.create(
            owner=lead, centre_id=team.centre_id if team else None, name=name, query=query
        )


demo.add(demo.Part("casework.lists", write), order=32)
