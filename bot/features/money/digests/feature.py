"""Builds the digests, and says what of them runs in the background."""

from collections.abc import Mapping

from bot.discord.picture_posts import PicturePoster
from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.inbox.board.feature import BoardFeature
from bot.features.inbox.promises.feature import PromisesFeature
from bot.features.money.digests import setting_rows
from bot.features.money.digests.post_effects import DigestPorts, posts
from bot.features.money.digests.preview_service import DigestPreviewService
from bot.features.money.digests.read_effects import READ, DigestReadHandler
from bot.features.money.digests.reader import DigestReader, DigestWaitingSources
from bot.features.money.digests.scheduling import DigestScheduler
from bot.features.money.digests.service import DigestService
from bot.features.money.ledger.feature import LedgerFeature
from bot.features.money.periods.ports import LedgerPort
from bot.features.money.periods.subscription_moves import Moving
from bot.features.money.subscribers.feature import SubscribersFeature
from bot.features.operations.problems.feature import ProblemsFeature
from bot.relay.context import Context


class DigestsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self, ctx: Context, *, ledger: LedgerPort, moving: Moving, waiting: DigestWaitingSources
    ) -> None:
        """Out of this ledger; `moving` counts subscriptions, `waiting` knows what waits for a person."""
        self.reading = DigestReader(ctx, ledger=ledger, moving=moving, waiting=waiting)
        self.setting = DigestService(ctx)
        self.previewing = DigestPreviewService(ctx, reading=self.reading)
        self.wanting = DigestScheduler(ctx)
        self.on = ctx

    def handlers(self, ports: DigestPorts) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the digests' own."""
        return {
            READ: DigestReadHandler(self.on, reading=self.reading),
            **posts(self.on, ports=ports),
        }


def build(ctx: FeatureContext) -> Feature:
    """A digest says what came in, who came and went, and what waits for a person."""
    board = ctx.get(BoardFeature).reading
    digests = DigestsFeature(
        ctx,
        ledger=ctx.get(LedgerFeature).books,
        moving=ctx.get(SubscribersFeature).counting.of,
        waiting=DigestWaitingSources(
            fans=board.unanswered,
            problems=ctx.get(ProblemsFeature).problems.waiting,
            owed=ctx.get(PromisesFeature).listing.owed,
            held=board.held,
        ),
    )

    def handlers(on: DiscordPorts) -> Mapping[str, EffectHandler]:
        pictures = ctx.points.around("pictures", PicturePoster(on.direct))
        return digests.handlers(DigestPorts(discord=on.discord, pictures=pictures, private=on.private))

    return Feature(
        name="digests",
        services=(digests.setting, digests.previewing),
        effects=handlers,
        tasks=(digests.wanting.task(divisor=ctx.divisor),),
        brings=setting_rows.ROWS,
    )
