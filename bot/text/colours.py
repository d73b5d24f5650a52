"""The colours at the edge of posts; each state has a mark in its words beside it."""

FAN_COLOUR = 0x7C5CFF
TEAM_COLOUR = 0x2E9E6B
WAITING_COLOUR = 0x4A86C5  # a reply that is not out yet
TROUBLE_COLOUR = 0xC77B1E
QUIET_COLOUR = 0x6B7280
