"""Monthly reports: figures frozen with the keys of the rows behind them, what was sent of them, and to whom not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Province, User
from accounts.roles import Role
from common.actor import Actor
from governance.rules import Tally

READERS = (
    Role.SOCIAL_WORKER,
    Role.SUPERVISOR,
    Role.CENTRE_HEAD,
    Role.NURSE,
    Role.FINANCE_OFFICER,
)
"""Roles of a centre that read its province's report and the country's."""

COUNTRY = "TH"
"""What stands for the country where a province's two digits would stand."""


class MonthlyReportQuerySet(models.QuerySet["MonthlyReport"]):
    def visible_to(self, actor: Actor) -> "MonthlyReportQuerySet":
        """Reports hold figures, not people: own provinces and the country for staff, all for the department.

        Partners, volunteers and carers see none at this depth.
        """
        if actor.is_system or actor.sees_country:
            return self
        if not actor.has(*READERS):
            return self.none()
        return self.filter(Q(province_id__in=actor.province_codes) | Q(province__isnull=True))

    def of_area(self, code: str) -> "MonthlyReportQuerySet":
        """Reports of one area: a province's two digits, or TH."""
        return self.filter(province__isnull=True) if code == COUNTRY else self.filter(province_id=code)


class MonthlyReport(models.Model):
    """The report of one month for one province, or for the country (province null). Frozen once, never again."""

    month = models.CharField(max_length=7)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = MonthlyReportQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "province"]
        constraints = [
            models.UniqueConstraint(fields=["month", "province"], name="report_once_per_province"),
            models.UniqueConstraint(
                fields=["month"], condition=Q(province__isnull=True), name="report_once_country"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.area_code}"

    @property
    def area_code(self) -> str:
        """The province's two digits, or TH for the country."""
        return self.province_id or COUNTRY


class Figure(models.Model):
    """One frozen figure: how many rows it counts, out of how many, by group where it has groups.

    `groups` maps a group's code to [counted, of]; `counted` and `of` are their sums. `amount` is the sum of what
    the counted rows add where the figure has a unit (satang, hundredths of an hour), `amounts` the same by group.
    `basis` holds the settings it was counted under (days, months), so that a setting changed later does not restate
    what was frozen.
    """

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="figures")
    code = models.CharField(max_length=40)
    counted = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    groups = models.JSONField(default=dict)
    amount = models.BigIntegerField(default=0)
    amounts = models.JSONField(default=dict)
    basis = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "code"], name="figure_once"),
            models.CheckConstraint(condition=Q(counted__lte=models.F("of")), name="figure_counts_of_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.code}: {self.counted}/{self.of}"

    @property
    def tally(self) -> Tally:
        """What was frozen, as rows added up."""
        return Tally(self.counted, self.of, self.groups, self.amount, self.amounts)


class FigureRow(models.Model):
    """The key of one row behind the figures of a month.

    Every fact belongs to one province; the country's report opens the rows of all provinces, so they are kept once.
    """

    month = models.CharField(max_length=7)
    code = models.CharField(max_length=40)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="+")
    key = models.BigIntegerField()
    group = models.CharField(max_length=40, default="")
    counted = models.BooleanField()
    amount = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["month", "code", "province", "key"], name="figure_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.code} {self.key}"


class Restatement(models.Model):
    """What a frozen figure would be today, where that differs, as it was counted when `Recount` says.

    Not a fact but a memory of a long count: it is written anew each night, so that no reader waits for it.
    `left`, `came` and `changed` say how many rows made the difference.
    """

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="restatements")
    code = models.CharField(max_length=40)
    counted = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    groups = models.JSONField(default=dict)
    amount = models.BigIntegerField(default=0)
    amounts = models.JSONField(default=dict)
    left = models.PositiveIntegerField()
    came = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="restatement_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.code}"

    @property
    def tally(self) -> Tally:
        """What would be counted, as rows added up."""
        return Tally(self.counted, self.of, self.groups, self.amount, self.amounts)


class Recount(models.Model):
    """When all figures of a frozen month were last counted anew."""

    month = models.CharField(max_length=7, unique=True)
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["-month"]

    def __str__(self) -> str:
        return self.month


class ReportFile(models.Model):
    """A report as it was attached to letters: rendered once per language, the same file for every recipient."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "XLSX"

    report = models.ForeignKey(MonthlyReport, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    stored_as = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "language", "kind"], name="report_file_once")
        ]

    def __str__(self) -> str:
        return self.stored_as


class HoldQuerySet(models.QuerySet["Hold"]):
    def standing(self) -> "HoldQuerySet":
        """Holds that nobody has released."""
        return self.filter(released_at__isnull=True)


class Hold(models.Model):
    """A centre head keeps the letters of a month back, with a reason; possible before the month is over.

    (The report is frozen at night and leaves in the morning: who wants it held must be able to say so earlier.)
    """

    month = models.CharField(max_length=7)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why it is held"), max_length=300)
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "province"], condition=Q(released_at__isnull=True), name="hold_once"
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="hold_released_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.province_id}"


class Subscription(models.Model):
    """Who wants a kind of letter that their role does not bring, and who does not want one that it does."""

    MONTHLY_REPORT = "monthly_report"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="subscriptions")
    kind = models.CharField(max_length=40)
    wanted = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="subscription_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
