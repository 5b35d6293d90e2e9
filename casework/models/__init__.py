"""Models of casework, by noun."""

from casework.models.answers import Legal, NoAnswer, Paper
from casework.models.assessment import AssessedLevel, Assessment, Goal, Instrument
from casework.models.client import (
    Client,
    ClientGrant,
    ClientNumber,
    Person,
    RelatedPerson,
)
from casework.models.consent import Consent, ConsentWithdrawal
from casework.models.document import ClientDocument
from casework.models.draft import IntakeDraft
from casework.models.episode import Episode, EpisodeEvent, Need, Note, Notice
from casework.models.follow_up import FollowUp, FollowUpResult
from casework.models.identity import LinkEvent
from casework.models.ladder import BackUp, LadderStep, Leave, ScheduleTemplate
from casework.models.plan import GoalTask, Plan, PlanEvent
from casework.models.referral import Referral, ReferralEvent, SharedPart
from casework.models.register import RegisterColumns, RegisterImport, RegisterRow
from casework.models.relief import (
    ReliefGrant,
    ReliefNumber,
    ReliefPayment,
    ReliefReversal,
    ReliefTerms,
)
from casework.models.safety import SafetyFlag, SafetyReview
from casework.models.saved_list import SavedList
from casework.models.search import ClientSearch
from casework.models.stay import Bed, Room, Site, Stay

__all__ = [
    "AssessedLevel",
    "Assessment",
    "BackUp",
    "Bed",
    "Client",
    "ClientDocument",
    "ClientGrant",
    "ClientNumber",
    "ClientSearch",
    "Consent",
    "ConsentWithdrawal",
    "Episode",
    "EpisodeEvent",
    "FollowUp",
    "FollowUpResult",
    "Goal",
    "GoalTask",
    "Instrument",
    "IntakeDraft",
    "LadderStep",
    "Leave",
    "Legal",
    "LinkEvent",
    "Need",
    "NoAnswer",
    "Note",
    "Notice",
    "Paper",
    "Person",
    "Plan",
    "PlanEvent",
    "Referral",
    "ReferralEvent",
    "RegisterColumns",
    "RegisterImport",
    "RegisterRow",
    "RelatedPerson",
    "ReliefGrant",
    "ReliefNumber",
    "ReliefPayment",
    "ReliefReversal",
    "ReliefTerms",
    "Room",
    "SafetyFlag",
    "SafetyReview",
    "SavedList",
    "ScheduleTemplate",
    "SharedPart",
    "Site",
    "Stay",
]
