"""Builds what keeps a bridge in order: the desk, the team, privacy, who leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.app.discord_ports import DiscordPorts
from bot.discord.channel_access import DiscordChannelAccess
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.features.operations.problems.discord_hints import Deleted
from bot.features.operations.problems.feature import ProblemsFeature, open_desk
from bot.features.people.audit.feature import open_reading
from bot.features.people.audit.service import AuditService
from bot.features.people.offboarding.feature import OffboardingFeature, open_offboarding
from bot.features.people.offboarding.parts import OffboardingPart
from bot.features.people.pausing.feature import PausesFeature, pauses_of
from bot.features.people.privacy.feature import PrivacyFeature, open_privacy
from bot.features.people.team.feature import TeamFeature, open_team


@dataclass(frozen=True)
class PeopleFeatures:
    """One field a feature."""

    desk: ProblemsFeature
    privacy: PrivacyFeature
    team: TeamFeature
    pausing: PausesFeature
    offboarding: OffboardingFeature
    audit: AuditService

    def deeds(self, core: AppContext, on: DiscordPorts) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of these features."""
        doors = core.points.around("doors", DiscordChannelAccess(on.direct, on.discord.me))
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
    core: AppContext, links: LinkedAccounts, leaving: Sequence[OffboardingPart], deleted: Deleted
) -> PeopleFeatures:
    """`leaving`: what else ends when somebody leaves a team; `deleted`: who minds a message that is gone."""
    return PeopleFeatures(
        desk=open_desk(core, core.metrics, deleted=deleted),
        privacy=open_privacy(core, links.linking.end, core.metrics.pruned),
        team=open_team(core),
        pausing=pauses_of(core),
        offboarding=open_offboarding(core, links.linking.end, leaving),
        audit=open_reading(core),
    )
