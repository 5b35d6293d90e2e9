"""Lists of cases somebody comes back to, kept for themselves or for the team."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre, User
from accounts.roles import CASEWORKERS
from common.actor import Actor
from common.ids import time_ordered_uuid


class SavedListQuerySet(models.QuerySet["SavedList"]):
    def visible_to(self, actor: Actor) -> "SavedListQuerySet":
        """One's own, and those shared with a team one works in."""
        if actor.is_system:
            return self
        return self.filter(Q(owner_id=actor.user_id) | Q(centre_id__in=actor.centres_as(*CASEWORKERS)))


class SavedList(models.Model):
    """A choice of filters under a name. Whoever opens it sees the cases they may see, not those of its owner.

    Attributes:
        centre: whose team has it too; None for the owner alone.
        query: filters as casework.rules.caseload.tidy gives them.
    """

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_lists")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedListQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_list_name_once")]

    def __str__(self) -> str:
        return self.name
