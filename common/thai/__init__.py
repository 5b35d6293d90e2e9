"""Thai conventions as pure functions: digits, dates, periods, baht in words, ID numbers, phones, names.

Nothing here knows Django, the database or the clock; days are passed in.
"""
