"""Tables of the network. Each module holds one noun."""

from network.models.contribution import Contribution, ContributionEvent
from network.models.partner import Partner, PartnerMember
from network.models.sheet import ContributionSheet, ContributionSheetRow
from network.models.value import UnitValue

__all__ = [
    "Contribution",
    "ContributionEvent",
    "ContributionSheet",
    "ContributionSheetRow",
    "Partner",
    "PartnerMember",
    "UnitValue",
]
