"""The ledger of a creator's money: read from Fanvue, checked, and answered from."""
