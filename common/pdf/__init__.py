"""Pages on paper: static Typst templates, data as JSON, Thai type from the committed font.

A template lies in its app's `print/` folder and imports the house style from `/common/pdf/house.typ`.
"""

from common.pdf.typeset import render

__all__ = ["render"]
