"""Sheets that strangers send: finding the rows in a workbook or in delimited text, whatever else is in the file.

Pure: no database, no models. `sheet` finds the rows, `headings` the columns, `cells` reads a cell.
"""
