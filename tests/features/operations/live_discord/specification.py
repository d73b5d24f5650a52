"""Who may try the window of a live check, by hand."""

ACTIONS = "trial everybody"
