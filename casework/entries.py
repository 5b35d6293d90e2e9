"""What casework puts into the house's slots: menu, homes, search box, tabs of the client file."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as said_now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.roles import LEADS
from casework import permissions
from casework.covering import done_by, raised_to
from casework.models import Client, Episode, FollowUp, GoalTask, IntakeDraft, Plan, Referral, Stay
from casework.places import ClientTab, Waiting
from casework.warning import to_review
from common import clock, menu, slots
from common.actor import Actor
from common.menu import Home, MenuItem


def due(actor: Actor) -> "QuerySet[FollowUp]":
    """Appointments of the actor that are late or due today."""
    return FollowUp.objects.filter(done_by(actor), state=FollowUp.State.PLANNED, due_on__lte=clock.today())


def unassigned(actor: Actor) -> "QuerySet[Episode]":
    """Open cases of the actor's centres that nobody has."""
    return Episode.objects.filter(centre_id__in=actor.centres_as(*LEADS), closed_on__isnull=True, worker=None)


def _reads_notes(actor: Actor, client: Client) -> bool:
    return permissions.can_read_notes(actor, client)


def _goals_left(episode: Episode) -> "Iterator[str]":
    """Closing asks what became of every open goal."""
    if count := episode.goals.open().count():
        yield ngettext(
            "%(n)s goal is still open. Say first what became of it.",
            "%(n)s goals are still open. Say first what became of them.",
            count,
        ) % {"n": count}


def due_tasks(actor: Actor) -> "QuerySet[GoalTask]":
    """Tasks that the actor should have done by today."""
    return GoalTask.objects.visible_to(actor) & GoalTask.objects.due_of(actor, clock.today())


def _plan_left(episode: Episode) -> "Iterator[str]":
    """Closing asks what became of every open task, and leaves no plan waiting for an answer."""
    if count := GoalTask.objects.open().filter(goal__episode=episode).count():
        yield ngettext(
            "%(n)s task is still open. Say first what became of it.",
            "%(n)s tasks are still open. Say first what became of them.",
            count,
        ) % {"n": count}
    if episode.plans.filter(state=Plan.State.SUBMITTED).exists():
        yield said_now("A plan waits for approval. Take it back, or let it be decided about first.")


def _bed_left(episode: Episode) -> "Iterator[str]":
    """Nobody's case is closed while they lie in one of our beds."""
    stays = Stay.objects.open().filter(episode=episode).select_related("bed__room__site")
    for stay in stays:
        yield said_now("They still have a bed: %(bed)s. Check them out first.") % {"bed": stay.bed.whole_name}


def referrals_to_answer(actor: Actor) -> "QuerySet[Referral]":
    """Referrals that wait for the actor's answer."""
    return Referral.objects.received_by(actor).filter(state=Referral.State.SENT)


def _unanswered(actor: Actor) -> "QuerySet[Referral]":
    """Those the actor has sent and nobody has answered in time."""
    sent = Referral.objects.filter(sent_by_id=actor.user_id, state=Referral.State.SENT)
    return sent.filter(answer_due_on__lt=clock.today())


