"""Who may open the page beside Discord, by hand; each part of it asks for itself."""

ACTIONS = "page owner manager chatter trainee viewer"
