"""Shapes of forums and demands. Voices have no names here, whoever asks."""

from typing import Any

from rest_framework import serializers

from governance.models import Answer, Demand, DemandEvent, Evidence, Forum, Group, Level, Telling, Voice


class VoiceShape(serializers.ModelSerializer[Voice]):
    class Meta:
        model = Voice
        fields = ("uid", "group", "text", "said_on")
        read_only_fields = fields


class ForumShape(serializers.ModelSerializer[Forum]):
    """A forum in a list."""

    centre = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = Forum
        fields: tuple[str, ...] = (
            *("uid", "centre", "title", "day", "place", "topic", "planned_level", "state"),
        )
        read_only_fields = fields


class ForumWholeShape(ForumShape):
    """One forum with everything recorded of it."""

    achieved_level = serializers.SerializerMethodField()
    achieved_reason = serializers.SerializerMethodField()
    attendance = serializers.SerializerMethodField()
    evidence = serializers.SerializerMethodField()
    voices = serializers.SerializerMethodField()

    class Meta(ForumShape.Meta):
        fields = (
            *ForumShape.Meta.fields,
            *("achieved_level", "achieved_reason", "attendance", "evidence", "voices"),
        )
        read_only_fields = fields

    def get_achieved_level(self, forum: Forum) -> str | None:
        holding = forum.holdings.filter(corrected_by__isnull=True).first()
        return holding.level if holding else None

    def get_achieved_reason(self, forum: Forum) -> str:
        holding = forum.holdings.filter(corrected_by__isnull=True).first()
        return holding.reason if holding else ""

    def get_attendance(self, forum: Forum) -> dict[str, int]:
        rows = forum.attendances.filter(corrected_by__isnull=True)
        return dict(rows.values_list("group", "count"))

    def get_evidence(self, forum: Forum) -> dict[str, str]:
        texts = dict(forum.evidence.filter(corrected_by__isnull=True).values_list("part", "text"))
        return {part: texts.get(part, "") for part in Evidence.Part.values}

    def get_voices(self, forum: Forum) -> list[dict[str, Any]]:
        rows = forum.voices.filter(corrected_by__isnull=True, is_void=False).order_by("pk")
        return list(VoiceShape(rows, many=True).data)


class NewForumShape(serializers.Serializer[Any]):
    """A forum to plan. Rules are the action's."""

    centre = serializers.CharField(max_length=8, help_text="code of the centre")
    title = serializers.CharField(max_length=200)
    day = serializers.DateField()
    place = serializers.CharField(max_length=200)
    topic = serializers.CharField(max_length=1000)
    planned_level = serializers.ChoiceField(choices=Level.choices)


class NewVoiceShape(serializers.Serializer[Any]):
    """What was said, verbatim."""

    group = serializers.ChoiceField(choices=Group.choices, default=Group.HOMELESS)
    text = serializers.CharField(trim_whitespace=False)


class AnswerShape(serializers.ModelSerializer[Answer]):
    class Meta:
        model = Answer
        fields = ("outcome", "text", "answered_on", "recorded_at")
        read_only_fields = fields


class TellingShape(serializers.ModelSerializer[Telling]):
    class Meta:
        model = Telling
        fields = ("told_on", "how", "people", "note", "recorded_at")
        read_only_fields = fields


class StepShape(serializers.ModelSerializer[DemandEvent]):
    class Meta:
        model = DemandEvent
        fields = ("kind", "occurred_on", "note", "recorded_at")
        read_only_fields = fields


class DemandShape(serializers.ModelSerializer[Demand]):
    """A demand with the answers that stand, what people were told, and every step."""

    forum = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    voices = serializers.SlugRelatedField[Any](slug_field="uid", many=True, read_only=True)
    answers = serializers.SerializerMethodField()
    tellings = serializers.SerializerMethodField()
    events = StepShape(many=True, read_only=True)

    class Meta:
        model = Demand
        fields = (
            *("uid", "forum", "text", "owner", "made_on", "due_on", "state"),
            *("voices", "answers", "tellings", "events"),
        )
        read_only_fields = fields

    def get_answers(self, demand: Demand) -> list[dict[str, Any]]:
        rows = demand.answers.filter(corrected_by__isnull=True)
        return list(AnswerShape(rows, many=True).data)

    def get_tellings(self, demand: Demand) -> list[dict[str, Any]]:
        return list(TellingShape(demand.tellings.filter(corrected_by__isnull=True), many=True).data)


class NewDemandShape(serializers.Serializer[Any]):
    """A demand to draw from voices of a forum."""

    forum = serializers.UUIDField()
    text = serializers.CharField(max_length=2000)
    owner = serializers.CharField(max_length=200)
    made_on = serializers.DateField()
    due_on = serializers.DateField()
    voices = serializers.ListField(child=serializers.UUIDField())


class NewAnswerShape(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=Answer.Outcome.choices)
    text = serializers.CharField(max_length=2000)
    answered_on = serializers.DateField()


class NewTellingShape(serializers.Serializer[Any]):
    told_on = serializers.DateField()
    how = serializers.ChoiceField(choices=Telling.How.choices)
    people = serializers.IntegerField()
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
