"""What people are told when a rule refuses: one sentence for each code, saying what to do."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refusals

MESSAGES = {
    # what was given
    "quantity": _("Write how much as a number above zero, for example 12.5."),
    "negative": _("A contribution is more than zero. To take one back, correct it."),
    "three_decimals": _("At most two decimals."),
    "too_large": _("This number is too large. Is there a zero too many?"),
    "unit": _("This unit is not known. Choose one of the list."),
    "day_over_24": _(
        "One person gives at most 24 hours on one day. Check the hours, or say how many people."
    ),
    "people": _("Say how many people gave these hours, from 1 to 1,000."),
    "what_missing": _("Write what was given."),
    "too_long": _("This is too long. Keep it under %(limit)s characters."),
    # days
    "future": _("This day has not come yet."),
    "too_early": _("This day is before พ.ศ. 2533. Did you mean another year?"),
    "no_date": _("The date is missing or cannot be read. Write day/month/year, for example 17/1/2569."),
    "before_given": _("It cannot have come before it was promised."),
    "partner_inactive": _("On this day the partner did not work with the network."),
    # steps
    "confirmed_already": _("This is confirmed already."),
    "received_already": _("This has been received already."),
    "not_received": _("First record that it came."),
    "own_entry": _("Somebody else must confirm what you wrote down yourself."),
    "corrected_already": _("This entry has been corrected already. Correct the newer one."),
    "reason_missing": _("Say why; the reason is kept."),
    "nothing_changed": _("Nothing is different from what stands."),
    "province_not_yours": _("Staff write of their own provinces."),
    "province_elsewhere": _("The partner does not work in this province."),
    # sheets
    "sheet_done": _("This sheet is done already."),
    "nothing_to_write": _("Nothing is left to write."),
    "rows_changed": _("Something was written in the meantime. Look at the rows again, then confirm."),
    # partners
    "code_taken": _("Another partner has this code."),
    "code_unreadable": _("A code has letters A to Z, digits and hyphens, for example WAT-NONDAENG."),
    "name_missing": _("Write the partner's name."),
    "phone_unreadable": _("This is not a phone number that can be rung. Check it, or leave it empty."),
    "ends_before_start": _("The end is before the start."),
    "member_unknown": _("Nobody signs in with this address."),
    "member_role": _(
        "This person has neither the role of partner nor of volunteer. An administrator gives it."
    ),
    "member_elsewhere": _("This person belongs to another partner. End that first."),
    "member_ended": _("This has ended already."),
    # the book
    "value_of_money": _("Money is its own value."),
    "value_missing": _("Write what one unit is worth, above zero."),
    "source_missing": _("Say where the number comes from."),
}

_refusals = Refusals(MESSAGES)
refuse, refuse_if = _refusals.refuse, _refusals.refuse_if