MENU = (
    MenuItem(
        key="casework:today",
        label=_("Today"),
        group="work",
        allowed=permissions.can_do_casework,
        counted=due,
        dock=1,
        symbol="today",
    ),
    MenuItem(
        key="casework:clients",
        label=_("Service users"),
        group="work",
        allowed=permissions.can_search,
        dock=2,
        symbol="search",
        dock_label=_("Find"),
        prefixes=("/casework/people/",),
    ),
    MenuItem(
        key="casework:follow_ups",
        label=_("Appointments"),
        group="work",
        allowed=permissions.can_do_casework,
        symbol="calendar",
        prefixes=("/casework/follow-ups/",),
    ),
    MenuItem(
        key="casework:caseload",
        label=_("Caseload"),
        group="work",
        allowed=permissions.can_do_casework,
        symbol="people",
        prefixes=("/casework/cases/",),
    ),
    MenuItem(
        key="casework:beds",
        label=_("Beds"),
        group="work",
        allowed=permissions.can_see_beds,
        symbol="home",
        prefixes=("/casework/beds/",),
    ),
    MenuItem(
        key="casework:referrals",
        label=_("Referrals"),
        group="work",
        allowed=permissions.can_have_referrals,
        counted=referrals_to_answer,
        symbol="link",
        prefixes=("/casework/referrals/",),
    ),
    MenuItem(
        key="casework:intake",
        label=_("Take a notice"),
        group="work",
        allowed=permissions.can_do_casework,
        dock=3,
        symbol="add",
        dock_label=_("Notice"),
    ),
    MenuItem(
        key="casework:team",
        label=_("Team board"),
        group="work",
        allowed=permissions.can_lead,
        counted=unassigned,
        symbol="team",
    ),
)
HOMES = (
    (Home("casework:team", "casework:team", permissions.can_lead), 10),
    (Home("casework:today", "casework:today", permissions.can_do_casework), 20),
    (Home("casework:clients", "casework:clients", permissions.can_search), 60),
)
TABS = (
    (ClientTab("overview", _("Overview"), "casework:client"), 10),
    (ClientTab("timeline", _("Timeline"), "casework:client_timeline"), 20),
    (ClientTab("assessments", _("Assessments and goals"), "casework:client_assessments", _reads_notes), 25),
    (ClientTab("plan", _("Plan"), "casework:client_plan", _reads_notes), 27),
    (ClientTab("follow_ups", _("Appointments"), "casework:client_follow_ups"), 30),
    (ClientTab("notes", _("Case notes"), "casework:client_notes", _reads_notes), 40),
    (ClientTab("documents", _("Papers and photos"), "casework:client_documents"), 45),
    (ClientTab("consents", _("Consents"), "casework:client_consents"), 47),
    (ClientTab("stays", _("Stays"), "casework:client_stays"), 35),
    (ClientTab("referrals", _("Referrals"), "casework:client_referrals", _reads_notes), 48),
    (ClientTab("around", _("People around"), "casework:client_around"), 50),
)

for _place, _item in enumerate(MENU, 1):
    menu.add(_item, order=10 * _place)
for _home, _order in HOMES:
    slots.add("home", _home, order=_order)
for _tab, _order in TABS:
    slots.add("client.tabs", _tab, order=_order)
slots.add(
    "today.waiting",
    Waiting(
        "drafts",
        _("Unfinished notices"),
        "casework:drafts",
        IntakeDraft.objects.visible_to,
        permissions.can_do_casework,
    ),
    order=10,
)
slots.add(
    "profile.acts",
    MenuItem(
        key="casework:calendar", label=_("My calendar"), group="work", allowed=permissions.can_do_casework
    ),
    order=10,
)
slots.add("closing.checks", _goals_left, key="casework.goals")
slots.add("closing.checks", _plan_left, key="casework.plans")
slots.add("closing.checks", _bed_left, key="casework.stays")
slots.add("search.allowed", permissions.can_search, key="casework")
slots.add(
    "today.waiting",
    Waiting(
        "raised",
        _("Late with colleagues: please look after it"),
        "casework:follow_ups",
        raised_to,
        permissions.can_do_casework,
        query="whose=raised&show=late",
        tone="bad",
    ),
    order=5,
)
slots.add(
    "today.waiting",
    Waiting(
        "referrals_unanswered",
        _("Referrals nobody has answered"),
        "casework:referrals",
        _unanswered,
        permissions.can_do_casework,
        query="show=sent",
    ),
    order=20,
)
slots.add(
    "today.waiting",
    Waiting(
        "referrals_review",
        _("Shared without consent: please look at it"),
        "casework:referrals",
        Referral.objects.to_review,
        permissions.can_lead,
        query="show=review",
        tone="bad",
    ),
    order=6,
)
slots.add(
    "today.waiting",
    Waiting(
        "warnings",
        _("Warnings to look at again"),
        "casework:warnings",
        to_review,
        permissions.can_do_casework,
        tone="bad",
    ),
    order=6,
)
slots.add(
    "today.waiting",
    Waiting(
        "plans_to_decide",
        _("Plans waiting for approval"),
        "casework:plans",
        Plan.objects.to_decide,
        permissions.can_lead,
        query="show=waiting",
    ),
    order=12,
)
slots.add(
    "today.waiting",
    Waiting(
        "plans_returned",
        _("Plans returned to you"),
        "casework:plans",
        Plan.objects.returned_to,
        permissions.can_do_casework,
        query="show=returned",
    ),
    order=13,
)
slots.add(
    "today.waiting",
    Waiting(
        "tasks",
        _("Tasks that are due"),
        "casework:tasks",
        due_tasks,
        permissions.can_do_casework,
        tone="bad",
    ),
    order=7,
)
