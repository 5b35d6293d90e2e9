"""What people are told when a rule refuses: one sentence for each code, saying what to do."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refusals

MESSAGES = {
    # days
    "future": _("This day has not come yet. Enter the day on which it happened."),
    "before_birth": _("This day is before the person's birth."),
    "before_opening": _("This day is before the notice. Correct the notice first if it came earlier."),
    "after_first_event": _(
        "Something in this round of help happened before this day. Choose an earlier day."
    ),
    "before_last_event": _("Something in this round of help happened after this day. Choose a later day."),
    "birth_future": _("The birth lies in the future. Did you mean another year?"),
    "birth_too_early": _("The birth is before 1900 (พ.ศ. 2443). Did you mean another year?"),
    "birth_after_notice": _("The birth is after the day of notice."),
    # who it is
    "name_missing": _("Write a name, a nickname, or what you remember of the person."),
    "too_long": _("This is too long. Keep it under %(limit)s characters."),
    "phone_unreadable": _("This is not a phone number that can be rung. Check it, or leave it empty."),
    "pin_length": _("An ID number has 13 digits; this one has not. Check it, or keep it as not verified."),
    "pin_checksum": _(
        "The last digit does not fit the others. Check the number, or keep it as not verified."
    ),
    "pin_missing": _("There is no ID number to verify."),
    "pin_taken": _(
        "This number is already verified for somebody at %(centre)s. Call them%(phone)s before you go on."
    ),
    "pin_known": _("Somebody with this ID number is already known at %(centre)s. Open that record instead."),
    "likely_same": _(
        "This may be somebody who is known already. Look at the matches, or say why it is another."
    ),
    "papers_contradict": _("“No paper at all” and a paper cannot both be true."),
    # papers and photos
    "document_missing": _("Choose a file, or take a photo."),
    "document_too_many": _("At most %(most)s files at once. Send the others afterwards."),
    "document_removed": _("This paper was removed."),
    "upload_empty": _("%(name)s is empty."),
    "upload_too_large": _(
        "%(name)s is too large: at most %(most)s are taken. Choose a smaller picture size."
    ),
    "upload_pixels": _("%(name)s has too many pixels. Take the photo at a smaller size."),
    "upload_broken": _(
        "%(name)s is damaged or not what it says. Open it, save it anew, and choose it again."
    ),
    "upload_kind": _("%(name)s is of a kind that is not taken. Photos, PDF, Word, Excel and text are."),
    "upload_heic": _(
        "%(name)s is a HEIC photo. In the phone's camera settings choose “Most compatible” (JPEG), or send a "
        "screenshot of it."
    ),
    "upload_password": _("%(name)s is locked with a password. Save it without one."),
    "upload_macros": _("%(name)s carries macros. Save it as a plain document."),
    # assessments and goals
    "nothing_assessed": _("Choose the level of at least one side of life."),
    "level_unknown": _("Choose one of the four levels."),
    "level_reason_missing": _("Write in a few words what this level rests on."),
    "poor_without_goal": _("At the lowest level, write what is to be reached, or why nothing is planned."),
    "goal_empty": _("Write what is to be reached, best in the person's own words."),
    "goal_past": _("Choose today or a day to come."),
    "goal_settled": _("What became of this goal is recorded already."),
    # plans and tasks
    "plan_open": _("A version of the plan is being written or waits for approval. Go on with that one."),
    "plan_review_past": _("Choose today or a day to come for looking at it again."),
    "plan_not_draft": _(
        "This plan was handed in already. Take it back to change it, or begin a new version."
    ),
    "plan_not_submitted": _("This plan does not wait for a decision any more. Look at the plan again."),
    "plan_without_goals": _("No goal is open. Set a goal first: what does the person want?"),
    "goal_without_words": _(
        "“%(goal)s”: write down what the person says about it themselves, or why there are no words of theirs."
    ),
    "goal_without_task": _("“%(goal)s”: write down at least one thing that somebody does for it."),
    "plan_handed_in_anew": _("This plan was taken back and handed in anew. Read it again first."),
    "plan_changed": _(
        "Goals or tasks have changed since this was handed in. Return it, or ask for it to be handed in again."
    ),
    "task_empty": _("Write what is to be done."),
    "task_owner_missing": _("Choose who does it."),
    "task_past": _("Choose today or a day to come."),
    "task_settled": _("This task is done or dropped already."),
    # consents
    "consent_without_parts": _("Tick at least one part of the file that may be used."),
    "witness_missing": _(
        "A thumb print, and a yes about health by word of mouth, need a witness. Write who."
    ),
    "guardian_missing": _("Write who answered for the person."),
    "ends_before_given": _("The last day lies before the day it was asked. Choose a later one."),
    "one_recipient": _("Choose a partner or a centre, not both. Ask twice if both shall have it."),
    "consent_not_held": _("This consent was taken back already, or never given."),
    # referrals
    "recipient_missing": _("Choose who shall help: a partner or a centre, one of them."),
    "own_centre": _("This is the centre that keeps the file. Choose another."),
    "ask_missing": _("Write what you ask of them."),
    "parts_missing": _("Choose at least one part of the file."),
    "basis_reason_missing": _("Without consent, write why it must go all the same."),
    "not_covered": _(
        "No consent lets this recipient have: %(parts)s. Ask the person first, leave it out, or choose another "
        "ground and write the reason."
    ),
    "referral_answered": _("This referral was answered or called back already."),
    "referral_not_accepted": _("Only what was accepted can be done."),
    "referral_over": _("This referral is over already."),
    "referral_reviewed": _("This was looked at already, or needs no look."),
    # drafts
    "draft_empty": _("Nothing stands in the form yet. Write something, then save."),
    "draft_too_long": _("This is too much for a draft. Shorten the longest text."),
    "draft_gone": _(
        "This draft was registered or discarded in the meantime. If what you see here is somebody else, press "
        "the button again."
    ),
    # linking
    "link_self": _("Choose two different records."),
    "link_already": _("These records are linked already."),
    "link_set_aside": _(
        "One of these records is set aside beside another. Link the record that is shown instead of it."
    ),
    "link_numbers": _(
        "Both have a verified ID number and the numbers differ: they are two people. If a number is wrong, correct it "
        "first."
    ),
    "link_cases": _(
        "Both have an open case at the same centre, and a person has one there. Close one of the two first."
    ),
    "link_overlap": _("Both have a bed or a room on the same days. End or correct one of the two first."),
    "unlinked_already": _("This link was undone already."),
    "restricted_by_link": _(
        "A linked record is restricted, and the stricter holds for both. Open that file again first."
    ),
    "pin_other_linked": _(
        "A linked record has another number that is verified. Check the card again; if they are two people, undo the "
        "link first."
    ),
    # episodes
    "episode_open": _("An episode of help is open already."),
    "episode_open_linked": _(
        "A linked record of the same person has an open case at this centre. Go on in that case."
    ),
    "episode_closed": _("There is no open episode of help. Open a new one first."),
    "move_closed": _("This episode is closed."),
    "state_changed": _(
        "A colleague moved the case while you were writing: it is at “%(state)s” now. What you wrote stands below; "
        "choose again where it goes."
    ),
    "move_unknown": _("Choose where the case goes."),
    "move_same": _("The case is there already."),
    "move_too_far_back": _("A case goes back one step at a time."),
    "move_needs_contact": _("First record that somebody has met the person."),
    "help_unknown": _("Choose an answer."),
    "help_same": _("This answer stands already."),
    "help_not_accepted": _("Only what was accepted can be withdrawn. Record that help is declined."),
    "answer_needs_contact": _("Say on which day you met the person and asked."),
    "worker_elsewhere": _("Choose somebody who keeps files at this centre."),
    "worker_same": _("This person has the case already."),
    "outcome_missing": _("Choose how it ended."),
    "follow_ups_open": _(
        "Appointments are still open. Say that they end with the closing, or record them first."
    ),
    "needs_open": _("Say of each need what became of it."),
    "corrected_already": _("This entry has been corrected already. Correct the newer one."),
    "not_correctable": _("This entry follows from another act and is put right there."),
    "reason_missing": _("Say why; the reason is kept."),
    # needs, notes, people, flags
    "need_same": _("This need is open already."),
    "need_settled": _("This need is settled already."),
    "text_missing": _("Write something."),
    "not_yours": _("Only who wrote a note corrects it."),
    "related_self": _("Somebody cannot be related to themselves."),
    "related_unknown": _("There is no such file, or not for your eyes."),
    "guardian_is_child": _("A child, or somebody in the client's care, cannot answer for the client."),
    "related_ended": _("This entry has ended already."),
    "review_past": _("The next look is after today."),
    "review_too_far": _("Look again within a year at the latest."),
    "flag_lifted": _("This warning has been lifted already."),
    # follow-ups
    "appointment_past": _("An appointment is today or later. What happened already is recorded as a result."),
    "appointment_too_far": _("This is more than two years ahead. Did you mean another year?"),
    "appointment_died": _("There is no next appointment with somebody who died."),
    "follow_up_done": _("A result is recorded already. Correct that result instead."),
    "follow_up_cancelled": _("This appointment was cancelled."),
    "follow_up_not_done": _("No result is recorded yet."),
    "result_unknown": _("Choose what came of it."),
    "next_wanted": _("They cannot come to you just now. Say when you go or call there next."),
    # schedules and leave
    "schedule_empty": _("Choose at least one day."),
    "schedule_not_rising": _("Write days after the beginning in rising order, for example 7, 14, 30."),
    "schedule_too_long": _("A schedule has at most 12 single days within a year and 24 months after them."),
    "schedule_name_taken": _("There is a schedule of this name already."),
    "schedule_same_day": _("Two appointments fall on the same day. Change one or leave it out."),
    "leave_backwards": _("The last day away is before the first."),
    "leave_over": _("This leave is over already. Leave is entered for today or later."),
    "leave_too_long": _("This is longer than a year. Did you mean another year?"),
    "leave_overlaps": _("Another leave covers some of these days. End that one first."),
    "leave_own_cover": _("Somebody cannot cover for themselves."),
    "leave_cancelled": _("This leave has ended or was cancelled already."),
    "cover_elsewhere": _("Choose a colleague who keeps files at the same centre."),
    # beds and stays
    "name_wanted": _("Give it a name."),
    "site_name_taken": _("There is a site of this name already."),
    "room_name_taken": _("There is a room of this name at this site already."),
    "bed_name_taken": _("There is a bed of this name in this room already."),
    "beds_count": _("A room has 1 to %(most)s beds."),
    "bed_why_missing": _("Say why the bed is out of use."),
    "bed_in_use": _("Somebody lies in this bed. Check them out first, or give them another bed."),
    "bed_elsewhere": _("Choose a bed of your own centre."),
    "bed_closed": _("This bed is out of use. Choose another."),
    "bed_kept": _(
        "This bed is kept for others. Choose another, or write in the note why it is the right one."
    ),
    "bed_given": _("Somebody has this bed in these nights. Choose another."),
    "person_has_bed": _("This person has a bed in these nights already. Check them out there first."),
    "stay_over": _("This stay is over already. Correct its end instead."),
    "stay_open": _("This stay is not over yet. Check them out first."),
    "stay_backwards": _("The day of leaving is before the day they came."),
    "left_to_missing": _("Choose where they went."),
    # lists of cases
    "list_name_missing": _("Give the list a name."),
    "list_name_taken": _(
        "You keep a list of this name already. Choose another name, or remove that one first."
    ),
    "cases_none": _("Tick the cases first."),
    "cases_too_many": _("At most %(most)s cases are given away at once. Narrow the list down."),
    "cases_changed": _("Something changed in the meantime. Look at what moves now, then confirm again."),
    # relief grants
    "purpose_missing": _("Write what the money is for."),
    "relief_after_application": _("This is after the application: look into the need first."),
    "relief_visit_first": _("The home visit is before the telephone call. The call comes first."),
    "relief_not_assessed": _(
        "Enter the telephone call and the home visit, or say why one of them was not possible."
    ),
    "relief_no_terms": _("No terms hold on this day. Ask the department to enter them."),
    "relief_over_ceiling": _("At most %(most)s can be given at once."),
    "relief_times": _(
        "This person was helped %(n)s times this fiscal year%(elsewhere)s; at most %(most)s times are allowed."
    ),
    "relief_decided": _("This application is decided already, or was cancelled."),
    "relief_over": _("This grant is paid, refused or cancelled already."),
    "relief_not_approved": _("Only an approved grant that is not paid yet can be paid."),
    "relief_not_paid": _("Nothing is paid that could be taken back."),
    "relief_paid_before_approval": _(
        "This is before the approval. Choose the day on which it was handed over."
    ),
    "relief_proxy_missing": _("Write the name of the person who signs."),
    "relief_proxy_reason_missing": _("Say why the person cannot sign themselves."),
    "relief_times_missing": _("Write how often in a year, at least once."),
    "law_missing": _("Write what these terms rest on."),
    "not_a_number": _("This is not an amount. Write it like 1,250.50."),
    "three_decimals": _("An amount has two decimals at most."),
    "negative": _("An amount is above zero."),
    "amount_zero": _("An amount is above zero."),
    "too_large": _("This amount is too large."),
    # registers
    "register_busy": _("The register is being read or written just now. Wait until it is done."),
    "columns_over": _("The columns cannot be named any more. Send the file again and choose them first."),
    "columns_changed": _("The columns of this page are not those of the file any more. Open the page again."),
    "column_twice": _(
        "“%(what)s” is chosen for two columns. Choose it for one, and something else for the other."
    ),
    "column_both_names": _(
        "The whole name in one column and the first name in another contradict each other. Choose one of them."
    ),
    "column_name_missing": _(
        "No column says who somebody is. Choose the one with the name, nickname or description."
    ),
    "column_notice_missing": _(
        "No column says when the notice came. Choose the one with the date of notice."
    ),
    "nothing_to_undo": _("Nobody is registered from this file, so there is nothing to undo."),
    "built_upon": _("Somebody has worked on one of these files, so the register cannot be undone any more."),
    "row_written": _("This row is registered already."),
    "decision_unknown": _("This cannot be decided about such a row."),
    "rows_changed": _(
        "Somebody decided about rows in the meantime. Look at the new number, then confirm again."
    ),
    "nothing_to_write": _("Nothing is left to register. Decide about more rows first."),
    # files
    "restricted_already": _("This file is restricted already."),
    "not_restricted": _("This file is not restricted."),
}

_refusals = Refusals(MESSAGES)
refuse, refuse_if = _refusals.refuse, _refusals.refuse_if
