"""Clients, episodes and what is done in them: notices, needs, notes, follow-ups, registers imported.

May import network, accounts, audit and common. Tells higher apps what happened by signals and slots.
"""
