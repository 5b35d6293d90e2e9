"""Keeping a report as files, once per language, for everybody who gets it."""

import hashlib
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from common.actions import action
from common.actor import Actor
from common.permissions import require
from governance.models import MonthlyReport, ReportFile


@action
def keep_files(
    *, actor: Actor, report_id: int, language: str, contents: Mapping[str, bytes]
) -> list[ReportFile]:
    """Store `contents` (kind → bytes) in the private store and return what stands for the report and language.

    A file that stands already stays: every recipient gets the same bytes, whoever rendered them first. A crash
    between storing and recording leaves a file that nothing points to, never a record of half a file.
    """
    require(actor.is_system)
    report = MonthlyReport.objects.get(pk=report_id)
    for kind, content in contents.items():
        name = f"reports/{report.month}/{report.area_code}-{language}.{kind}"
        stored_as = default_storage.save(name, ContentFile(content))
        try:
            with transaction.atomic():
                ReportFile.objects.create(
                    report=report,
                    language=language,
                    kind=kind,
                    stored_as=stored_as,
                    sha256=hashlib.sha256(content).hexdigest(),
                )
        except IntegrityError:
            default_storage.delete(stored_as)
    return list(ReportFile.objects.filter(report=report, language=language))
