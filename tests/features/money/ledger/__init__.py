"""The ledger: what is read, paired, compared and answered, to the cent."""
