"""Schemes that were tried: what the form offers to begin with. Sources: the programme's own news of 2565 and 2566.

That the pilot's surplus went into a savings fund is our default; the ratio itself is sourced. How long support lasted,
deposits and what happened when a share was missed were never published: those two leave it open. The third is ours.
"""

from dataclasses import dataclass
from datetime import date

from rentshare.actions.schemes import NewVersion
from rentshare.rules import Shares
from rentshare.rules.terms import GRACE_DAYS, Step


@dataclass(frozen=True, slots=True)
class Preset:
    """A scheme with its first version, ready to be created."""

    code: str
    name_th: str
    name_en: str
    new: NewVersion


PILOT_2565 = Preset(
    "PILOT65",
    "ห้องเช่าคนละครึ่ง ระยะนำร่อง 60:60",
    "Half-rent rooms, pilot 60:60",
    NewVersion(date(2022, 3, 1), Shares(6000, 6000), surplus_fund="กองทุนออมทรัพย์ผู้เช่า"),
)
HALF_2566 = Preset(
    "HALF66",
    "ห้องเช่าคนละครึ่ง 50:50",
    "Half-rent rooms 50:50",
    NewVersion(date(2023, 10, 1), Shares(5000, 5000), rent_floor="2000", rent_ceiling="3000"),
)
STEPS_OURS = Preset(
    "STEPS",
    "ห้องเช่าคนละครึ่ง ลดเป็นขั้น 50→30→0 ใน 6 เดือน (ของระบบ)",
    "Half-rent rooms, 50→30→0 over 6 months (ours)",
    NewVersion(
        date(2026, 10, 1),
        Shares(5000, 5000),
        rent_floor="2000",
        rent_ceiling="3000",
        steps=(Step(4, 3000),),
        support_months=6,
        deposit_rule="none",
        grace_days=GRACE_DAYS,
        arrears_rule="plan",
        is_ours=True,
    ),
)
"""Half in months 1 to 3, 30 percent in months 4 to 6, nothing after them. Nobody published such a scheme."""

PRESETS = (PILOT_2565, HALF_2566, STEPS_OURS)
