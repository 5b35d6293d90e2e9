"""A partner's sheet of contributions: its headings, its rows, and which of them are there already.

`rows` and `headings` are pure; `reading` compares with what is stored.
"""
