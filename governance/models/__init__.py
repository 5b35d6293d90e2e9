"""Models of governance, by noun."""

from governance.models.demand import Answer, Demand, DemandEvent, Telling
from governance.models.forum import (
    FORUM_READERS,
    RUNNERS,
    Attendance,
    Evidence,
    Forum,
    Group,
    Holding,
    Level,
)
from governance.models.report import (
    COUNTRY,
    READERS,
    Figure,
    FigureRow,
    Hold,
    MonthlyReport,
    Recount,
    ReportFile,
    Restatement,
    Subscription,
)
from governance.models.voice import Attribution, Voice

__all__ = [
    "COUNTRY",
    "FORUM_READERS",
    "READERS",
    "RUNNERS",
    "Answer",
    "Attendance",
    "Attribution",
    "Demand",
    "DemandEvent",
    "Evidence",
    "Figure",
    "FigureRow",
    "Forum",
    "Group",
    "Hold",
    "Holding",
    "Level",
    "MonthlyReport",
    "Recount",
    "ReportFile",
    "Restatement",
    "Subscription",
    "Telling",
    "Voice",
]
