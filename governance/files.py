"""A report as PDF and spreadsheet."""

from django.utils import translation

from common.actor import SystemActor
from governance.actions.files import keep_files
from governance.models import MonthlyReport, ReportFile
from governance.reading import frozen_view
from governance.rendering import ReportView, render_pdf, render_xlsx

MIME = {
    ReportFile.Kind.PDF: "application/pdf",
    ReportFile.Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_name(report: MonthlyReport, kind: str) -> str:
    """ruamban-2026-10-30.pdf"""
    return f"ruamban-{report.month}-{report.area_code}.{kind}"


def rendered(view: ReportView, kind: str) -> bytes:
    """The file in the active language. Files travel, so small cells are hidden in both kinds."""
    return render_pdf(view, hide=True) if kind == ReportFile.Kind.PDF else render_xlsx(view)


def files_of(report: MonthlyReport, language: str) -> list[ReportFile]:
    """The stored files of a report in one language, rendered when they are asked for the first time."""
    found = list(ReportFile.objects.filter(report=report, language=language))
    if len(found) == len(ReportFile.Kind):
        return found
    with translation.override(language):
        view = frozen_view(report)
        contents = {kind.value: rendered(view, kind) for kind in ReportFile.Kind}
    return keep_files(
        actor=SystemActor("governance.files"), report_id=report.pk, language=language, contents=contents
    )
