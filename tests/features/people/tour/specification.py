"""Who may read the tour, by hand: it says nothing about anybody."""

ACTIONS = "tour everybody"
