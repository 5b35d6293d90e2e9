"""Kinds of contribution and the units they are counted in; network.rules.KIND_OF says which belongs where."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    MONEY = "money", pgettext_lazy("contribution", "money")
    GOODS = "goods", pgettext_lazy("contribution", "goods")
    HOURS = "hours", pgettext_lazy("contribution", "volunteer hours")
    SPACE = "space", pgettext_lazy("contribution", "space")
    SKILLS = "skills", pgettext_lazy("contribution", "skills")


class Unit(models.TextChoices):
    BAHT = "baht", pgettext_lazy("unit", "baht")
    HOUR = "hour", pgettext_lazy("unit", "hours")
    SET = "set", pgettext_lazy("unit", "sets")
    KG = "kg", pgettext_lazy("unit", "kg")
    BOX = "box", pgettext_lazy("unit", "boxes")
    PIECE = "piece", pgettext_lazy("unit", "pieces")
    BAG = "bag", pgettext_lazy("unit", "bags")
    PACK = "pack", pgettext_lazy("unit", "packs")
    BOTTLE = "bottle", pgettext_lazy("unit", "bottles")
    LITRE = "litre", pgettext_lazy("unit", "litres")
    DAY = "day", pgettext_lazy("unit", "days of use")
    NIGHT = "night", pgettext_lazy("unit", "nights")
    PERSON = "person", pgettext_lazy("unit", "people served")
    TIME = "time", pgettext_lazy("unit", "times")
