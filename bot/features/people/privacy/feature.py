"""Builds what concerns privacy, and says what of it runs in the background."""

from collections.abc import Callable, Mapping

from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.privacy import due_removals, removal_effects, setting_rows
from bot.features.people.privacy.answer_service import PrivacyAnswerService
from bot.features.people.privacy.choice_service import MODE, TERMS, PrivacyChoiceService
from bot.features.people.privacy.deletion_lane import PAUSE, DeletionLane
from bot.features.people.privacy.due_removals import DueRemovalFinder, DueThreadHandler
from bot.features.people.privacy.erasure_effects import TOLD, ErasureEndHandler, ErasureRemovalHandler
from bot.features.people.privacy.erasure_job import ErasureJob, ErasureUnlinkPort
from bot.features.people.privacy.erasure_service import CreatorErasureService
from bot.features.people.privacy.export_service import EXPORT, PrivacyExportService
from bot.features.people.privacy.forget_service import FORGET, ForgetFanService
from bot.features.people.privacy.question_service import PrivacyQuestionService
from bot.features.people.privacy.removal_effects import (
    PrivacyArchiveHandler,
    PrivacyLineRemovalHandler,
    PrivacyThreadRemovalHandler,
    PrivacyTombstoneHandler,
)
from bot.features.people.privacy.show_service import WholeLine, WholeLineService
from bot.features.people.privacy.tasks import RetentionRounds
from bot.features.people.privacy.text_eraser import SealedTextEraser
from bot.model.discord_ports import PrivateMessagePort
from bot.relay.context import Context
from bot.relay.removal_port import RemovalPort
from storage.errors import DatabaseUnreachable
from storage.people import creator_wipe
from storage.records import DiscordId, EffectId

_SECONDS = 10.0  # between two looks at the daily round
_LIMIT = 120.0


class PrivacyFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self,
        on: Context,
        unlink: ErasureUnlinkPort,
        pruned: Callable[[str, int], None] = lambda _table, _rows: None,
    ) -> None:
        """Privacy on this database; `unlink` ends the link of a person to an account.

        `pruned` counts rows that were deleted because their time was over, by their table.
        """
        database, effects = on.database, on.effects
        asking = PrivacyQuestionService(on)
        self.choosing = PrivacyChoiceService(on, asking=asking)
        erasing = SealedTextEraser(on)
        self.forgetting = ForgetFanService(on, asking=asking, erasing=erasing)
        self.handing = PrivacyExportService(on, asking=asking)
        self.answering = PrivacyAnswerService(
            database=database,
            asking=asking,
            carriers={
                MODE: self.choosing,
                TERMS: self.choosing,
                FORGET: self.forgetting,
                EXPORT: self.handing,
            },
        )
        self.erasure = CreatorErasureService(on, asking=asking)
        self.showing = WholeLineService(on)
        self.rounds = RetentionRounds(
            on, erasing=erasing, clearing=DueRemovalFinder(effects=effects), pruned=pruned
        )
        self.job = ErasureJob(on, unlink=unlink)
        self.ground = on

    async def show_line(self, line: EffectId, channel: DiscordId) -> WholeLine | str:
        """The whole of a line of this channel that says only who and when, for a private answer."""
        return await self.showing.show(line, channel)

    def handlers(self, discord: RemovalPort, private: PrivateMessagePort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that take things away on Discord."""
        on = self.ground
        database = on.database
        lane = DeletionLane(clock=on.clock, pause=max(int(PAUSE / on.divisor), 1))
        return {
            due_removals.DUE: DueThreadHandler(self.ground, discord=discord, lane=lane),
            due_removals.DELETE: PrivacyThreadRemovalHandler(self.ground, discord=discord, lane=lane),
            due_removals.REMOVE: PrivacyLineRemovalHandler(self.ground, discord=discord, lane=lane),
            removal_effects.MARK: PrivacyTombstoneHandler(self.ground, discord=discord),
            removal_effects.REST: PrivacyArchiveHandler(discord=discord),
            creator_wipe.TAKING: ErasureRemovalHandler(database=database, discord=discord, lane=lane),
            TOLD: ErasureEndHandler(private=private),
        }


def build(ctx: FeatureContext) -> Feature:
    """Texts are erased in time, and creators whole."""
    privacy = PrivacyFeature(ctx, ctx.get(AccountLinkService).end, ctx.metrics.pruned)
    looks = {"retention": privacy.rounds.look, "erasure": privacy.job.look}
    pause, passing = _SECONDS / ctx.divisor, (DatabaseUnreachable,)
    return Feature(
        name="privacy",
        brings=setting_rows.ROWS,
        services=(
            privacy.choosing,
            privacy.answering,
            privacy.forgetting,
            privacy.handing,
            privacy.erasure,
            privacy.showing,
        ),
        effects=lambda on: privacy.handlers(on.discord, on.private),
        tasks=[
            BackgroundTask(name, periodic(pause, look, passing=passing), _LIMIT)
            for name, look in looks.items()
        ],
    )
