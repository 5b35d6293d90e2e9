"""Shapes of the indicators."""

from typing import Any

from rest_framework import serializers


class IndicatorShape(serializers.Serializer[Any]):
    """An indicator and how it is counted, in the reader's language."""

    code = serializers.CharField()
    title = serializers.CharField()
    definition = serializers.CharField()
    kind = serializers.CharField(help_text="breakdown, count or share")
    section = serializers.CharField(help_text="people, rooms, community, voices or quality")
    unit = serializers.CharField(
        allow_blank=True, help_text='"" where rows are counted; satang, hours or people where they are summed'
    )
    groups = serializers.DictField(child=serializers.CharField(), help_text="group code → its label")


class RestatedShape(serializers.Serializer[Any]):
    """What a frozen figure would be, as it was counted anew last night."""

    value = serializers.FloatField(allow_null=True)
    counted = serializers.IntegerField()
    of = serializers.IntegerField()
    groups = serializers.DictField(child=serializers.IntegerField())
    amount = serializers.CharField(allow_null=True)
    amounts = serializers.DictField(child=serializers.CharField())
    left = serializers.IntegerField(help_text="rows that are no longer counted or judged")
    came = serializers.IntegerField(help_text="rows added since")
    changed = serializers.IntegerField(help_text="rows judged otherwise or in another group")
    counted_at = serializers.DateTimeField(help_text="when the frozen month was counted anew: each night")


class ReadingShape(serializers.Serializer[Any]):
    """One indicator of one month and area."""

    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField(help_text="breakdown, count or share")
    section = serializers.CharField(help_text="people, rooms, community, voices or quality")
    unit = serializers.CharField(
        allow_blank=True, help_text='"" where rows are counted; satang, hours or people where they are summed'
    )
    month = serializers.CharField(help_text="YYYY-MM, Gregorian")
    area = serializers.CharField(help_text="a province's two digits, or TH")
    value = serializers.FloatField(
        allow_null=True,
        help_text="the count; of a share its part of one, null when there is nothing to divide by; null where there "
        "is a unit",
    )
    counted = serializers.IntegerField()
    of = serializers.IntegerField(help_text="how many rows were asked about: the denominator of a share")
    groups = serializers.DictField(child=serializers.IntegerField(), help_text="group code → counted")
    amount = serializers.CharField(
        allow_null=True, help_text="the sum as decimal text: baht, hours or people"
    )
    amounts = serializers.DictField(child=serializers.CharField(), help_text="group code → its sum")
    until = serializers.DateField(
        help_text="the last day counted; earlier than the month's end while it runs"
    )
    frozen_at = serializers.DateTimeField(
        allow_null=True, help_text="null: not frozen, the figure still moves"
    )
    restated = RestatedShape(
        allow_null=True, help_text="what it would be today, where that differs from what was frozen"
    )
