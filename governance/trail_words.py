"""The trail's codes in words: what was done to what, which field, by which door."""

import re
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from common.money import format_baht
from common.templatetags.thai import be

SYSTEM = "system:"
"""How the key of a SystemActor begins."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

VERBS = {
    "account.closed": gettext_lazy("closed the account"),
    "account.opened": gettext_lazy("opened the account again"),
    "areas.loaded": gettext_lazy("loaded districts and sub-districts"),
    "assessment.corrected": gettext_lazy("corrected an assessment"),
    "assessment.made": gettext_lazy("assessed how the person fares"),
    "back_up.set": gettext_lazy("named a back-up colleague"),
    "cases.reassigned": gettext_lazy("gave cases to a colleague"),
    "client.id_number_set": gettext_lazy("entered the ID number"),
    "client.id_number_verified": gettext_lazy("verified the ID number"),
    "client.linked": gettext_lazy("linked a record with another of the same person"),
    "client.registered": gettext_lazy("registered the person"),
    "client.restricted": gettext_lazy("restricted the file"),
    "client.unlinked": gettext_lazy("undid the link between two records"),
    "client.unrestricted": gettext_lazy("opened the file to the centre again"),
    "client.updated": gettext_lazy("changed the file"),
    "consent.recorded": gettext_lazy("wrote down an answer about the use of data"),
    "consent.withdrawn": gettext_lazy("wrote down that a consent was taken back"),
    "contribution.confirmed": gettext_lazy("confirmed a contribution"),
    "contribution.corrected": gettext_lazy("corrected a contribution"),
    "contribution.logged": gettext_lazy("wrote down a contribution"),
    "contribution.received": gettext_lazy("recorded that a contribution came"),
    "contribution_sheet.dropped": gettext_lazy("dropped a sheet of contributions"),
    "contribution_sheet.read": gettext_lazy("gave a sheet of contributions"),
    "contribution_sheet.swept": gettext_lazy("removed the rows of a sheet of contributions"),
    "contribution_sheet.written": gettext_lazy("imported a sheet of contributions"),
    "demand.answer_corrected": gettext_lazy("corrected an answer to a demand"),
    "demand.answered": gettext_lazy("recorded an answer to a demand"),
    "demand.made": gettext_lazy("made a demand"),
    "demand.step_noted": gettext_lazy("recorded a step of a demand"),
    "demand.told_back": gettext_lazy("recorded that people were told back"),
    "document.added": gettext_lazy("put a paper or photo into the file"),
    "document.corrected": gettext_lazy("put a new version of a paper into the file"),
    "document.removed": gettext_lazy("removed a paper from the file"),
    "episode.assigned": gettext_lazy("assigned the case"),
    "episode.closed": gettext_lazy("closed the episode"),
    "episode.contacted": gettext_lazy("recorded a contact"),
    "episode.help_answered": gettext_lazy("recorded the answer to the offer of help"),
    "episode.moved": gettext_lazy("moved the case on"),
    "episode.opened": gettext_lazy("opened an episode"),
    "event.corrected": gettext_lazy("corrected an event"),
    "follow_up.cancelled": gettext_lazy("cancelled a follow-up"),
    "follow_up.corrected": gettext_lazy("corrected a follow-up's result"),
    "follow_up.moved": gettext_lazy("moved a follow-up to another day"),
    "follow_up.planned": gettext_lazy("planned a follow-up"),
    "follow_up.recorded": gettext_lazy("recorded a follow-up's result"),
    "forum.attendance_recorded": gettext_lazy("recorded who came to a forum"),
    "forum.cancelled": gettext_lazy("called a forum off"),
    "forum.evidence_written": gettext_lazy("wrote evidence of a forum"),
    "forum.held": gettext_lazy("recorded that a forum was held"),
    "forum.holding_corrected": gettext_lazy("corrected that a forum was held"),
    "forum.plan_changed": gettext_lazy("changed the plan of a forum"),
    "forum.planned": gettext_lazy("planned a forum"),
    "goal.edited": gettext_lazy("changed a goal"),
    "goal.set": gettext_lazy("set a goal"),
    "plan.approved": gettext_lazy("approved a plan"),
    "plan.begun": gettext_lazy("began a plan"),
    "plan.edited": gettext_lazy("changed a draft of a plan"),
    "plan.returned": gettext_lazy("returned a plan"),
    "plan.submitted": gettext_lazy("handed in a plan"),
    "plan.taken_back": gettext_lazy("took a plan back"),
    "task.added": gettext_lazy("added a task"),
    "task.done": gettext_lazy("finished a task"),
    "task.dropped": gettext_lazy("dropped a task"),
    "task.edited": gettext_lazy("changed a task"),
    "goal.settled": gettext_lazy("said what became of a goal"),
    "funding.received": gettext_lazy("took in a funder's share"),
    "intake_draft.begun": gettext_lazy("began a draft of a notice"),
    "intake_draft.discarded": gettext_lazy("discarded a draft of a notice"),
    "intake_draft.expired": gettext_lazy("removed a draft of a notice that had expired"),
    "intake_draft.registered": gettext_lazy("registered the person of a draft"),
    "invitation.accepted": gettext_lazy("accepted the invitation"),
    "landlord.added": gettext_lazy("added a landlord"),
    "landlord.paid": gettext_lazy("paid a landlord"),
    "lease.ended": gettext_lazy("ended a lease"),
    "lease.signed": gettext_lazy("signed a lease"),
    "leave.ended": gettext_lazy("ended a leave"),
    "leave.entered": gettext_lazy("entered a leave"),
    "need.settled": gettext_lazy("settled a need"),
    "need.stated": gettext_lazy("recorded a need"),
    "note.added": gettext_lazy("wrote a note"),
    "note.corrected": gettext_lazy("corrected a note"),
    "notice.corrected": gettext_lazy("corrected a notice"),
    "partner.added": gettext_lazy("added a partner"),
    "partner.changed": gettext_lazy("changed a partner"),
    "partner.member_ended": gettext_lazy("took somebody away from a partner"),
    "partner.member_linked": gettext_lazy("let somebody sign in for a partner"),
    "period.closed": gettext_lazy("closed a month's books"),
    "person.invited": gettext_lazy("invited a colleague"),
    "posting.reversed": gettext_lazy("reversed an entry"),
    "profile.changed": gettext_lazy("changed their own profile"),
    "property.added": gettext_lazy("added a house"),
    "receipt.issued": gettext_lazy("issued a receipt"),
    "receipt.voided": gettext_lazy("made a receipt void"),
    "relief.applied": gettext_lazy("applied for a relief grant"),
    "relief.approved": gettext_lazy("approved a relief grant"),
    "relief.cancelled": gettext_lazy("cancelled a relief grant"),
    "relief.paid": gettext_lazy("paid a relief grant"),
    "relief.refused": gettext_lazy("refused a relief grant"),
    "relief.reversed": gettext_lazy("took back the payment of a relief grant"),
    "relief_terms.set": gettext_lazy("wrote down the terms of relief grants"),
    "referral.accepted": gettext_lazy("accepted a referral"),
    "referral.declined": gettext_lazy("declined a referral"),
    "referral.done": gettext_lazy("did what a referral asked"),
    "referral.reviewed": gettext_lazy("looked at what was shared without consent"),
    "referral.revoked": gettext_lazy("called a referral back"),
    "referral.sent": gettext_lazy("sent a referral"),
    "register.confirmed": gettext_lazy("confirmed a register for import"),
    "register.columns_asked": gettext_lazy("was asked to name the columns of a register"),
    "register.columns_chosen": gettext_lazy("named the columns of a register"),
    "register.released": gettext_lazy("had a register given back"),
    "register.undo_asked": gettext_lazy("asked for a register to be undone"),
    "register.undone": gettext_lazy("undid a register"),
    "register.read": gettext_lazy("had a register read"),
    "register.refused": gettext_lazy("had a register refused"),
    "register.row_decided": gettext_lazy("decided about a row of a register"),
    "register.taken": gettext_lazy("gave a register for import"),
    "register.written": gettext_lazy("imported a register"),
    "related_person.added": gettext_lazy("added a related person"),
    "related_person.ended": gettext_lazy("ended a relation"),
    "rent.charged": gettext_lazy("charged a month's rent"),
    "rent.run_asked": gettext_lazy("asked for a month's rent to be charged"),
    "rent.reversed": gettext_lazy("took a month's rent back"),
    "report.frozen": gettext_lazy("froze the month"),
    "report.held": gettext_lazy("held the letters of a report"),
    "report.released": gettext_lazy("released the letters of a report"),
    "report.sent": gettext_lazy("wrote the letters of a report"),
    "report.sent_by_hand": gettext_lazy("sent a report by hand"),
    "role.ended": gettext_lazy("ended a role"),
    "role.given": gettext_lazy("gave a role"),
    "room.added": gettext_lazy("added a room"),
    "safety_flag.lifted": gettext_lazy("lifted a safety flag"),
    "safety_flag.reviewed": gettext_lazy("looked at a safety flag again"),
    "safety_flag.raised": gettext_lazy("raised a safety flag"),
    "saved_list.kept": gettext_lazy("kept a list of cases"),
    "saved_list.removed": gettext_lazy("removed a list of cases"),
    "schedule.added": gettext_lazy("added a schedule"),
    "schedule.changed": gettext_lazy("changed a schedule"),
    "schedule.laid_out": gettext_lazy("planned follow-ups from a schedule"),
    "schedule.retired": gettext_lazy("took a schedule out of use"),
    "scheme.changed": gettext_lazy("wrote a version of a rent-sharing scheme"),
    "scheme.created": gettext_lazy("created a rent-sharing scheme"),
    "site.added": gettext_lazy("set up a site"),
    "site.changed": gettext_lazy("changed a site"),
    "site_bed.added": gettext_lazy("added a bed"),
    "site_bed.changed": gettext_lazy("changed a bed"),
    "site_room.added": gettext_lazy("set up a room with its beds"),
    "site_room.changed": gettext_lazy("changed the name of a room"),
    "stay.begun": gettext_lazy("checked the person in"),
    "stay.corrected": gettext_lazy("corrected the end of a stay"),
    "stay.ended": gettext_lazy("checked the person out"),
    "subscription.chosen": gettext_lazy("chose which letters to get"),
    "tenancy.ended": gettext_lazy("ended a tenancy"),
    "tenancy.signed": gettext_lazy("signed a tenancy"),
    "token.issued": gettext_lazy("issued a key for programs"),
    "token.revoked": gettext_lazy("revoked a key for programs"),
    "unit_value.set": gettext_lazy("wrote a line into the unit-value book"),
    "voice.attributed": gettext_lazy("put the speaker's name to a voice"),
    "voice.attribution_withdrawn": gettext_lazy("took the speaker's name off a voice"),
    "voice.captured": gettext_lazy("wrote a voice down"),
    "voice.corrected": gettext_lazy("corrected a voice"),
    "voice.taken_back": gettext_lazy("took a voice back"),
}

READS = {
    "referral": gettext_lazy("read a referral"),
    "relief_grant": gettext_lazy("read a relief grant"),
    "client": gettext_lazy("opened the file"),
    "card": gettext_lazy("saw the card"),
    "cards": gettext_lazy("saw the card"),
    "search": gettext_lazy("saw the name in a search"),
    "list": gettext_lazy("saw the name in a list"),
    "tenancy": gettext_lazy("looked at the tenancy"),
    "receipt": gettext_lazy("looked at a rent receipt"),
    "statement": gettext_lazy("looked at the rent statement"),
    "document": gettext_lazy("opened a paper or photo"),
    "thumbnail": gettext_lazy("saw the small picture of a photo"),
    "id_number": gettext_lazy("looked at the ID number"),
    "forum": gettext_lazy("saw the name at a voice"),
    "history": gettext_lazy("looked at who opened the file"),
    "trail": gettext_lazy("looked at the trail"),
    "trail of a record": gettext_lazy("looked at the trail of a record"),
    "trail of a person": gettext_lazy("looked at the trail of a colleague"),
    "trail of a day": gettext_lazy("looked at the trail of a day"),
}

KINDS = {
    "accounts.apitoken": pgettext_lazy("kind", "key for programs"),
    "accounts.invitation": pgettext_lazy("kind", "invitation"),
    "accounts.membership": pgettext_lazy("kind", "role"),
    "accounts.user": pgettext_lazy("kind", "colleague"),
    "casework.assessment": pgettext_lazy("kind", "assessment"),
    "casework.client": pgettext_lazy("kind", "file"),
    "casework.clientdocument": pgettext_lazy("kind", "paper or photo"),
    "casework.consent": pgettext_lazy("kind", "consent"),
    "casework.episode": pgettext_lazy("kind", "case"),
    "casework.followup": pgettext_lazy("kind", "follow-up"),
    "casework.goal": pgettext_lazy("kind", "goal"),
    "casework.goaltask": pgettext_lazy("kind", "task"),
    "casework.plan": pgettext_lazy("kind", "plan"),
    "casework.intakedraft": pgettext_lazy("kind", "draft of a notice"),
    "casework.leave": pgettext_lazy("kind", "leave"),
    "casework.need": pgettext_lazy("kind", "need"),
    "casework.note": pgettext_lazy("kind", "note"),
    "casework.referral": pgettext_lazy("kind", "referral"),
    "casework.registerimport": pgettext_lazy("kind", "register"),
    "casework.relatedperson": pgettext_lazy("kind", "related person"),
    "casework.reliefgrant": pgettext_lazy("kind", "relief grant"),
    "casework.reliefterms": pgettext_lazy("kind", "terms of relief grants"),
    "casework.scheduletemplate": pgettext_lazy("kind", "schedule"),
    "casework.safetyflag": pgettext_lazy("kind", "safety flag"),
    "governance.demand": pgettext_lazy("kind", "demand"),
    "governance.forum": pgettext_lazy("kind", "forum"),
    "governance.hold": pgettext_lazy("kind", "report"),
    "governance.monthlyreport": pgettext_lazy("kind", "report"),
    "governance.subscription": pgettext_lazy("kind", "letters"),
    "network.contribution": pgettext_lazy("kind", "contribution"),
    "network.contributionsheet": pgettext_lazy("kind", "sheet of contributions"),
    "network.partner": pgettext_lazy("kind", "partner"),
    "network.unitvalue": pgettext_lazy("kind", "unit value"),
    "rentshare.landlord": pgettext_lazy("kind", "landlord"),
    "rentshare.lease": pgettext_lazy("kind", "lease"),
    "rentshare.period": pgettext_lazy("kind", "month of the books"),
    "rentshare.posting": pgettext_lazy("kind", "entry in the books"),
    "rentshare.property": pgettext_lazy("kind", "house"),
    "rentshare.receipt": pgettext_lazy("kind", "rent receipt"),
    "rentshare.rentrun": pgettext_lazy("kind", "month's rent"),
    "rentshare.room": pgettext_lazy("kind", "room"),
    "rentshare.scheme": pgettext_lazy("kind", "scheme"),
    "rentshare.schemeversion": pgettext_lazy("kind", "scheme"),
    "rentshare.tenancy": pgettext_lazy("kind", "tenancy"),
}

FACTS_OF = {
    "accounts.user": ("accounts.membership",),
    "casework.client": ("casework.notice",),
    "casework.episode": ("casework.notice",),
    "casework.followup": ("casework.followupresult",),
    "governance.demand": ("governance.answer", "governance.telling", "governance.demandevent"),
    "governance.forum": ("governance.holding", "governance.voice"),
}
"""Kinds of record whose fields are noted under the record they are about."""

FIELDS = {
    "also_in": pgettext_lazy("field", "also active in"),
    "answer": pgettext_lazy("field", "answer to the offer of help"),
    "amount": pgettext_lazy("field", "amount of money"),
    "areas": pgettext_lazy("field", "districts and sub-districts"),
    "attendance": pgettext_lazy("field", "how many came"),
    "beds": pgettext_lazy("field", "beds"),
    "basis": pgettext_lazy("field", "ground"),
    "born_precision": pgettext_lazy("field", "how exact the date of birth is"),
    "centre": pgettext_lazy("field", "centre"),
    "closed_on": pgettext_lazy("field", "closed on"),
    "code": pgettext_lazy("field", "code"),
    "corrects": pgettext_lazy("field", "entry that is corrected"),
    "days": pgettext_lazy("field", "days"),
    "district_code": pgettext_lazy("field", "district"),
    "ended_on": pgettext_lazy("field", "ended on"),
    "evidence": pgettext_lazy("field", "parts of evidence"),
    "follow_ups_cancelled": pgettext_lazy("field", "follow-ups cancelled"),
    "follow_ups_moved": pgettext_lazy("field", "follow-ups handed over"),
    "home_province_id": pgettext_lazy("field", "home province"),
    "is_void": pgettext_lazy("field", "never came"),
    "kind": pgettext_lazy("field", "kind"),
    "letters": pgettext_lazy("field", "letters"),
    "levels": pgettext_lazy("field", "levels"),
    "media_type": pgettext_lazy("field", "type of file"),
    "member": pgettext_lazy("field", "who signs in"),
    "month": pgettext_lazy("field", "month"),
    "monthly_report": pgettext_lazy("field", "letter with the monthly report"),
    "number": pgettext_lazy("field", "which time"),
    "occurred_on": pgettext_lazy("field", "date"),
    "opened_on": pgettext_lazy("field", "opened on"),
    "outcome": pgettext_lazy("field", "outcome"),
    "paid_on": pgettext_lazy("field", "paid on"),
    "pin_verified": pgettext_lazy("field", "ID number verified"),
    "parts": pgettext_lazy("field", "parts of the file"),
    "place": pgettext_lazy("field", "place"),
    "postings": pgettext_lazy("field", "entries in the books"),
    "reviewed_on": pgettext_lazy("field", "looked at on"),
    "role": pgettext_lazy("field", "role"),
    "rows": pgettext_lazy("field", "rows"),
    "scopes": pgettext_lazy("field", "what the key may do"),
    "size": pgettext_lazy("field", "size in bytes"),
    "state": pgettext_lazy("field", "state"),
    "steps": pgettext_lazy("field", "step-down"),
    "tenancies": pgettext_lazy("field", "tenancies"),
    "token": pgettext_lazy("field", "key for programs"),
    "value": pgettext_lazy("field", "value in baht"),
    "version": pgettext_lazy("field", "version"),
    "worker": pgettext_lazy("field", "worker in charge"),
}
"""Fields that no form shows under a name of their own."""

SATANG = frozenset(
    {
        "amount", "rent", "monthly_rent", "rent_floor", "rent_ceiling", "programme_cap", "income_ceiling", "deposit",
        "savings", "income",
    }
)  # fmt: skip
"""Fields of rent rooms that are money."""

DOORS = {
    "page": pgettext_lazy("door", "page"),
    "api": pgettext_lazy("door", "API"),
    "print": pgettext_lazy("door", "print"),
    "export": pgettext_lazy("door", "export"),
}


def actor(key: str, label: str) -> str:
    """Who it was; the system has one name for people, whichever of its tasks it was."""
    return _("the system") if key.startswith(SYSTEM) else label


def verb(code: str) -> str:
    """What was done; a code that has no words yet speaks for itself."""
    return str(VERBS.get(code, code))


def read(what: str) -> str:
    """What was looked at."""
    if what.startswith("figure:"):
        return _("saw the name among the rows of a figure")
    return str(READS.get(what, what))


def door(code: str) -> str:
    """By which door."""
    return str(DOORS.get(code, code))


def kind(label: str) -> str:
    """The name of a kind of record ("casework.client")."""
    model = _model(label)
    return str(KINDS.get(label) or (model._meta.verbose_name if model else label))


def change(label: str, name: str, values: list[Any]) -> tuple[str, str, str]:
    """(field, before, after) of one change, in the words the forms use."""
    field = _field(label, name)
    before, after = [*values, None, None][:2]
    if label.startswith("rentshare.") and name in SATANG:
        before, after = _baht(before), _baht(after)
    return _name(field, name), _value(field, before), _value(field, after)


def _baht(satang: Any) -> Any:
    return format_baht(satang, get_language() or "th") if isinstance(satang, int) else satang


def _name(field: Any, name: str) -> str:
    if name in FIELDS:
        return str(FIELDS[name])
    if name.startswith("row "):
        return _("row %(number)s") % {"number": name.removeprefix("row ")}
    return str(getattr(field, "verbose_name", name)).replace("_", " ")


def _value(field: Any, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return pgettext("value", "yes") if value else pgettext("value", "no")
    if isinstance(value, str) and _DAY.fullmatch(value):
        return be(date.fromisoformat(value))
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices.get(value, value))


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _field(label: str, name: str) -> Any:
    for model in map(_model, (label, *FACTS_OF.get(label, ()))):
        try:
            return model._meta.get_field(name) if model else None
        except FieldDoesNotExist:
            continue
    return None
