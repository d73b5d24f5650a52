"""Which effects speak in a creator's name, and whose word each carries out (SQL)."""

# Whatever goes to Fanvue speaks, except what sends nothing: a new kind speaks until it is named here.
HARMLESS = (
    "chat.unsend",
    "chat.mark",
    "chat.look",
    "media.look",
    "fan.look",
    "campaign.look",
    "fan.read",
    "history.later",
    "echo.check",
    "link.end",
    "list.whom",
    "list.make",
    "list.read",
    "list.add",
    "list.change",
)

# About the row `o` of the outbox.
SPEAKS = f"o.network = 'fanvue' AND o.kind NOT IN {HARMLESS!r}"
# Who gave the command, or who confirmed the draft.
ACTOR = """COALESCE((SELECT c.actor FROM commands c WHERE c.id = o.cause),
                     (SELECT d.settled_by FROM drafts d WHERE d.id = o.cause))"""
# Where they did.
PLACE = """COALESCE((SELECT c.guild_id FROM commands c WHERE c.id = o.cause),
                     (SELECT d.guild_id FROM drafts d WHERE d.id = o.cause))"""
