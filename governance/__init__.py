"""Participation and accountability: indicators, monthly reports, the reading pages of the trail.

The top of the house: may import every other app.
"""
