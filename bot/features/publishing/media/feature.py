"""Builds what shows a vault."""

from collections.abc import Sequence

from bot.discord.private_answers import PrivateAnswers
from bot.engine.audit_log import AuditLog
from bot.engine.supervision import BackgroundTask, periodic
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.fanvue.client import FanvueClient
from bot.fanvue.previews import PreviewPictures
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.people.accounts.clients import previews_of
from bot.features.publishing.media.answer_service import MediaAnswerService
from bot.features.publishing.media.creator_pictures import CreatorPictures
from bot.features.publishing.media.fanvue import FanvueVault
from bot.features.publishing.media.item_service import MediaItemService
from bot.features.publishing.media.message_service import MessageMediaService
from bot.features.publishing.media.service import MediaService
from bot.features.publishing.media.small_pictures import SmallPictures
from bot.features.publishing.media.whole_item_service import WholeItemService
from bot.model.ports import Clock, Ids
from storage.database import Database

_SECONDS = 5.0  # between two looks at which private answers are to be closed
_LIMIT = 120.0


def make_media(
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
        messages=MessageMediaService(fanvue, WholeItemService(previews)),
        clock=clock,
        ids=ids,
        trail=trail,
    )


def build(ctx: FeatureContext) -> Feature:
    previews = previews_of(ctx.settings, ctx.fanvue.http)
    media = make_media(
        database=ctx.database,
        fanvue=ctx.fanvue,
        previews=previews,
        clock=ctx.clock,
        ids=ctx.ids,
        trail=ctx.effects.trail,
    )
    pictures = CreatorPictures(ctx.fanvue, ctx.identity, SmallPictures(previews))
    answers = MediaAnswerService(clock=ctx.clock, ids=ctx.ids, divisor=ctx.divisor)

    def tasks(on: DiscordPorts) -> Sequence[PlacedTask]:
        answers.connect(PrivateAnswers(on.direct).remove)
        look = BackgroundTask("shown media", periodic(_SECONDS / ctx.divisor, answers.look), _LIMIT)
        return [PlacedTask(look, TaskPlacement.GATEWAY, paused=True)]

    return Feature(
        name="media",
        services=(media, media.messages, pictures, answers),
        tasks=tasks,
        ends=(answers.end,),
    )
