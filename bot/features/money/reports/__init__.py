"""Answers about money from the ledger: sums, comparisons, best hours, top fans."""
