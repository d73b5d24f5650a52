"""Builds what shows a vault."""

from bot.engine.audit_log import AuditLog
from bot.fanvue.client import FanvueClient
from bot.fanvue.previews import PreviewPictures
from bot.media.browsing import Browsing
from bot.media.looking import Looking
from bot.media.messages import Messages
from bot.media.vault import Vault
from bot.model.ports import Clock, Ids
from storage.database import Database


def open_media(
    *,
    database: Database,
    fanvue: FanvueClient,
    previews: PreviewPictures,
    clock: Clock,
    ids: Ids,
    trail: AuditLog,
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
