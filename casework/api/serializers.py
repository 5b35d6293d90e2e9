"""Shapes of casework's API. Dates are ISO and Gregorian; an age known by year only says so in `born_precision`."""

from typing import Any

from rest_framework import serializers

from casework import permissions
from casework.models import Client, Episode, FollowUp, FollowUpResult
from common.actor import Actor
from common.thai import idnumber, phone


class ClientShape(serializers.ModelSerializer[Client]):
    """A client in a list."""

    centre = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    name = serializers.CharField(source="display_name", read_only=True)
    home_province = serializers.CharField(source="home_province_id", allow_null=True, read_only=True)
    kept = serializers.SlugRelatedField[Any](
        slug_field="uid",
        read_only=True,
        allow_null=True,
        help_text="the record of the same person beside which this one was set aside; null for the one that is shown",
    )

    class Meta:
        model = Client
        fields: tuple[str, ...] = (
            "uid", "code", "centre", "name", "title", "first_name", "last_name", "nickname", "alias", "descriptor",
            "sex", "born_on", "born_precision", "id_status", "home_province", "found_place", "cause", "restricted",
            "kept",
        )  # fmt: skip
        read_only_fields = fields


class ClientFileShape(ClientShape):
    """One client's file. ID number and phone are masked for roles that may not see them whole."""

    pin = serializers.SerializerMethodField()
    phone = serializers.SerializerMethodField()

    class Meta(ClientShape.Meta):
        fields = (
            *ClientShape.Meta.fields,
            "pin",
            "pin_verified",
            "phone",
            "phone_shared",
            "sleeping_place",
            "version",
        )
        read_only_fields = fields

    @property
    def _actor(self) -> Actor:
        actor: Actor = self.context["request"].actor
        return actor

    def get_pin(self, client: Client) -> str:
        if not client.pin or permissions.can_see_pin(self._actor, client):
            return client.pin
        return idnumber.mask(client.pin)

    def get_phone(self, client: Client) -> str:
        if not client.phone or permissions.can_see_phone(self._actor, client):
            return client.phone
        return phone.mask(client.phone)


class CardShape(serializers.Serializer[Any]):
    """What every social worker in the country may know of somebody: enough to call the right centre."""

    name = serializers.CharField()
    nickname = serializers.CharField()
    birth_year = serializers.IntegerField(allow_null=True, help_text="Gregorian")
    province = serializers.CharField(allow_blank=True)
    centre = serializers.CharField(help_text="the centre to call")
    centre_phone = serializers.CharField(allow_blank=True)
    can_open = serializers.BooleanField()
    uid = serializers.UUIDField(allow_null=True, help_text="only where the file may be opened")


class EpisodeShape(serializers.ModelSerializer[Episode]):
    client = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    centre = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    worker = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True, allow_null=True)

    class Meta:
        model = Episode
        fields = ("uid", "client", "centre", "worker", "number", "state", "opened_on", "closed_on", "outcome")
        read_only_fields = fields


class ResultShape(serializers.ModelSerializer[FollowUpResult]):
    class Meta:
        model = FollowUpResult
        fields = ("uid", "result", "occurred_on", "recorded_at")
        read_only_fields = fields


class FollowUpShape(serializers.ModelSerializer[FollowUp]):
    client = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    episode = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    worker = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True, allow_null=True)
    results = ResultShape(many=True, read_only=True)

    class Meta:
        model = FollowUp
        fields = (
            "uid", "client", "episode", "worker", "kind", "purpose", "place", "due_on", "due_time", "state", "results",
        )  # fmt: skip
        read_only_fields = fields


class NewFollowUpShape(serializers.Serializer[Any]):
    """An appointment to make. Rules (day, open episode) are the action's."""

    client = serializers.UUIDField()
    due_on = serializers.DateField()
    due_time = serializers.TimeField(required=False, allow_null=True)
    kind = serializers.ChoiceField(choices=FollowUp.Kind.choices, default=FollowUp.Kind.VISIT)
    purpose = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    place = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class NewResultShape(serializers.Serializer[Any]):
    """What came of a follow-up."""

    result = serializers.ChoiceField(choices=FollowUpResult.Result.choices)
    occurred_on = serializers.DateField()
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    next_due_on = serializers.DateField(
        required=False,
        help_text="the next appointment; wanted after hospital and prison when none is planned",
    )
