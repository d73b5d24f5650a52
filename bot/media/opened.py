"""Builds what shows a vault."""

from bot.fanvue.client import Fanvue
from bot.fanvue.previews import Previews
from bot.media.browsing import Browsing
from bot.media.looking import Looking
from bot.media.messages import Messages
from bot.media.vault import Vault
from bot.relay.ports import Clock, Ids
from bot.relay.trail import Trail
from storage.database import Database


def open_media(
    *, database: Database, fanvue: Fanvue, previews: Previews, clock: Clock, ids: Ids, trail: Trail
) -> Browsing:
    """Vaults out of this Fanvue, with previews through this door; `trail` has who looked at what."""
    vault = Vault(fanvue)
    looking = Looking(vault, previews)
    return Browsing(
        database=database,
        vault=vault,
        looking=looking,
        messages=Messages(fanvue, looking),
        clock=clock,
        ids=ids,
        trail=trail,
    )
