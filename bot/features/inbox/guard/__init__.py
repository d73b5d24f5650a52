"""The outgoing guard: no message that risks a creator's account leaves unseen."""
