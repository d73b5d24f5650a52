"""The use cases of what keeps a bridge in order: problems, team, privacy, audit."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from bot.discord.uses_audit import AuditUses, NoAudit
from bot.discord.uses_desk import ProblemUses
from bot.discord.uses_offboarding import OffboardingUses
from bot.discord.uses_pausing import PausingUses
from bot.discord.uses_privacy import PrivacyUses
from bot.discord.uses_team import TeamUses
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId, EffectId


async def nothing_known(_creators: Sequence[CreatorId], _settled: Collection[CreatorId], /) -> Post:
    """Nothing is known: what holds until `bot.app.command_services` passes in better."""
    return Post(body=("Nothing is known.",))


async def nothing_sent(_note: EffectId, _actor: DiscordId, _channel: DiscordId) -> str:
    """Nothing was sent that could be taken back: what holds until `bot.app.command_services` passes in
    better.
    """
    return "There is nothing to take back."


@dataclass(frozen=True, kw_only=True)
class CareUses:
    """A part of `Uses`; one field a feature."""

    problems: ProblemUses
    privacy: PrivacyUses
    team: TeamUses
    pausing: PausingUses
    removing: OffboardingUses
    audit: AuditUses = NoAudit()  # noqa: RUF009 - it has no state
    # Take back on Fanvue what a note in this channel is about; what to tell the member.
    unsend: Callable[[EffectId, DiscordId, DiscordId], Awaitable[str]] = nothing_sent
    # How these creators' bridges are doing, for a private answer; where its reader may settle what waits.
    status: Callable[[Sequence[CreatorId], Collection[CreatorId]], Awaitable[Post]] = nothing_known
