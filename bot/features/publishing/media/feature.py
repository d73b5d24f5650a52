"""Builds what shows a vault."""

from bot.engine.audit_log import AuditLog
from bot.fanvue.client import FanvueClient
from bot.fanvue.previews import PreviewPictures
from bot.features.publishing.media.fanvue import FanvueVault
from bot.features.publishing.media.item_service import MediaItemService
from bot.features.publishing.media.message_service import MessageMediaService
from bot.features.publishing.media.service import MediaService
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
) -> MediaService:
    """Vaults out of this Fanvue, with previews through this door; `trail` has who looked at what."""
    vault = FanvueVault(fanvue)
    looking = MediaItemService(vault, previews)
    return MediaService(
        database=database,
        vault=vault,
        looking=looking,
        messages=MessageMediaService(fanvue, looking),
        clock=clock,
        ids=ids,
        trail=trail,
    )
