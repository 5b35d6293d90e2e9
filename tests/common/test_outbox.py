"""The outbox and the list of letters."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMultiAlternatives, get_connection

from audit.models import WriteEntry
from common import clock
from common.actions.letters import resend_failed_letters, resend_letter, retry_work
from common.errors import DomainError, Forbidden
from common.models import DueWork, Letter, OutboxMail
from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.django_db
BACKEND = "common.outbox.OutboxBackend"


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make.user(role))
    return client


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def keep(subject: str = "นัดวันนี้", **fields: Any) -> OutboxMail:
    usual = {
        "subject": subject,
        "body": "30-2570-00417",
        "from_email": "ร่วมบ้าน <a@b.example>",
        "to": ["w@test.example"],
    }
    html, files = fields.pop("html", ""), fields.pop("files", [])
    mail = EmailMultiAlternatives(**usual | fields)
    if html:
        mail.attach_alternative(html, "text/html")
    for file in files:
        mail.attach(*file)
    get_connection(BACKEND).send_messages([mail])
    return OutboxMail.objects.latest("pk")


# --- kept mail ---------------------------------------------------------------------------------------------


def test_a_mail_is_kept_as_it_would_have_left() -> None:
    kept = keep(headers={"Message-ID": "<1@test>"})
    assert (kept.to, kept.subject, kept.message_id) == ("w@test.example", "นัดวันนี้", "<1@test>")
    assert b"Message-ID: <1@test>" in bytes(kept.raw)


def test_the_list_shows_the_newest_first_and_finds_words_in_subject_and_address() -> None:
    for number in range(30):
        keep(f"จดหมาย {number}", to=[f"w{number}@test.example"])
    client = signed_in("volunteer")
    names = [a.get_text() for a in soup(client.get("/house/outbox/")).select("main a.n")]
    assert names[0] == "จดหมาย 29"
    assert len(names) == 25
    assert len(soup(client.get("/house/outbox/?page=2")).select("main a.n")) == 5
    for words in ("จดหมาย 7", "w7@test"):
        found = soup(client.get("/house/outbox/", {"q": words})).select("main a.n")
        assert [a.get_text() for a in found] == ["จดหมาย 7"]


@pytest.mark.parametrize("query", ["\x00", "%", "'", "ก" * 500, "\\"])
def test_odd_words_find_nothing_and_break_nothing(query: str) -> None:
    keep("ไม่มีเครื่องหมาย")
    assert signed_in("volunteer").get("/house/outbox/", {"q": query}).status_code == 200


def test_an_empty_outbox_says_what_will_come() -> None:
    assert soup(signed_in("volunteer").get("/house/outbox/")).select_one(".empty")


def test_a_letter_shows_sender_words_and_its_page_in_a_frame_that_runs_nothing() -> None:
    kept = keep(html="<p>30-2570-00417</p><script>alert(1)</script>", body="ข้อความ\nสองบรรทัด")
    page = soup(signed_in("volunteer").get(f"/house/outbox/{kept.uid}/"))
    words = page.select_one("article.letter").get_text(" ", strip=True)
    assert "ร่วมบ้าน <a@b.example>" in words
    assert "ข้อความ\nสองบรรทัด" in words
    frame = page.select_one("iframe")
    assert "allow-scripts" not in frame["sandbox"]
    assert "allow-same-origin" not in frame["sandbox"]
    assert "30-2570-00417" in frame["srcdoc"]
    assert not any("alert(1)" in script.get_text() for script in page.select("script"))


def test_hostile_words_stay_words() -> None:
    kept = keep("<img src=x onerror=alert(1)>", body="</div><script>alert(1)</script>")
    client = signed_in("volunteer")
    for page in (client.get("/house/outbox/"), client.get(f"/house/outbox/{kept.uid}/")):
        main = soup(page).select_one("main")
        assert not main.select("img")
        assert not main.select("script")


def test_attachments_come_down_as_files_and_are_never_shown_as_pages() -> None:
    kept = keep(
        files=[("รายงาน.pdf", b"%PDF-1.7", "application/pdf"), ("x.html", "<script>1</script>", "text/html")]
    )
    client = signed_in("volunteer")
    links = [
        a["href"]
        for a in soup(client.get(f"/house/outbox/{kept.uid}/")).select("article a[href*=attachments]")
    ]
    answers = [client.get(link) for link in links]
    assert answers[0].content == b"%PDF-1.7"
    assert answers[1].content == b"<script>1</script>"
    for answer in answers:
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == "application/octet-stream"
    assert "%E0%B8%A3" in answers[0]["Content-Disposition"], "the Thai name is kept"
    assert client.get(f"/house/outbox/{kept.uid}/attachments/3/").status_code == 404
    assert client.get(f"/house/outbox/{kept.uid}/attachments/0/").status_code == 404


def test_a_broken_mail_can_still_be_opened() -> None:
    kept = OutboxMail.objects.create(to="w@test.example", subject="x", raw=b"\xff\xfe not a mail")
    assert signed_in("volunteer").get(f"/house/outbox/{kept.uid}/").status_code == 200


def test_outside_the_demo_the_outbox_is_the_administrators(settings: Any) -> None:
    settings.MODE = "single"
    kept = keep()
    for address in ("/house/outbox/", f"/house/outbox/{kept.uid}/"):
        assert signed_in("supervisor").get(address).status_code == 403
        assert signed_in("administrator").get(address).status_code == 200


def test_where_mail_really_leaves_there_is_no_outbox(settings: Any) -> None:
    kept = keep(files=[("x.txt", b"x", "text/plain")])
    settings.EMAIL_URL = "smtp://mail.example"
    for address in ("", f"{kept.uid}/", f"{kept.uid}/attachments/1/"):
        assert signed_in("administrator").get(f"/house/outbox/{address}").status_code == 404
    assert "/house/outbox/" not in signed_in("administrator").get("/house/holidays/").content.decode()


# --- letters and jobs ------------------------------------------------------------------------------------------


def letter(name: str = "a", **fields: Any) -> Letter:
    usual = {
        "recipient_key": f"user:{name}", "to": f"{name}@test.example", "kind": "reminder", "period": "p",
        "subject": f"นัด {name}", "text": "t", "message_id": f"<{name}@test>", "due_at": clock.now(),
    }  # fmt: skip
    return Letter.objects.create(**usual | fields)


def work(**fields: Any) -> DueWork:
    usual = {
        "kind": "test.work",
        "subject": "s",
        "period": "p",
        "due_at": clock.now(),
        "state": "failed",
        "attempts": 8,
    }
    return DueWork.objects.create(**usual | fields)


def test_administrators_see_every_letter_with_its_state_and_what_went_wrong() -> None:
    letter("a", state="failed", error="SMTPDataError 554")
    letter("b", state="sent", sent_at=clock.now())
    client = signed_in("administrator")
    words = soup(client.get("/house/letters/")).select_one("main").get_text(" ", strip=True)
    assert "SMTPDataError 554" in words
    assert "b@test.example" in words
    only_failed = soup(client.get("/house/letters/?state=failed")).select("tbody tr")
    assert len(only_failed) == 1
    assert len(soup(client.get("/house/letters/?q=b@test")).select("tbody tr")) == 1


def test_what_was_given_up_is_counted_in_the_menu() -> None:
    letter("a", state="failed")
    work()
    item = soup(signed_in("administrator").get("/house/holidays/")).select_one(
        "nav a[href='/house/letters/']"
    )
    assert item.select_one(".count").get_text() == "2"


def test_an_administrator_sends_a_failed_letter_again() -> None:
    failed = letter("a", state="failed", attempts=12, error="SMTPDataError 554")
    client = signed_in("administrator")
    asked = client.get(f"/house/letters/{failed.uid}/resend/")
    assert "a@test.example" in asked.content.decode()
    client.submit(asked)
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.error) == ("waiting", 0, "")
    assert WriteEntry.objects.get(verb="letter.resent").object_key == str(failed.uid)
    assert client.submit(asked).status_code == 302, "a second press does no harm"


def test_a_letter_that_did_not_fail_is_not_sent_again() -> None:
    actor = make.actor("administrator")
    for fields, code in (({"state": "sent"}, "not_failed"), ({"state": "failed", "to": ""}, "no_address")):
        row = letter(code, **fields)
        with pytest.raises(DomainError) as refused:
            resend_letter(actor=actor, letter_id=row.pk)
        assert refused.value.code == code


def test_all_failed_letters_go_again_at_once() -> None:
    for name in "abc":
        letter(name, state="failed")
    letter("d", state="failed", to="")
    letter("e", state="sent")
    client = signed_in("administrator")
    client.submit(client.get("/house/letters/resend/"))
    assert dict(Letter.objects.values_list("recipient_key", "state")) == {
        "user:a": "waiting", "user:b": "waiting", "user:c": "waiting", "user:d": "failed", "user:e": "sent",
    }  # fmt: skip


def test_work_that_was_given_up_is_taken_up_again() -> None:
    given_up = work()
    client = signed_in("administrator")
    assert "test.work" in client.get("/house/letters/").content.decode()
    client.submit(client.get(f"/house/jobs/{given_up.pk}/retry/"))
    given_up.refresh_from_db()
    assert (given_up.state, given_up.attempts) == ("waiting", 0)
    with pytest.raises(DomainError):
        retry_work(actor=make.actor("administrator"), work_id=given_up.pk)


@pytest.mark.parametrize("role", ["centre_head", "auditor", "department_analyst"])
def test_nobody_else_looks_after_letters_and_jobs(role: str) -> None:
    failed, given_up = letter(state="failed"), work()
    client = signed_in(role)
    for address in (
        "letters/",
        f"letters/{failed.uid}/resend/",
        "letters/resend/",
        f"jobs/{given_up.pk}/retry/",
    ):
        assert client.get(f"/house/{address}").status_code == 403
    actor = make.actor(role)
    with pytest.raises(Forbidden):
        resend_failed_letters(actor=actor)
    with pytest.raises(Forbidden):
        retry_work(actor=actor, work_id=given_up.pk)
