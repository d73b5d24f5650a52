"""Earnings: the ledger, reports, goals, credit, digests."""
