"""What knows no domain: Thai conventions, money, periods, durable due work and letters, guards, htmx manners.

May import nothing of the other apps.
"""
