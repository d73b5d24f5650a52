"""Sale credit: who sent what was bought, and who answered the fan last."""
