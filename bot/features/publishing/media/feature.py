"""Builds what shows a vault."""

from collections.abc import Sequence

from bot.discord.private_answers import PrivateAnswers
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
from bot.relay.context import Context

_SECONDS = 5.0  # between two looks at which private answers are to be closed
_LIMIT = 120.0


def make_media(ctx: Context, *, fanvue: FanvueClient, previews: PreviewPictures) -> MediaService:
    """Vaults out of this Fanvue, with previews through this door."""
    vault = FanvueVault(fanvue)
    messages = MessageMediaService(fanvue, WholeItemService(previews))
    return MediaService(ctx, vault=vault, looking=MediaItemService(vault, previews), messages=messages)


def build(ctx: FeatureContext) -> Feature:
    previews = previews_of(ctx.settings, ctx.fanvue.http)
    media = make_media(ctx, fanvue=ctx.fanvue, previews=previews)
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
