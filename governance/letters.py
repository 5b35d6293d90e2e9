"""What a letter with the month's report says. It holds figures with small cells hidden, and never a row."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.letters import Draft, name_kind
from common.thai.periods import Month
from governance.files import MIME, file_name, files_of
from governance.models import MonthlyReport, ReportFile, Subscription
from governance.reading import frozen_view, month_label, says_nothing, whole
from governance.recipients import Recipient
from governance.rendering import FigureView, RestatementView, by_section, change, detail, hidden, reading

name_kind(Subscription.MONTHLY_REPORT, gettext_lazy("Monthly report"))


@dataclass(frozen=True)
class Content:
    """One letter, the same for everybody with the same areas, language and depth."""

    subject: str
    text: str
    html: str
    attachments: list[tuple[str, str, str]]


class Composer:
    """Writes the letters of one month; what several people get is composed once."""

    def __init__(self, month: Month, reports: Iterable[MonthlyReport]) -> None:
        self.month = month
        self.reports: Mapping[str, MonthlyReport] = {report.area_code: report for report in reports}
        self._section = functools.cache(self._make_section)
        self._content = functools.cache(self._make_content)

    def draft(self, to: Recipient) -> Draft:
        """The letter to one person."""
        content = self._content(to.areas, to.user.language, to.in_full)
        return Draft(
            recipient_key=to.user.key,
            to=to.user.email,
            kind=Subscription.MONTHLY_REPORT,
            period=str(self.month),
            subject=content.subject,
            text=content.text,
            html=content.html,
            language=to.user.language,
            attachments=content.attachments,
        )

    def _make_content(self, areas: tuple[str, ...], language: str, in_full: bool) -> Content:  # noqa: FBT001 (a key)
        with translation.override(language):
            sections = [self._section(area, language) for area in areas]
            context = {
                "month": month_label(self.month),
                "sections": sections,
                "in_full": in_full,
                "public_url": settings.PUBLIC_URL,
            }
            return Content(
                subject=self._subject(sections),
                text=render_to_string("email/report.txt", context),
                html=render_to_string("email/report.html", context),
                attachments=self._attachments(areas, language) if in_full else [],
            )

    def _subject(self, sections: Sequence[Mapping[str, Any]]) -> str:
        parts = {"month": month_label(self.month), "area": sections[0]["area"], "more": len(sections) - 1}
        if len(sections) > 1:
            return _("Monthly report %(month)s: %(area)s and %(more)s more") % parts
        return _("Monthly report %(month)s: %(area)s") % parts

    def _make_section(self, area: str, language: str) -> dict[str, Any]:
        report = self.reports[area]
        exact = frozen_view(report)
        view = hidden(exact)
        return {
            "area": view.area_name,
            "url": settings.PUBLIC_URL
            + reverse("governance:report", kwargs={"month": report.month, "area": report.area_code}),
            "frozen": view.frozen_at_text,
            "nothing": says_nothing(exact),
            "head": [_("Figure"), _("This month"), _("Change")],
            "groups": [
                {
                    "title": section,
                    "figures": [_figure(figure) for figure in figures],
                    "rows": [_cells(figure) for figure in figures],
                }
                for section, figures in by_section(view.figures)
            ],
            "restatements": [_restatement(one) for one in view.restatements],
            "footnotes": view.footnotes,
        }

    def _attachments(self, areas: Sequence[str], language: str) -> list[tuple[str, str, str]]:
        return [
            (file_name(self.reports[area], file.kind), file.stored_as, MIME[ReportFile.Kind(file.kind)])
            for area in areas
            for file in files_of(self.reports[area], language)
        ]


def _figure(figure: FigureView) -> dict[str, str]:
    return {
        "title": figure.title,
        "reading": reading(figure.now),
        "detail": detail(figure),
        "change": change(figure).text,
    }


def _cells(figure: FigureView) -> list[str]:
    said = _figure(figure)
    return [said["title"], " · ".join(filter(None, (said["reading"], said["detail"]))), said["change"]]


def _restatement(one: RestatementView) -> dict[str, Any]:
    return {
        "title": one.figure_title,
        "frozen": f"{one.frozen.label}: {whole(one.frozen)}",
        "now": f"{one.now.label}: {whole(one.now)}",
        "reasons": ", ".join(one.reasons),
    }
