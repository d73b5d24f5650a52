"""Tables of money: earnings, credit, goals, digests."""
