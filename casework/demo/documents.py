"""The demo's papers: a drawn figure for a photo, and a page of text. Nobody is in them."""

import io
from datetime import timedelta

from PIL import Image, ImageDraw

from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from casework import storing
from casework.models import Client, ClientDocument
from common import demo
from common.demo import Demo
from common.uploads import Taken, take

PEOPLE = 3
_COLOURS = (("#d9e4dd", "#5b7a6a"), ("#ecdcc8", "#8a6a45"), ("#d6dfe9", "#4c6784"))


def write(d: Demo) -> None:
    """A photo and a paper in the files of some of the social worker's people."""
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    people = Client.objects.filter(episodes__worker=worker, episodes__closed_on__isnull=True).order_by("pk")
    for client, colours in zip(people[:PEOPLE], _COLOURS, strict=False):
        _put(client, worker, d, "photo", "หน้าตรง", _taken(_figure(*colours)))
        text = f"ใบรับรองแพทย์ (สมมติ)\nผู้ป่วย: {client.code}\nความเห็นแพทย์: ควรพบแพทย์เดือนละครั้ง\n"
        _put(client, worker, d, "medical", "ใบรับรองแพทย์", _taken(text.encode()))


def _taken(content: bytes) -> Taken:
    return take(io.BytesIO(content), most_bytes=1 << 20, most_pixels=1_000_000)


def _put(client: Client, worker: User, d: Demo, kind: str, title: str, content: Taken) -> None:
    ClientDocument.objects.create(
        client=client,
        kind=kind,
        title=title,
        taken_on=d.today - timedelta(days=3),
        added_by=worker,
        media_type=content.media_type,
        extension=content.extension,
        size=len(content.content),
        width=content.width,
        height=content.height,
        stored_as=storing.put(client, content.content),
        thumbnail_as=storing.put(client, content.thumbnail) if content.thumbnail else "",
    )


def _figure(ground: str, figure: str) -> bytes:
    """Head and shoulders of nobody."""
    picture = Image.new("RGB", (800, 600), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((320, 140, 480, 320), fill=figure)
    draw.ellipse((220, 350, 580, 760), fill=figure)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


demo.add(demo.Part("casework.documents", write), order=32)
