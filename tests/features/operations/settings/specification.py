"""Who may open the settings of a creator, by hand; each row asks for itself."""

ACTIONS = "settings owner manager chatter trainee viewer"
