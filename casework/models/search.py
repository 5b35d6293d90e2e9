"""What a search reads: one narrow row for each client."""

from django.db import models

from casework.models.client import Client


class ClientSearch(models.Model):
    """Normalised text of one client, kept beside the record so that a search reads one narrow table.

    `*_n` are names as common.thai.names.search_text has them, without spaces (prefix search), `*_k` their
    skeletons, `full_k` that of first name and surname together (a damaged spelling finds the right one), `text`
    everything that can be typed, for substring search. casework.searchable fills it.
    """

    client = models.OneToOneField(Client, on_delete=models.CASCADE, primary_key=True, related_name="search")
    centre_id = models.BigIntegerField()
    restricted = models.BooleanField(default=False)
    first_n = models.CharField(max_length=120, default="")
    last_n = models.CharField(max_length=120, default="")
    nick_n = models.CharField(max_length=80, default="")
    alias_n = models.CharField(max_length=80, default="")
    first_k = models.CharField(max_length=120, default="")
    last_k = models.CharField(max_length=120, default="")
    nick_k = models.CharField(max_length=80, default="")
    alias_k = models.CharField(max_length=80, default="")
    full_k = models.CharField(max_length=240, default="")
    text = models.TextField(default="")

    def __str__(self) -> str:
        return str(self.pk)
