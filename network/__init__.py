"""Partners, communities, offers, requests, contributions and their valuation.

Owns what the community gives. Never learns about clients: casework publishes a need here as an anonymous
request. May import accounts, audit and common.
"""
