"""Shapes of the network's API. Dates are ISO and Gregorian, quantities and baht text with at most two decimals."""

from typing import Any

from rest_framework import serializers

from common.money import to_baht
from network import rules
from network.models import Contribution, ContributionEvent, Partner
from network.models.units import Unit


class PartnerShape(serializers.ModelSerializer[Partner]):
    """A partner."""

    province = serializers.CharField(source="province_id", read_only=True)
    areas = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)

    class Meta:
        model = Partner
        fields = ("uid", "code", "name", "kind", "province", "areas", "place", "active_from", "active_to")
        read_only_fields = fields


class ContributionStepShape(serializers.ModelSerializer[ContributionEvent]):
    class Meta:
        model = ContributionEvent
        fields = ("kind", "occurred_on", "recorded_at")
        read_only_fields = fields


class ContributionShape(serializers.ModelSerializer[Contribution]):
    """A contribution. `corrected_by` names the one that stands in its place."""

    partner = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    province = serializers.CharField(source="province_id", read_only=True)
    quantity = serializers.SerializerMethodField()
    value = serializers.SerializerMethodField("baht")
    corrects = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True, allow_null=True)
    corrected_by = serializers.SerializerMethodField()
    steps = ContributionStepShape(source="events", many=True, read_only=True)

    class Meta:
        model = Contribution
        fields = (
            "uid", "partner", "province", "area", "kind", "what", "quantity", "unit", "people", "giver", "remark",
            "given_on", "value", "basis", "state", "is_void", "corrects", "corrected_by", "reason", "steps",
        )  # fmt: skip
        read_only_fields = fields

    def get_quantity(self, row: Contribution) -> str:
        return str(rules.as_decimal(row.quantity))

    def baht(self, row: Contribution) -> str | None:
        return None if row.value_satang is None else str(to_baht(row.value_satang))

    def get_corrected_by(self, row: Contribution) -> str | None:
        later = getattr(row, "corrected_by", None)
        return str(later.uid) if later else None


class GivenShape(serializers.Serializer[Any]):
    """What was given. Rules (day, hours, unit) are the action's."""

    what = serializers.CharField(max_length=200)
    quantity = serializers.CharField(
        max_length=40, help_text='a number with at most two decimals, as text: "12.5"'
    )
    unit = serializers.ChoiceField(choices=Unit.choices)
    given_on = serializers.DateField()
    people = serializers.IntegerField(required=False, default=1, min_value=1, max_value=rules.MOST_PEOPLE)
    giver = serializers.CharField(max_length=150, required=False, allow_blank=True, default="")
    area = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    province = serializers.CharField(
        max_length=2, required=False, allow_blank=True, default="", help_text="two-digit code"
    )
    remark = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class NewContributionShape(GivenShape):
    """A new contribution; without `partner` it is that of the caller's own."""

    partner = serializers.CharField(max_length=30, required=False, help_text="code of the partner")
    pledged = serializers.BooleanField(required=False, default=False, help_text="promised, not there yet")


class CorrectionShape(GivenShape):
    """What should have stood there."""

    reason = serializers.CharField(max_length=300)


class ReasonShape(serializers.Serializer[Any]):
    """Why it never came."""

    reason = serializers.CharField(max_length=300)


class ReceivedShape(serializers.Serializer[Any]):
    """The day on which what was promised came."""

    occurred_on = serializers.DateField()
