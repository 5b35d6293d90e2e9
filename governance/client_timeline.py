"""What forums put on a person's timeline: only what the person agreed to have under their name."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from casework.models import Client
from casework.web.timeline import Entry
from governance.models import Attribution


def voices_of(client: Client) -> Iterator[Entry]:
    """The voices with the person's name, in their own words; gone as soon as the name is taken away."""
    named = Attribution.objects.filter(client=client, voice__is_void=False).select_related("voice__forum")
    for row in named:
        yield Entry(
            day=row.voice.said_on,
            recorded_at=row.recorded_at,
            title=_("Said at the forum “%(forum)s”") % {"forum": row.voice.forum.title},
            text=row.voice.text,
            actor_key=row.actor_key,
        )
