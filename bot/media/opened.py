"""Builds what shows a vault."""

from bot.fanvue.client import Fanvue
from bot.fanvue.previews import Previews
from bot.media.browsing import Browsing
from bot.media.vault import Vault
from bot.relay.ports import Clock, Ids
from storage.database import Database


def open_media(*, database: Database, fanvue: Fanvue, previews: Previews, clock: Clock, ids: Ids) -> Browsing:
    """Vaults out of this Fanvue, with previews through this door."""
    return Browsing(database=database, vault=Vault(fanvue), previews=previews, clock=clock, ids=ids)
