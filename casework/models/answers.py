"""What somebody answered, or why a question has no answer."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoAnswer(models.TextChoices):
    """Why something is not known; three different things."""

    NOT_ASKED = "not_asked", _("not asked yet")
    UNKNOWN = "unknown", _("does not know")
    REFUSED = "refused", _("does not want to say")


class Legal(models.TextChoices):
    """Groups of the Protection of Destitute Persons Act B.E. 2557, as a provincial centre lists them."""

    HARDSHIP = "hardship", _("in hardship")
    WANDERING = "wandering", _("living without a fixed place")
    PUBLIC_PLACE = "public_place", _("sleeping in a public place for a time")
    NO_NATIONALITY = "no_nationality", _("registered, but without nationality")
    NO_STATUS = "no_status", _("without civil-registration status")
    NONE_FITS = "none_fits", _("none of the five groups")
    UNKNOWN = "unknown", _("cannot be said yet")
    REFUSED = "refused", _("does not want to say")
    NOT_ASKED = "not_asked", _("not asked yet")


class Paper(models.TextChoices):
    ID_CARD = "id_card", _("ID card")
    ID_COPY = "id_copy", _("copy of the ID card")
    HOUSE_BOOK = "house_book", _("house registration")
    BIRTH = "birth", _("birth certificate")
    WELFARE_CARD = "welfare_card", _("state welfare card")
    DISABILITY_CARD = "disability_card", _("disability card")
    PASSPORT = "passport", _("passport or permit")
    MEDICAL = "medical", _("medical paper")
    OTHER = "other", _("another paper")
    NONE = "none", _("has no paper at all")


def no_answer(label: Any) -> "models.CharField[Any, Any]":
    """Why a field of a client has no value; NOT_ASKED also where it has one (casework.rules.answers)."""
    choices = [(a.value, a.label) for a in NoAnswer]
    return models.CharField(label, max_length=9, choices=choices, default=NoAnswer.NOT_ASKED)
