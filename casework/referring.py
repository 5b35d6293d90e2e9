"""Letters about referrals, with code and link alone: to the recipient when one is sent, and again while it waits."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, User
from accounts.roles import LEADS
from casework.models import Referral, ReferralEvent
from common import clock, due, holidays, letters
from common.workdays import add_workdays
from network.models import PartnerMember

KIND, CHASE = "referral", "casework.referral_chase"
CHASED_AT_MOST = 3
letters.name_kind(KIND, gettext_lazy("Referral"))


def tell(referral: Referral) -> None:
    """The first letter, and the date of the first reminder."""
    letters.write(_drafts(referral, 0))
    due.plan(CHASE, [(str(referral.uid), "1", clock.at(referral.answer_due_on + timedelta(days=1), 7, 30))])


@due.handler(CHASE)
def chase(items: list[due.Item]) -> None:
    """Remind who has not answered; after three reminders the sender sees it on their day alone."""
    for item in items:
        row = Referral.objects.filter(uid=item.subject, state=Referral.State.SENT).first()
        number = int(item.period)
        if row is None or number > CHASED_AT_MOST:
            continue
        letters.write(_drafts(row, number))
        ReferralEvent.objects.create(referral=row, kind=ReferralEvent.Kind.CHASED)
        today = clock.today()
        off = holidays.between(today, today + timedelta(days=60))
        day = add_workdays(today, settings.REFERRAL_ANSWER_DAYS, off)
        due.plan(CHASE, [(item.subject, str(number + 1), clock.at(day, 7, 30))])


def _drafts(referral: Referral, number: int) -> Iterator[letters.Draft]:
    for user in _readers(referral):
        with translation.override(user.language):
            context = {
                "code": referral.client.code,
                "from_centre": referral.from_centre,
                "again": number > 0,
                "url": settings.PUBLIC_URL + reverse("casework:referral", args=[referral.uid]),
                "public_url": settings.PUBLIC_URL,
            }
            subject = _("Referral %(code)s waits for an answer") if number else _("Referral %(code)s")
            yield letters.Draft(
                recipient_key=user.key,
                to=user.email,
                kind=KIND,
                period=f"{referral.pk}/{number}",
                subject=subject % {"code": referral.client.code},
                text=render_to_string("email/referral.txt", context).strip() + "\n",
                html=render_to_string("email/referral.html", context).strip() + "\n",
                language=user.language,
            )


def _readers(referral: Referral) -> Iterator[User]:
    """Who signs in for the partner today, or who leads the receiving centre."""
    today = clock.today()
    if referral.partner_id:
        theirs = Q(
            pk__in=PartnerMember.objects.on(today).filter(partner=referral.partner_id).values("user_id")
        )
    else:
        leads = Membership.objects.on(today).filter(centre=referral.centre_id, role__in=LEADS)
        theirs = Q(pk__in=leads.values("user_id"))
    yield from User.objects.filter(theirs, is_active=True).order_by("pk")
