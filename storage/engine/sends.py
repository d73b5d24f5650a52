"""Effects that speak in a creator's name, and whose word each carries out (SQL)."""

from typing import Final

# Sends nothing and changes nothing that fans see in the creator's name: no pause holds it, nobody lists it.
HARMLESS: Final = (
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
    "posts.look",
    "comments.read",
)
# Fans read it.
SENT: Final = ("chat.send", "proposed.mass", "proposed.post", "proposed.postcomment", "proposed.repost")
# Changes what is there, or what will be.
CHANGES: Final = (
    "proposed.mass_change",
    "proposed.mass_end",
    "proposed.postedit",
    "proposed.postdelete",
    "proposed.postpin",
    "proposed.postunpin",
    "proposed.trackcreate",
    "proposed.trackdelete",
)
# Its word waits on Discord; a pause holds it, and so does its author's leaving.
ASKS: Final = ("proposed.postask", "reply.later")

# About the row `o` of the outbox. Whatever goes to Fanvue speaks until it is called harmless.
SPEAKS = f"o.network = 'fanvue' AND o.kind NOT IN {HARMLESS!r}"
IN_HER_NAME = f"o.network = 'fanvue' AND o.kind IN {(*SENT, *CHANGES)!r}"
# Who gave the command, or who confirmed the draft.
ACTOR = """COALESCE((SELECT c.actor FROM commands c WHERE c.id = o.cause),
                     (SELECT d.settled_by FROM drafts d WHERE d.id = o.cause))"""
# Where they did.
PLACE = """COALESCE((SELECT c.guild_id FROM commands c WHERE c.id = o.cause),
                     (SELECT d.guild_id FROM drafts d WHERE d.id = o.cause))"""
