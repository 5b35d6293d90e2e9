"""What was said in a forum, line by line in the speaker's own words."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import Client
from governance.models.forum import Fact, Forum, ForumFacts, Group, OfVisibleForums


class Voices(ForumFacts["Voice"]):
    def standing(self) -> "Voices":
        """The last row of each chain, without what was written down by mistake."""
        return super().standing().filter(is_void=False)


class Voice(Fact):
    """One thing that somebody said, verbatim and without a name.

    The key shown outside is random: a key in time order would say who spoke when. `is_void` marks a correction
    that takes the line back.
    """

    LONGEST = 5000

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="voices")
    group = models.CharField(_("who speaks"), max_length=20, choices=Group.choices, default=Group.HOMELESS)
    text = models.TextField(_("in their own words"), max_length=LONGEST)
    said_on = models.DateField()
    is_void = models.BooleanField(default=False)

    objects = Voices.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["said_on"], name="voice_by_day")]

    def __str__(self) -> str:
        return str(self.uid)


class Attributions(OfVisibleForums["Attribution"]):
    path = "voice__forum__centre"


class Attribution(models.Model):
    """A voice that its speaker agreed to put their name to.

    Withdrawing takes the row away, so that nothing is left that ties the words to the person; the trail keeps that
    an attribution to a voice of that forum was made and withdrawn, not to which.
    """

    voice = models.OneToOneField(Voice, on_delete=models.PROTECT, related_name="attribution")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField(_("agreed on"))
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = Attributions.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.voice_id}"
