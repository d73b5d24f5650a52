"""Who may let drafts leave without a press, by hand."""

ACTIONS = "autosend         owner"
