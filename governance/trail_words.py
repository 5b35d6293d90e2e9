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
from governance.trail_verbs import VERBS

SYSTEM = "system:"
"""How the key of a SystemActor begins."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

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
    "rentshare.paymentplan": pgettext_lazy("kind", "payment plan"),
    "rentshare.payoutbatch": pgettext_lazy("kind", "payouts to landlords"),
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
    "account": pgettext_lazy("field", "bank account"),
    "ceiling": pgettext_lazy("field", "most at once"),
    "first_on": pgettext_lazy("field", "first part by"),
    "instalments": pgettext_lazy("field", "number of parts"),
    "missed": pgettext_lazy("field", "shares not paid in time"),
    "times": pgettext_lazy("field", "times in a year"),
    "total": pgettext_lazy("field", "together"),
    "valid_from": pgettext_lazy("field", "holds from"),
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
    "note": pgettext_lazy("field", "note"),
    "outcome": pgettext_lazy("field", "outcome"),
    "owner": pgettext_lazy("field", "who does it"),
    "purpose": pgettext_lazy("field", "what for"),
    "reason": pgettext_lazy("field", "reason"),
    "why_not": pgettext_lazy("field", "why nobody called or visited"),
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
        "savings", "income", "total", "ceiling",
    }
)  # fmt: skip
"""Fields that are money, of the records WITH_MONEY."""

WITH_MONEY = ("rentshare.", "casework.relief")
"""How the kinds of records begin whose amounts are satang."""

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
    if label.startswith(WITH_MONEY) and name in SATANG:
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
