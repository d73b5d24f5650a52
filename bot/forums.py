"""Builds what keeps forums usable: earlier lines, resting threads, a second forum."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core import Core
from bot.discord_side import DiscordSide
from bot.guild.more_forums import MoreForums
from bot.history.opened import History, open_history
from bot.history.reading import EarlierPort
from bot.overflow.opened import Overflow, open_overflow
from bot.relay.deeds import Deed
from bot.resting.opened import Resting, open_resting
from bot.supervision import Duty


@dataclass(frozen=True)
class Forums:
    """One field a feature of a forum and its threads."""

    history: History
    resting: Resting
    overflow: Overflow

    def deeds(self, core: Core, on: DiscordSide) -> Mapping[str, Deed]:
        """The kinds of effects that are of these features."""
        more = core.points.around("forums", MoreForums(on.direct, on.discord.me))
        return {
            **self.history.deeds(),
            **self.resting.deeds(on.discord),
            **self.overflow.deeds(more),
        }

    def duties(self) -> list[Duty]:
        """What must run for them."""
        return [self.resting.duty(), self.overflow.duty()]


def open_forums(core: Core, earlier: EarlierPort) -> Forums:
    """`earlier`: what was written before a thread was opened."""
    return Forums(
        history=open_history(core, earlier, core.settings.history_lines),
        resting=open_resting(core, core.settings.active_threads),
        overflow=open_overflow(core, core.settings.forum_fans),
    )
