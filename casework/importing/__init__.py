"""A centre's register as a file: reading the sheet, understanding its rows, telling who stands in it twice.

Pure: no database, no models. `sheet` finds the rows, `register` reads a row, `matching` compares people.
"""
