"""The outgoing guard: what costs a creator their account does not leave unseen."""
