"""The demo's page: the team's Discord and the fans' phones, to be clicked."""
