"""The month's letters: who gets one, what it says and does not say, once, held and released."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Membership, User
from casework.models import Client, Notice
from common import clock, due
from common.actor import SystemActor
from common.errors import DomainError, Forbidden
from common.letters import message
from common.models import DueWork, Letter
from common.thai.periods import Month
from governance.actions.reports import SEND_KIND, freeze_month, hold_report, release_report, send_report
from governance.actions.subscriptions import choose_letter
from governance.models import MonthlyReport, ReportFile, Subscription
from governance.recipients import of_area
from governance.sending import send_letters
from tests.support import factories as make

pytestmark = pytest.mark.django_db

OCTOBER = Month(2026, 10)
SYSTEM = SystemActor("test")


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Any) -> None:
    storage = settings.STORAGES["default"]
    settings.STORAGES = settings.STORAGES | {
        "default": storage | {"OPTIONS": storage["OPTIONS"] | {"location": str(tmp_path)}}
    }


def notices(
    count: int, at: str = "30", channel: str = Notice.Channel.HOTLINE, on: date = date(2026, 10, 5)
) -> None:
    for _ in range(count):
        episode = make.episode(make.client(at), opened_on=date(2026, 8, 1))
        make.notice(episode, noticed_on=on, channel=channel)


def freeze() -> None:
    freeze_month(actor=SYSTEM, month=OCTOBER)


def send(area: str = "") -> int:
    return send_letters(actor=SYSTEM, month=OCTOBER, area=area)


def letter_to(user: User) -> Letter:
    return Letter.objects.get(recipient_key=user.key)


def names(area: str) -> set[str]:
    return {to.user.email for to in of_area(area, clock.today())}


# --- who


def test_by_role_leads_and_social_workers_of_a_province_and_analysts_of_the_country() -> None:
    head, lead, worker = (make.user(role) for role in ("centre_head", "supervisor", "social_worker"))
    analyst = make.user("department_analyst")
    for role in ("nurse", "carer", "finance_officer", "partner", "volunteer", "auditor", "administrator"):
        make.user(role)
    make.user("supervisor", make.FOREIGN)
    assert names("30") == {head.email, lead.email, worker.email}
    assert names("TH") == {analyst.email}
    assert {to.user.email: to.in_full for to in of_area("30", clock.today())} == {
        head.email: True,
        lead.email: True,
        worker.email: False,
    }


def test_wishes_are_respected() -> None:
    worker, nurse, auditor, carer = (
        make.user(role) for role in ("social_worker", "nurse", "auditor", "carer")
    )
    for user, wanted in ((worker, False), (nurse, True), (auditor, True), (carer, True)):
        Subscription.objects.create(user=user, kind=Subscription.MONTHLY_REPORT, wanted=wanted)
    assert names("30") == {nurse.email}
    assert names("TH") == {auditor.email}


def test_a_role_that_ended_and_a_closed_account_get_nothing() -> None:
    gone, closed = make.user("supervisor"), make.user("supervisor")
    Membership.objects.filter(user=gone).update(ends_on=clock.today() - timedelta(days=1))
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert names("30") == set()


@pytest.mark.parametrize("role", ["carer", "partner", "volunteer"])
def test_who_reads_no_reports_cannot_subscribe(role: str) -> None:
    with pytest.raises(Forbidden):
        choose_letter(actor=make.actor(role), kind=Subscription.MONTHLY_REPORT, wanted=True)


def test_a_choice_can_be_changed() -> None:
    actor = make.actor("nurse")
    for wanted in (True, False):
        choose_letter(actor=actor, kind=Subscription.MONTHLY_REPORT, wanted=wanted)
    assert Subscription.objects.get().wanted is False


# --- once


def test_everybody_gets_one_letter_however_often_it_is_sent() -> None:
    head, analyst = make.user("centre_head"), make.user("department_analyst")
    freeze()
    assert send() == 2
    assert send() == 0
    keys = set(Letter.objects.values_list("recipient_key", "kind", "period"))
    assert keys == {(user.key, "monthly_report", "2026-10") for user in (head, analyst)}
    assert not MonthlyReport.objects.filter(sent_at__isnull=True).exists()


def test_a_crash_midway_is_taken_up_where_it_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    for at in ("10", "30", "50"):
        make.user("supervisor", at)
    freeze()
    seen: list[int] = []

    def crash() -> None:
        seen.append(1)
        if len(seen) == 30:
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        send_letters(actor=SYSTEM, month=OCTOBER, after_each=crash)
    before = Letter.objects.count()
    assert send() == 3 - before
    assert Letter.objects.count() == 3


def test_somebody_in_two_provinces_gets_one_letter_about_both() -> None:
    head = make.user("centre_head")
    Membership.objects.create(
        user=head, role="supervisor", centre=make.centre("50"), starts_on=date(2026, 1, 1)
    )
    freeze()
    assert send() == 1
    letter = letter_to(head)
    assert "นครราชสีมา" in letter.text
    assert "เชียงใหม่" in letter.text
    assert len(letter.attachments) == 4


# --- what it says


def test_a_full_letter_brings_figures_changes_links_and_files(settings: Any) -> None:
    notices(7, on=date(2026, 9, 5))
    notices(9)
    freeze_month(actor=SYSTEM, month=Month(2026, 9))
    freeze()
    head = make.user("centre_head", language="en")
    send()
    letter = letter_to(head)
    assert "October 2569" in letter.subject
    assert "Notices by channel: 9" in letter.text
    assert "up 2 from September 2569" in letter.text
    assert f"{settings.PUBLIC_URL}/reports/2026-10/30/" in letter.text
    assert f"{settings.PUBLIC_URL}/reports/2026-10/30/" in letter.html
    parts = {part.get_filename(): part.get_payload(decode=True) for part in message(letter).message().walk()}
    assert parts["ruamban-2026-10-30.pdf"].startswith(b"%PDF")
    assert parts["ruamban-2026-10-30.xlsx"].startswith(b"PK")


def test_a_social_worker_gets_the_figures_without_files() -> None:
    notices(9)
    freeze()
    worker = make.user("social_worker")
    send()
    assert letter_to(worker).attachments == []
    assert "/reports/2026-10/30/" in letter_to(worker).text


def test_all_recipients_get_the_same_file_rendered_once() -> None:
    heads = [make.user(role) for role in ("centre_head", "supervisor", "supervisor")]
    freeze()
    send()
    assert len({str(letter_to(user).attachments) for user in heads}) == 1
    assert sorted(ReportFile.objects.values_list("language", "kind")) == [("th", "pdf"), ("th", "xlsx")]


def test_small_cells_never_leave() -> None:
    notices(12)
    notices(3, channel=Notice.Channel.NEWS)
    freeze()
    head, worker = make.user("centre_head", language="en"), make.user("social_worker", language="en")
    send()
    for letter in (letter_to(head), letter_to(worker)):
        assert "Notices by channel: 15" in letter.text
        assert "<5" in letter.text or "&lt;5" in letter.html
    report = MonthlyReport.objects.get(month="2026-10", province="30")
    notices_few = [line for line in letter_to(head).text.splitlines() if "news" in line and " 3" in line]
    assert report.figures.get(code="notices_by_channel").groups["news"] == [3, 3]
    assert notices_few == []


def test_a_letter_names_nobody_who_is_served() -> None:
    notices(6)
    freeze()
    head = make.user("centre_head")
    send()
    letter = letter_to(head)
    for client in Client.objects.all():
        for text in (letter.subject, letter.text, letter.html):
            assert client.last_name not in text
            assert client.code not in text


def test_a_month_without_data_says_so_and_claims_no_zero_percent() -> None:
    head, english = make.user("centre_head"), make.user("supervisor", language="en")
    freeze()
    send()
    assert "No data in this month" in letter_to(english).text
    for letter in (letter_to(head), letter_to(english)):
        assert "0 %" not in letter.text.replace("\u00a0", " ")


def test_each_is_written_in_the_language_of_its_reader() -> None:
    thai, english = make.user("centre_head"), make.user("centre_head", language="en")
    freeze()
    send()
    assert "ตุลาคม 2569" in letter_to(thai).subject
    assert "October 2569" in letter_to(english).subject
    assert letter_to(thai).language == "th"


# --- held


def test_a_held_province_gets_no_letters_and_the_others_do() -> None:
    make.user("supervisor")
    other = make.user("supervisor", make.FOREIGN)
    freeze()
    hold_report(actor=make.actor("centre_head"), month=OCTOBER, province="30", reason="ตรวจซ้ำ")
    send()
    assert [letter.recipient_key for letter in Letter.objects.all()] == [other.key]
    assert MonthlyReport.objects.get(month="2026-10", province="30").sent_at is None


def test_who_works_in_two_provinces_waits_while_one_is_held() -> None:
    lead = make.user("supervisor", make.FOREIGN)
    Membership.objects.create(
        user=lead, role="supervisor", centre=make.centre("30"), starts_on=date(2026, 1, 1)
    )
    freeze()
    head = make.actor("centre_head")
    hold_report(actor=head, month=OCTOBER, province="30", reason="ตรวจซ้ำ")
    send()
    assert not Letter.objects.filter(recipient_key=lead.key).exists()
    release_report(actor=head, month=OCTOBER, province="30")
    due.work(SEND_KIND)
    assert "เชียงใหม่" in letter_to(lead).text


def test_released_after_their_day_they_go_at_once() -> None:
    freeze()
    head = make.user("centre_head")
    actor = make.actor("centre_head")
    hold_report(actor=actor, month=OCTOBER, province="30", reason="ตรวจซ้ำ")
    send()
    assert not Letter.objects.exists()
    release_report(actor=actor, month=OCTOBER, province="30")
    assert due.work(SEND_KIND) == 1
    assert Letter.objects.filter(recipient_key=head.key).exists()


def test_released_before_their_day_they_go_with_all_others(time_machine: Any) -> None:
    time_machine.move_to("2026-10-20 03:00:00+00:00", tick=False)
    head = make.actor("centre_head")
    hold_report(actor=head, month=OCTOBER, province="30", reason="ตรวจซ้ำ")
    release_report(actor=head, month=OCTOBER, province="30")
    assert not DueWork.objects.filter(kind=SEND_KIND).exists()


def test_held_and_released_again_and_again_they_still_go_once() -> None:
    freeze()
    head = make.user("centre_head")
    actor = make.actor("centre_head")
    for _ in range(2):
        hold_report(actor=actor, month=OCTOBER, province="30", reason="ตรวจซ้ำ")
        due.work(SEND_KIND)
        release_report(actor=actor, month=OCTOBER, province="30")
    due.work(SEND_KIND)
    assert Letter.objects.filter(recipient_key=head.key).count() == 1


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("twice", "already_held"),
        ("sent", "already_sent"),
        ("no reason", "reason_missing"),
        ("future", "month_not_begun"),
    ],
)
def test_what_cannot_be_held_is_refused(case: str, code: str) -> None:
    freeze()
    head = make.actor("centre_head")
    if case == "twice":
        hold_report(actor=head, month=OCTOBER, province="30", reason="ตรวจซ้ำ")
    if case == "sent":
        send()
    month = Month(2026, 12) if case == "future" else OCTOBER
    with pytest.raises(DomainError) as refused:
        hold_report(actor=head, month=month, province="30", reason=" " if case == "no reason" else "ตรวจซ้ำ")
    assert refused.value.code == code


def test_what_is_not_held_cannot_be_released() -> None:
    with pytest.raises(DomainError) as refused:
        release_report(actor=make.actor("centre_head"), month=OCTOBER, province="30")
    assert refused.value.code == "not_held"


@pytest.mark.parametrize(
    "who", [("supervisor", "30"), ("centre_head", "50"), ("centre_head", "H04"), ("department_analyst", "30")]
)
def test_only_the_centre_head_of_the_province_holds(who: tuple[str, str]) -> None:
    with pytest.raises(Forbidden):
        hold_report(actor=make.actor(*who), month=OCTOBER, province="30", reason="ตรวจซ้ำ")


# --- sent by hand


def test_a_centre_head_sends_the_report_before_its_day(time_machine: Any) -> None:
    time_machine.move_to("2026-11-01 03:00:00+00:00", tick=False)
    freeze()
    head = make.user("centre_head")
    report = MonthlyReport.objects.get(month="2026-10", province="30")
    send_report(actor=make.actor("centre_head"), report_id=report.pk)
    due.work(SEND_KIND)
    assert letter_to(head)
    with pytest.raises(DomainError) as refused:
        send_report(actor=make.actor("centre_head"), report_id=report.pk)
    assert refused.value.code == "already_sent"


def test_a_held_report_is_not_sent_by_hand() -> None:
    freeze()
    head = make.actor("centre_head")
    hold_report(actor=head, month=OCTOBER, province="30", reason="ตรวจซ้ำ")
    report = MonthlyReport.objects.get(month="2026-10", province="30")
    with pytest.raises(DomainError) as refused:
        send_report(actor=head, report_id=report.pk)
    assert refused.value.code == "already_held"


# --- by the calendar


def test_the_morning_of_the_first_working_day_freezes_what_the_night_missed_and_writes() -> None:
    notices(6)
    head = make.user("centre_head")
    due.plan("governance.letters", [("all", "2026-10", clock.now())])
    assert due.work("governance.letters") == 1
    assert letter_to(head)
    assert MonthlyReport.objects.filter(month="2026-10").count() == 78


def test_what_was_corrected_before_the_letter_left_is_told_without_small_counts() -> None:
    notices(9)
    freeze()
    notices(1)
    head = make.user("centre_head", language="en")
    send()
    told = letter_to(head).text
    assert "counted again 10 Nov 2569 10:00: 10" in told
    assert "added since: <5" in told
