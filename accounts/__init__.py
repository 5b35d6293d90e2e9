"""People who sign in: users, roles by membership with dates, centres, areas, tokens.

May import audit and common.
"""
