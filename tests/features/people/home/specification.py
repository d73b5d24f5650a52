"""Who may open their own panel, by hand; each part asks for itself."""

ACTIONS = "home owner manager chatter trainee viewer"
