"""Builds what keeps a bridge in order: the desk, the team, privacy, who leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.app.discord_ports import DiscordPorts
from bot.audit.opened import open_reading
from bot.audit.reading import Reading
from bot.desk.noticing import Deleted
from bot.desk.opened import Desk, open_desk
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.guild.barring import Doors
from bot.guild.uses_pausing import PausingUses
from bot.offboarding.opened import Offboarding, open_offboarding
from bot.offboarding.parts import Part
from bot.pausing.opened import pauses_of
from bot.privacy.opened import Privacy, open_privacy
from bot.team.opened import Team, open_team


@dataclass(frozen=True)
class PeopleFeatures:
    """One field a feature."""

    desk: Desk
    privacy: Privacy
    team: Team
    pausing: PausingUses
    offboarding: Offboarding
    audit: Reading

    def deeds(self, core: AppContext, on: DiscordPorts) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of these features."""
        doors = core.points.around("doors", Doors(on.direct, on.discord.me))
        return {
            **self.desk.deeds(on.discord, on.private),
            **self.team.deeds(doors),
            **self.offboarding.deeds(doors),
            **self.privacy.deeds(on.discord, on.private),
        }

    def duties(self) -> list[BackgroundTask]:
        """What must run for them, apart from the desk, which also runs where a backup waits."""
        return self.privacy.duties()


def open_care(
    core: AppContext, links: LinkedAccounts, leaving: Sequence[Part], deleted: Deleted
) -> PeopleFeatures:
    """`leaving`: what else ends when somebody leaves a team; `deleted`: who minds a message that is gone."""
    return PeopleFeatures(
        desk=open_desk(core, core.metrics, deleted=deleted),
        privacy=open_privacy(core, links.linking.end, core.metrics.pruned),
        team=open_team(core),
        pausing=PausingUses(*pauses_of(core)),
        offboarding=open_offboarding(core, links.linking.end, leaving),
        audit=open_reading(core),
    )
