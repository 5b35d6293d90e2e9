"""A frozen report as PDF and XLSX, and the pictures and words the page shares with them."""

from governance.rendering.hiding import hidden
from governance.rendering.model import FigureView, ReportView, RestatementView, by_section
from governance.rendering.pdf import render_pdf
from governance.rendering.pictures import picture, province_map, whole_units
from governance.rendering.small_cells import Cell, Hidden, hide_count, hide_share, hide_small
from governance.rendering.words import Change, change, counted, detail, reading
from governance.rendering.xlsx import render_xlsx

__all__ = [
    "Cell",
    "Change",
    "FigureView",
    "Hidden",
    "ReportView",
    "RestatementView",
    "by_section",
    "change",
    "counted",
    "detail",
    "hidden",
    "hide_count",
    "hide_share",
    "hide_small",
    "picture",
    "province_map",
    "reading",
    "render_pdf",
    "render_xlsx",
    "whole_units",
]
