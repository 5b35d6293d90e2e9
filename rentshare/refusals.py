"""What people are told when a rule refuses: one sentence for each code, saying what to do."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refusals

MESSAGES = {
    # schemes
    "code_taken": _("There is a scheme with this code already."),
    "name_missing": _("Write a name."),
    "share_zero": _(
        "The tenant and the programme both pay a share above 0 percent. Where the programme later pays nothing, say so "
        "in the step-down."
    ),
    "share_out_of_range": _("A share lies between 0 and 100 percent."),
    "shares_below_whole": _("The shares do not cover the rent. Together they are 100 percent or more."),
    "other_funder": _("Name the other funder where there is a share for one, and only then."),
    "surplus_fund": _("Name the fund for the surplus where the shares sum above 100 percent, and only then."),
    "rent_too_low": _("A rent is at least one baht a month."),
    "floor_above_ceiling": _("The lowest rent is above the highest."),
    "version_exists": _("This scheme has a version from this day already."),
    "version_overlaps": _(
        "A later version of this scheme stands already. A new version begins after the last one, so that one alone "
        "holds on a day."
    ),
    "version_behind": _(
        "A tenancy that begins on or after this day is signed under the version before. A new version begins after the "
        "last tenancy that was signed."
    ),
    "support_months": _("Support lasts between 1 and 120 months."),
    "steps_unreadable": _("Write the step-down as month and percent, like 4: 30, 7: 0."),
    "steps_too_many": _("A step-down has twelve steps at most."),
    "steps_order": _("The steps of a step-down begin with month 2 or later, each later than the one before."),
    "steps_fall": _("With each step the programme pays less than before."),
    "steps_after_support": _(
        "A step lies after the months of support. Leave it out or lengthen the support."
    ),
    "deposit_whole": _("Say the amount of the deposit where one is asked for, and only then."),
    "grace_too_long": _("Grace is 90 days at most."),
    # rooms
    "landlord_known": _("There is a landlord of this name already."),
    "property_known": _("There is a house of this name already."),
    "room_known": _("There is a room of this number already."),
    "beds_missing": _("A room has at least one bed, each with a label of its own."),
    "ends_before_start": _("The end is before the beginning."),
    "room_leased": _("This room is leased for some of these days already."),
    "lease_has_tenancies": _("Somebody lives in this room after that day. End the tenancy first."),
    "lease_elsewhere": _("Room and landlord belong to different centres."),
    # tenancies
    "before_lease": _("The tenancy begins before the programme rents the room."),
    "after_lease": _("The tenancy lasts longer than the programme rents the room. Enter an earlier end."),
    "bed_elsewhere": _("This bed stands in another room."),
    "bed_taken": _("This bed is let to somebody on some of these days."),
    "person_has_bed": _("This person has a bed of the programme on some of these days."),
    "scheme_not_begun": _("This scheme has no version yet for the day the tenancy begins."),
    "rent_below_floor": _("The room's rent is below what the scheme pays for."),
    "rent_above_ceiling": _("The room's rent is above what the scheme pays for."),
    "rent_above_lease": _("The tenants of this room would pay more together than the room costs."),
    "tenancy_ended": _("This tenancy has its end already."),
    "reason_missing": _("Say why; the reason is kept."),
    "died_client": _("This person has died."),
    # money
    "future": _("This day has not come yet. Enter the day on which it happened."),
    "too_long_ago": _("This day is more than ten years ago. Did you mean another year?"),
    "not_a_number": _("This is not an amount. Write it like 1,250.50."),
    "three_decimals": _("An amount has two decimals at most."),
    "negative": _("An amount is above zero."),
    "amount_zero": _("An amount is above zero."),
    "too_large": _("This amount is too large."),
    "method_unknown": _("Choose how it was paid."),
    "month_future": _("%(month)s has not begun yet. Rent is charged from the first day of a month."),
    "month_unreadable": _("Write the month as 2026-11."),
    "period_closed": _("%(month)s is closed at %(centre)s. A closed month takes no more entries."),
    "period_closed_already": _("%(month)s is closed already."),
    "period_running": _("%(month)s is not over yet. A month is closed when it has ended."),
    "period_uncharged": _("Rent of %(month)s has not been charged for everybody. Run the month first."),
    "period_earlier_open": _("%(month)s is still open. Months are closed one after the other."),
    "period_empty": _("There is nothing in the books of %(month)s yet."),
    "reversed_already": _("This entry has been reversed already."),
    "is_reversal": _("A reversal is not reversed. Enter what is right anew."),
    "payout_above_owed": _("This is more than the landlord is owed. Look at what is owed first."),
    "not_a_funder": _("Only the programme and other funders pay in a share."),
    # payouts
    "bank_unknown": _("Choose a bank."),
    "account_unreadable": _("A bank account's number has 10 to 15 digits. Compare it with the bank book."),
    "account_settled": _("This account was confirmed or replaced already."),
    "own_proposal": _("You wrote this account down. Another person confirms it."),
    "payout_waiting": _(
        "A payout to this landlord is on its way. Wait for the bank's answer and settle it first."
    ),
    "nothing_to_pay": _(
        "There is nothing to pay out: nothing is owed, no account is confirmed, or it is on its way."
    ),
    "batch_state": _("This batch is past that step: %(state)s."),
    "own_batch": _("You collected this batch. Another person approves it."),
    "row_settled": _("No such payout waits for the bank's answer. Load the page again."),
    # arrears
    "nothing_owed": _("Nothing is owed, so there is nothing to agree on."),
    "plan_past": _("The first day of the plan has passed. Choose today or a later day."),
    "plan_late": _("The plan begins within two months. Choose an earlier day."),
    "plan_long": _("This would take more than 24 months. Agree on a larger part, or talk about another way."),
    "no_plan": _("No payment plan holds for this tenancy."),
    "not_charged": _("No rent stands for this month."),
}

_refusals = Refusals(MESSAGES)
refuse, refuse_if = _refusals.refuse, _refusals.refuse_if
