"""Files as answers."""

from django.http import HttpResponse

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(content: bytes, name: str, mime: str, *, inline: bool = False) -> HttpResponse:
    """`content` to keep under `name`, or to look at. The name holds codes only, never a person's."""
    how = "inline" if inline else "attachment"
    return HttpResponse(
        content,
        content_type=mime,
        headers={
            "Content-Disposition": f'{how}; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
