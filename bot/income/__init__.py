"""Answers about money from the ledger: days, comparisons, best hours, top fans, all."""
