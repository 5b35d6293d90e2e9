"""What people are told when a rule of forums refuses: one sentence for each code, saying what to do."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refusals
from governance.forum_rules import LONGEST_VOICE, MOST_PEOPLE

MESSAGES = {
    "already_held": _("That the forum was held is recorded already. Correct it instead."),
    "attributed_already": _("This voice has a name already. Withdraw it first."),
    "attribution_elsewhere": _("Choose somebody whose file you may write in."),
    "corrected_already": _("This has been corrected already. Correct the newer one."),
    "demand_before_forum": _("A demand is made at the forum or after it. Check the day."),
    "demand_future": _("This day has not come yet. Write the day on which the demand was made."),
    "demand_settled": _("This demand was withdrawn; nothing more is recorded about it."),
    "due_before_made": _("The answer cannot be due before the demand was made."),
    "due_too_far": _("Choose a day within two years: people wait for the answer."),
    "evidence_too_long": _("This is too long. Keep it under 5,000 characters."),
    "forum_cancelled": _("This forum was cancelled."),
    "forum_future": _("This forum lies ahead: it has reached no level yet. Come back when it was held."),
    "forum_held": _("This forum was held; it is corrected on its page, not planned anew."),
    "forum_not_begun": _("This forum lies ahead. Voices are written down on its day."),
    "forum_too_far": _("Choose a day within two years."),
    "not_answered": _("There is no answer yet that people could be told."),
    "nothing_changed": _("Nothing was changed."),
    "people_negative": _("Write how many came, 0 if nobody."),
    "people_nobody": _("Write how many people were told; with nobody told it is not told back."),
    "people_too_many": _("More than %(most)s? Check the number."),
    "reason_missing": _("Say why; the reason is kept."),
    "step_before_made": _("This day is before the demand was made."),
    "step_future": _("This day has not come yet. Write the day on which it happened."),
    "text_missing": _("Write what is to be kept."),
    "told_before_answer": _("People cannot have been told before there was an answer. Check the day."),
    "voice_empty": _("Write what was said."),
    "voice_too_long": _("This is longer than %(longest)s characters. Write it down as several voices."),
    "voice_withdrawn": _("This line was taken back."),
    "voices_missing": _("Choose the voices the demand is drawn from, at least one."),
}
VALUES = {"most": f"{MOST_PEOPLE:,}", "longest": f"{LONGEST_VOICE:,}"}

_refusals = Refusals(MESSAGES, VALUES)
refuse, refuse_if = _refusals.refuse, _refusals.refuse_if
