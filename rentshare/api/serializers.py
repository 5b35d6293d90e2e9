"""Shapes of the rent rooms' API. Dates are ISO and Gregorian, months YYYY-MM, money strings of baht."""

from typing import Any

from rest_framework import serializers

from common.money import to_baht
from common.thai import baht
from rentshare.models import MissedShare, Receipt, RentRun, Tenancy


class TenancyShape(serializers.ModelSerializer[Tenancy]):
    """A tenancy. `name` is the client's code for those who may not read the name; `client` is null for them."""

    client = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()
    centre = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    scheme = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    house = serializers.CharField(source="bed.room.property.name", read_only=True)
    room = serializers.CharField(source="bed.room.number", read_only=True)
    bed = serializers.CharField(source="bed.label", read_only=True)
    rent = serializers.SerializerMethodField(help_text="baht a month")
    charged = serializers.SerializerMethodField(help_text="baht, net of what was taken back")
    paid = serializers.SerializerMethodField(help_text="baht, net of what was taken back")
    owed = serializers.SerializerMethodField(help_text="baht; below zero is a credit")

    class Meta:
        model = Tenancy
        fields = (
            "uid", "client", "name", "centre", "scheme", "house", "room", "bed", "rent", "cohort", "starts_on",
            "ends_on", "end_reason", "charged", "paid", "owed",
        )  # fmt: skip
        read_only_fields = fields

    def get_client(self, tenancy: Tenancy) -> str | None:
        return str(tenancy.client.uid) if tenancy.pk in self.context["named"] else None

    def get_name(self, tenancy: Tenancy) -> str:
        return str(self.context["names"][tenancy.pk])

    def get_rent(self, tenancy: Tenancy) -> str:
        return str(to_baht(tenancy.rent))

    def get_charged(self, tenancy: Tenancy) -> str:
        return str(to_baht(self.context["owed"][tenancy.pk].charged))

    def get_paid(self, tenancy: Tenancy) -> str:
        return str(to_baht(self.context["owed"][tenancy.pk].paid))

    def get_owed(self, tenancy: Tenancy) -> str:
        return str(to_baht(self.context["owed"][tenancy.pk].balance))


class LineShape(serializers.Serializer[Any]):
    """One movement of a statement."""

    number = serializers.IntegerField()
    posted_on = serializers.DateField()
    kind = serializers.CharField()
    month = serializers.CharField(source="rent_month", help_text='YYYY-MM, "" where it is about no month')
    charged = serializers.CharField(help_text="baht")
    paid = serializers.CharField(help_text="baht")
    owed = serializers.CharField(help_text="baht, after this movement")
    receipt = serializers.CharField()
    reverses = serializers.IntegerField(allow_null=True)
    reversed_by = serializers.IntegerField(allow_null=True)
    note = serializers.CharField()


class StatementShape(serializers.Serializer[Any]):
    """A tenant's statement: `opening` + `charged` - `paid` = `closing`."""

    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    opening = serializers.CharField(help_text="baht")
    charged = serializers.CharField(help_text="baht")
    paid = serializers.CharField(help_text="baht")
    closing = serializers.CharField(help_text="baht; below zero is a credit")
    lines = LineShape(many=True)


class PaymentShape(serializers.ModelSerializer[Receipt]):
    """A payment with its receipt."""

    code = serializers.CharField(read_only=True)
    tenancy = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    amount = serializers.SerializerMethodField(help_text="baht")
    amount_words = serializers.SerializerMethodField(help_text="Thai")
    void = serializers.SerializerMethodField()

    class Meta:
        model = Receipt
        fields = ("uid", "code", "tenancy", "amount", "amount_words", "received_on", "method", "void")
        read_only_fields = fields

    def get_amount(self, receipt: Receipt) -> str:
        return str(to_baht(receipt.amount))

    def get_amount_words(self, receipt: Receipt) -> str:
        return baht.in_words(receipt.amount)

    def get_void(self, receipt: Receipt) -> bool:
        return bool(receipt.posting.reversals.all())


class NewPaymentShape(serializers.Serializer[Any]):
    """Money that came in. Rules (the amount, the day, closed months) are the action's."""

    tenancy = serializers.UUIDField()
    amount = serializers.CharField(max_length=40, help_text='baht: "1250.50"')
    received_on = serializers.DateField()
    method = serializers.ChoiceField(choices=Receipt.Method.choices, default=Receipt.Method.CASH)


class InstalmentShape(serializers.Serializer[Any]):
    """A part of a payment plan."""

    due_on = serializers.DateField(source="instalment.due_on")
    amount = serializers.SerializerMethodField(help_text="baht")
    short = serializers.SerializerMethodField(help_text="baht that should have been paid by now")

    def get_amount(self, part: Any) -> str:
        return str(to_baht(part.instalment.amount))

    def get_short(self, part: Any) -> str:
        return str(to_baht(part.short))


class PlanShape(serializers.Serializer[Any]):
    """A payment plan: all that was owed when it was agreed, and by when."""

    uid = serializers.UUIDField(source="plan.uid")
    total = serializers.SerializerMethodField(help_text="baht")
    agreed_on = serializers.DateField(source="plan.agreed_on")
    note = serializers.CharField(source="plan.note")
    behind = serializers.SerializerMethodField(help_text="baht that should have been paid by now")
    instalments = InstalmentShape(source="parts", many=True)

    def get_total(self, agreed: Any) -> str:
        return str(to_baht(agreed.plan.total))

    def get_behind(self, agreed: Any) -> str:
        return str(to_baht(agreed.behind))


class NewPlanShape(serializers.Serializer[Any]):
    """How all that is owed is paid off. Rules are the action's."""

    each = serializers.CharField(max_length=40, help_text='baht a month: "300"')
    first_on = serializers.DateField()
    note = serializers.CharField(max_length=300, default="", allow_blank=True)


class MissedShape(serializers.ModelSerializer[MissedShare]):
    """A share of a month, or an instalment (`rent_month` is then ""), that was not paid in time."""

    short = serializers.SerializerMethodField(help_text="baht, when it was noticed")
    follow_up = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)

    class Meta:
        model = MissedShare
        fields = ("uid", "rent_month", "due_on", "short", "noticed_on", "follow_up")
        read_only_fields = fields

    def get_short(self, one: MissedShare) -> str:
        return str(to_baht(one.short))


class RunShape(serializers.ModelSerializer[RentRun]):
    """A month's run at one centre."""

    centre = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = RentRun
        fields = ("uid", "centre", "month", "tenancies", "postings", "started_at", "finished_at")
        read_only_fields = fields


class BalanceLineShape(serializers.Serializer[Any]):
    """An account of the trial balance, or all tenants (all landlords) together."""

    kind = serializers.CharField()
    subject = serializers.CharField()
    accounts = serializers.IntegerField()
    debits = serializers.CharField(help_text="baht")
    credits = serializers.CharField(help_text="baht")


class BalanceShape(serializers.Serializer[Any]):
    """A trial balance; `difference` is "0.00", always."""

    until = serializers.DateField(allow_null=True)
    debits = serializers.CharField(help_text="baht")
    credits = serializers.CharField(help_text="baht")
    difference = serializers.CharField(help_text="baht")
    lines = BalanceLineShape(many=True)
