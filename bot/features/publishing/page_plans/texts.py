"""Why a plan of the web page is not taken (pure)."""

from bot.model.language import msgid

SENT_BEFORE = msgid(
    "You sent this form before, and its draft is on Discord. To plan what you changed as well, press again."
)
UNCONNECTED = msgid("The creator is not connected to Fanvue right now. The owner reconnects with /link.")
NO_CHANNEL = msgid("The creator has no alerts channel on Discord yet. The owner runs /setup.")
TOO_MANY = msgid("{most} of these wait on Discord already. Confirm or discard some there first.")
