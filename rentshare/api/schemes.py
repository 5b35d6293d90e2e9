"""Schemes for programs: what each version says, and what a rent would come to month by month."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from common.doors import REFUSED, Doors
from common.money import to_baht
from rentshare import books, rules
from rentshare.models import Scheme, SchemeVersion
from rentshare.refusals import refuse, refuse_if
from rentshare.rules.terms import Ahead, look_ahead

MOST_MONTHS = 60


def _baht(satang: int | None) -> str | None:
    return None if satang is None else str(to_baht(satang))


def _percent(points: int) -> str:
    return f"{points / 100:.2f}"


class SchemeStepShape(serializers.Serializer[Any]):
    from_month = serializers.IntegerField(help_text="month of the tenancy")
    programme = serializers.CharField(help_text="percent")


class SchemeVersionShape(serializers.Serializer[Any]):
    """What a scheme says to whoever signs from a day on. null and "" are what it does not say."""

    starts_on = serializers.DateField()
    participant = serializers.CharField(help_text="percent")
    programme = serializers.CharField(help_text="percent")
    other = serializers.CharField(help_text="percent")
    other_funder = serializers.CharField()
    surplus_fund = serializers.CharField()
    steps = SchemeStepShape(many=True)
    support_months = serializers.IntegerField(allow_null=True)
    rent_floor = serializers.CharField(allow_null=True, help_text="baht")
    rent_ceiling = serializers.CharField(allow_null=True, help_text="baht")
    programme_cap = serializers.CharField(allow_null=True, help_text="baht")
    income_ceiling = serializers.CharField(allow_null=True, help_text="baht")
    deposit_rule = serializers.CharField()
    deposit = serializers.CharField(allow_null=True, help_text="baht")
    savings = serializers.CharField(allow_null=True, help_text="baht")
    grace_days = serializers.IntegerField(allow_null=True)
    arrears_rule = serializers.CharField()
    is_ours = serializers.BooleanField(help_text="suggested by the system, no published decision behind it")


class SchemeShape(serializers.ModelSerializer[Scheme]):
    """A scheme with its versions, the latest first."""

    versions = serializers.SerializerMethodField()

    class Meta:
        model = Scheme
        fields = ("uid", "code", "name_th", "name_en", "versions")
        read_only_fields = fields

    @extend_schema_field(SchemeVersionShape(many=True))
    def get_versions(self, scheme: Scheme) -> Any:
        return SchemeVersionShape([_version(one) for one in scheme.versions.all()], many=True).data


def _version(one: SchemeVersion) -> dict[str, Any]:
    plain = (
        "starts_on", "other_funder", "surplus_fund", "support_months", "deposit_rule", "grace_days", "arrears_rule",
        "is_ours",
    )  # fmt: skip
    money = ("rent_floor", "rent_ceiling", "programme_cap", "income_ceiling", "deposit", "savings")
    shares = one.shares
    return {
        **{name: getattr(one, name) for name in plain},
        **{name: _baht(getattr(one, name)) for name in money},
        "participant": _percent(shares.participant),
        "programme": _percent(shares.programme),
        "other": _percent(shares.other),
        "steps": [
            {"from_month": step.from_month, "programme": _percent(step.programme)} for step in one.terms.steps
        ],
    }


class SimulationAskedShape(serializers.Serializer[Any]):
    """What is simulated."""

    rent = serializers.CharField(max_length=40, help_text='baht a month: "2500.50"')
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, default=None)
    months = serializers.IntegerField(required=False, default=12, min_value=1, max_value=MOST_MONTHS)


class SimulatedMonthShape(serializers.Serializer[Any]):
    """A month's rent. `participant` + `programme` + `other` = `landlord` + `fund`, always."""

    month = serializers.CharField(help_text="YYYY-MM")
    number = serializers.IntegerField(help_text="month of the tenancy")
    participant = serializers.CharField(help_text="baht")
    programme = serializers.CharField(help_text="baht")
    other = serializers.CharField(help_text="baht")
    landlord = serializers.CharField(help_text="baht")
    fund = serializers.CharField(help_text="baht")


class SimulationShape(serializers.Serializer[Any]):
    """Who would pay what, by the rules of the charge itself. Nothing is written."""

    months = SimulatedMonthShape(many=True)


def _month(one: Ahead) -> dict[str, Any]:
    paid = {party: _baht(one.paid_by(party)) for party in rules.PAYERS}
    split = one.split
    return paid | {
        "month": str(one.month),
        "number": one.number,
        "landlord": _baht(split.rent),
        "fund": _baht(split.surplus),
    }


class Schemes(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Schemes of rent rooms with all their versions."""

    queryset = Scheme.objects.none()
    serializer_class = SchemeShape

    def get_queryset(self) -> QuerySet[Scheme]:
        found = Scheme.objects.visible_to(self.actor).prefetch_related("versions__steps")
        return cast("QuerySet[Scheme]", found.order_by("-pk"))

    @extend_schema(parameters=[SimulationAskedShape], responses={200: SimulationShape, **REFUSED})
    @route(detail=True)
    def simulation(self, request: Request, uid: UUID) -> Response:
        """Month by month who would pay what of a rent, under the version that holds on the first day."""
        scheme = self.get_object()
        asked = SimulationAskedShape(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wish = asked.validated_data
        rent = books.satang(wish["rent"], "rent")
        refuse_if(rules.rent_problem(rent, None, None), "rent")
        version = rules.version_on(scheme.versions.all(), wish["starts_on"]) or refuse("scheme_not_begun")
        ahead = look_ahead(version.terms, rent, wish["starts_on"], wish["ends_on"], wish["months"])
        return Response(SimulationShape({"months": [_month(one) for one in ahead]}).data)
