"""Half-rent rooms: schemes, applications, tenancies, the ledger and payouts.

May import casework, network, accounts, audit and common; never wellstation or governance.
"""
