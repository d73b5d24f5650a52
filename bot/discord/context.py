"""The use cases that commands and buttons call, by feature."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.discord.command_quota import unlimited
from bot.discord.ports import CommandUses, PlaceUses
from bot.discord.uses_access import AccessUses, Denied, SubjectUses, not_noted
from bot.discord.uses_agency import NO_AGENCY, AgencyUses
from bot.discord.uses_care import CareUses
from bot.discord.uses_inbox import InboxUses
from bot.discord.uses_linking import LinkUses
from bot.discord.uses_money import MoneyUses
from bot.discord.uses_profiles import ProfileUses
from bot.discord.uses_sending import SendingUses
from bot.model.ports import Post
from bot.relay.live_event_status import LiveEvent
from storage.records import CreatorId, DiscordId, EffectId, Link


async def not_listening(_link: Link) -> Sequence[LiveEvent]:
    """Nobody knows of live events: what holds until `bot.app.command_services` passes in better."""
    return ()


async def no_chat(_alert: EffectId, _guild: DiscordId) -> DiscordId | None:
    """No alert leads to a thread: what holds until `bot.app.command_services` passes in better."""
    return None


async def nothing_hidden(_line: EffectId, _channel: DiscordId) -> Post | str:
    """Nothing is hidden: what holds until `bot.app.command_services` passes in better."""
    return "There is nothing hidden."


async def no_faces(_creators: Sequence[CreatorId]) -> Mapping[CreatorId, bytes]:
    """Nobody has a picture: what holds until `bot.app.command_services` passes in better."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Uses(InboxUses, SendingUses, MoneyUses, CareUses):
    """What `interaction.client.uses` holds: the groups, and what every command needs."""

    access: AccessUses
    subjects: SubjectUses
    commands: CommandUses
    linking: LinkUses
    places: PlaceUses
    profiles: ProfileUses
    # Small pictures of creators, as JPEG, of those for whom Fanvue gives one right now; it never fails.
    faces: Callable[[Sequence[CreatorId]], Awaitable[Mapping[CreatorId, bytes]]] = no_faces
    # Somebody tried what they may not.
    denied: Denied = not_noted
    # The thread of the fan whom an alert on this server is about; None when there is none there (yet).
    chat_of: Callable[[EffectId, DiscordId], Awaitable[DiscordId | None]] = no_chat
    # What a blocked line of this channel says, for a private answer.
    hidden: Callable[[EffectId, DiscordId], Awaitable[Post | str]] = nothing_hidden
    # Every live event that a link needs: seen, never seen, or not allowed.
    live_events: Callable[[Link], Awaitable[Sequence[LiveEvent]]] = not_listening
    agency: AgencyUses = NO_AGENCY  # people's own accounts, and whom those manage
    scopes: tuple[str, ...] = ()  # what Fanvue must have allowed for everything to work
    # Why nothing is done on this server: nobody serves it, or another bot of this installation.
    unserved: Callable[[DiscordId], str | None]
    elsewhere: Callable[[DiscordId], Awaitable[str | None]]
    # Counts a command of this person's: 0, or after how many seconds they may give the next one.
    spend: Callable[[DiscordId], int] = unlimited
    # Returns once it is sure that no other process has this one's session with Discord.
    sure: Callable[[], Awaitable[None]]
    refusals: tuple[type[Exception], ...] = ()  # errors whose str() is a sentence for the member
