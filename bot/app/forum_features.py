"""Builds what keeps forums usable: earlier lines, resting threads, a second forum."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.app.context import AppContext
from bot.app.discord_ports import DiscordPorts
from bot.discord.more_forums import DiscordForums
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.features.inbox.forum_overflow.feature import ForumOverflowFeature, open_overflow
from bot.features.inbox.history.effects import HistoryPort
from bot.features.inbox.history.feature import HistoryFeature, open_history
from bot.features.inbox.thread_archiving.feature import ThreadArchivingFeature, open_resting


@dataclass(frozen=True)
class ForumFeatures:
    """One field a feature of a forum and its threads."""

    history: HistoryFeature
    resting: ThreadArchivingFeature
    overflow: ForumOverflowFeature

    def deeds(self, core: AppContext, on: DiscordPorts) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of these features."""
        more = core.points.around("forums", DiscordForums(on.direct, on.discord.me))
        return {
            **self.history.deeds(),
            **self.resting.deeds(on.discord),
            **self.overflow.deeds(more),
        }

    def duties(self) -> list[BackgroundTask]:
        """What must run for them."""
        return [self.resting.duty(), self.overflow.duty()]


def open_forums(core: AppContext, earlier: HistoryPort) -> ForumFeatures:
    """`earlier`: what was written before a thread was opened."""
    return ForumFeatures(
        history=open_history(core, earlier, core.settings.history_lines),
        resting=open_resting(core, core.settings.active_threads),
        overflow=open_overflow(core, core.settings.forum_fans),
    )
