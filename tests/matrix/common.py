"""The house's own pages. What they are about belongs to no centre, so the foreign twin answers the same."""

from functools import cached_property

from common import clock
from common.models import DueWork, Holiday, Letter, OutboxMail
from tests.support.matrix import Place, Row, allow, everyone

MAIL = (
    b"Subject: x\r\nTo: a@test.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\n"
    + (b"Content-Disposition: attachment; filename=x.txt\r\n\r\nx\r\n--b--\r\n")
)


class House(Place):
    """A place in a house with a kept mail, a failed letter, work that was given up and a holiday."""

    @cached_property
    def mail(self) -> OutboxMail:
        return OutboxMail.objects.create(to="a@test.example", subject="x", raw=MAIL)

    @cached_property
    def letter(self) -> Letter:
        return Letter.objects.create(
            recipient_key=f"user:{self.code}", to="a@test.example", kind="k", period="p", subject="s", text="t",
            message_id=f"<{self.code}@test>", due_at=clock.now(), state="failed",
        )  # fmt: skip

    @cached_property
    def work(self) -> DueWork:
        return DueWork.objects.create(
            kind="k", subject=self.code, period="p", due_at=clock.now(), state="failed"
        )

    @cached_property
    def holiday(self) -> Holiday:
        return Holiday.objects.earliest("pk")


KEEPER = {
    "own": allow("administrator"),
    "foreign": allow("administrator"),
    "others_foreign": 403,
    "place": House,
}
KEEPER_SAVES = KEEPER | {
    "own": allow("administrator", status=302),
    "foreign": allow("administrator", status=302),
    "method": "post",
}
EVERYBODY = {"own": everyone(), "foreign": everyone(), "place": House}

MATRIX = {
    "common:outbox": Row(own=everyone()),
    "common:outbox_mail": Row(**EVERYBODY, args=lambda place: {"uid": place.mail.uid}),
    "common:outbox_attachment": Row(**EVERYBODY, args=lambda place: {"uid": place.mail.uid, "number": 1}),
    "common:letters": Row(own=allow("administrator")),
    "common:letters_resend": (
        Row(own=allow("administrator")),
        Row(own=allow("administrator", status=302), method="post"),
    ),
    "common:letter_resend": (
        Row(**KEEPER, args=lambda place: {"uid": place.letter.uid}),
        Row(**KEEPER_SAVES, args=lambda place: {"uid": place.letter.uid}),
    ),
    "common:work_retry": (
        Row(**KEEPER, args=lambda place: {"pk": place.work.pk}),
        Row(**KEEPER_SAVES, args=lambda place: {"pk": place.work.pk}),
    ),
    "common:holidays": (
        Row(own=everyone()),
        Row(
            own=allow("administrator", status=302),
            method="post",
            data={"day": "4/3/2642", "name_th": "วันพิเศษ"},
        ),
    ),
    "common:holiday": (
        Row(**KEEPER, args=lambda place: {"pk": place.holiday.pk}),
        Row(**KEEPER_SAVES, args=lambda place: {"pk": place.holiday.pk}, data={"name_th": "วันพิเศษ"}),
    ),
    "common:holiday_remove": (
        Row(**KEEPER, args=lambda place: {"pk": place.holiday.pk}),
        Row(**KEEPER_SAVES, args=lambda place: {"pk": place.holiday.pk}),
    ),
}
