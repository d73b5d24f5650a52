"""The use cases that commands and buttons call; `bot.app` fills them in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.guild.uses_media import Media
from bot.guild.uses_proposals import Proposals, Verdicts
from bot.relay.commands import Wish
from bot.relay.listening import LiveEvent
from bot.relay.ports import Picture, Post
from bot.relay.replies import ReplyWish
from storage.records import CommandId, Creator, CreatorId, DiscordId, EffectId, Forum, Link


class Commands(Protocol):
    """Two-phase acceptance of a command (R9)."""

    async def stage(
        self,
        wish: Wish,
        *,
        action: str,
        target: str = "",
        creator: CreatorId | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> CommandId | None:
        """Keep it before Discord is answered; None when this interaction was kept already."""

    async def accept(self, command: CommandId) -> bool:
        """Discord took the answer. False when it was cancelled meanwhile."""

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: nothing will be done."""


class Replies(Protocol):
    """A member's replies to a fan. Refusals are raised with a sentence."""

    async def stage(self, reply: ReplyWish, /) -> CommandId:
        """Keep it before Discord is answered. Refused: nothing is kept."""

    async def accept(self, command: CommandId) -> str:
        """Queue it; returns what to tell the member."""

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: nothing will be sent."""

    async def again(self, reply: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        """Send once more what was looked for and not found; it must belong to this channel's fan."""

    async def drop(self, reply: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        """Give up what was not sent; it must belong to this channel's fan."""


class Ended(Protocol):
    """A link that was ended."""

    @property
    def handle(self) -> str:
        """Whose it was."""

    @property
    def not_sent(self) -> Sequence[object]:
        """One entry for each message that was waiting and is not sent."""


class Linking(Protocol):
    """One person's connections to Fanvue. Refusals are raised with a sentence."""

    async def begin(
        self, user: DiscordId, user_name: str, guild: DiscordId, guild_name: str, command: str
    ) -> str:
        """The address of a page that only this person can use, for ten minutes."""

    async def answer(self, pending_id: str, actor: DiscordId, *, yes: bool) -> str:
        """The owner's yes or no to "Connect @handle?"; returns what to tell them."""

    async def links_of(self, user: DiscordId) -> Sequence[Link]:
        """Every open link of this person."""

    async def unlink(self, creator: CreatorId, actor: DiscordId) -> Ended | None:
        """End the actor's own link and revoke its access; None when they have none."""


class Places(Protocol):
    """Where creators live on servers."""

    async def add(self, forum: Forum) -> Creator | None:
        """Remember what /setup made; the creator whose forum it is now, if one waited for it."""

    async def of_guild(self, guild: DiscordId) -> Sequence[Forum]:
        """Every forum of this server."""

    async def remove(self, forum: DiscordId) -> None:
        """Forget a forum that Discord no longer has."""


class Home(Protocol):
    """A creator who belongs to a server."""

    @property
    def creator(self) -> CreatorId:
        """Who."""

    @property
    def forum(self) -> Forum | None:
        """Where the fans are; None before /setup."""


class Problems(Protocol):
    """What waits for a person. Who may see and settle it is checked before these are called."""

    async def homes(self, guild: DiscordId) -> Sequence[Home]:
        """The creators of a server."""

    async def home_of(self, ref: EffectId, guild: DiscordId) -> Home | None:
        """Whose this is; None when it is no creator's of this server."""

    async def page(self, of: Sequence[CreatorId], number: int = 0) -> Post:
        """One page of what waits about these creators."""

    async def again(self, ref: EffectId, actor: DiscordId) -> str:
        """Do it once more; the answer says what happened, or who was faster and when."""

    async def drop(self, ref: EffectId, actor: DiscordId) -> str:
        """Give it up; likewise."""

    async def now(self, ref: EffectId, actor: DiscordId) -> str:
        """Try at once what is paused; likewise."""


class Noticing(Protocol):
    """Takes hints from Discord's events; never waits, never fails."""

    def changed(self, guild: DiscordId) -> None:
        """Permissions, channels or threads of a server are not what they were."""

    def removed(self, guild: DiscordId) -> None:
        """The bot was removed from a server."""

    def deleted(self, message: DiscordId) -> None:
        """A message is gone."""

    def posted(self, channel: DiscordId, message: DiscordId) -> None:
        """The bot's own account posted this."""


class Figures(Protocol):
    """One creator's figures. Whose they are is checked before. Refusals are raised with a sentence."""

    async def earnings(self, link: Link, period: str) -> tuple[Post, Picture | None]:
        """What came in on the days of a period, one of `bot.figures.days.PERIODS`."""

    async def top(self, link: Link, period: str) -> Post:
        """Who spent most on those days."""

    async def subscribers(self, link: Link) -> Post:
        """How many subscribe, and how that changed lately."""


class Digests(Protocol):
    """The daily digest of a creator's earnings, for the link's own person. Each returns what to tell them."""

    async def put(self, link: Link, channel: DiscordId, hour: int, zone: str | None) -> str:
        """Post it into this channel from now on, at this hour of the creator's zone."""

    async def off(self, link: Link) -> str:
        """Post it no longer."""

    async def show(self, link: Link) -> str:
        """Where and when it comes."""

    async def live_in(self, link: Link, zone: str) -> str:
        """Let the creator's days be those of another zone."""

    async def creator_of(self, digest: EffectId) -> CreatorId | None:
        """Whose digest this is; None when it is none."""


async def not_listening(_link: Link) -> Sequence[LiveEvent]:
    """Nobody knows of live events: what holds until `bot.app` passes in better."""
    return ()


async def no_chat(_alert: EffectId, _guild: DiscordId) -> DiscordId | None:
    """No alert leads to a thread: what holds until `bot.app` passes in better."""
    return None


async def nothing_known(_creators: Sequence[CreatorId]) -> Post:
    """Nothing is known: what holds until `bot.app` passes in better."""
    return Post(body=("Nothing is known.",))


async def no_lists(_link: Link, _typed: str) -> Sequence[tuple[str, str]]:
    """No list fits: what holds until `bot.app` passes in better."""
    return ()


async def nothing_hidden(_line: EffectId, _channel: DiscordId) -> Post | str:
    """Nothing is hidden: what holds until `bot.app` passes in better."""
    return "There is nothing hidden."


async def nothing_sent(_note: EffectId, _actor: DiscordId, _channel: DiscordId) -> str:
    """Nothing was sent that could be taken back: what holds until `bot.app` passes in better."""
    return "There is nothing to take back."


@dataclass(frozen=True)
class Uses:
    """What `interaction.client.uses` holds."""

    commands: Commands
    replies: Replies
    linking: Linking
    places: Places
    problems: Problems
    noticing: Noticing
    figures: Figures
    digests: Digests
    media: Media
    proposals: Proposals
    verdicts: Verdicts
    # The thread of the fan whom an alert on this server is about; None when there is none there (yet).
    chat_of: Callable[[EffectId, DiscordId], Awaitable[DiscordId | None]] = no_chat
    # Take back on Fanvue what a note in this channel is about; what to tell the member.
    unsend: Callable[[EffectId, DiscordId, DiscordId], Awaitable[str]] = nothing_sent
    # How these creators' bridges are doing, for a private answer.
    status: Callable[[Sequence[CreatorId]], Awaitable[Post]] = nothing_known
    # What a blocked line of this channel says, for a private answer.
    hidden: Callable[[EffectId, DiscordId], Awaitable[Post | str]] = nothing_hidden
    # Every live event that a link needs: seen, never seen, or not allowed.
    live_events: Callable[[Link], Awaitable[Sequence[LiveEvent]]] = not_listening
    # Lists of fans that fit what is typed, words and value; the value may be typed on.
    lists_like: Callable[[Link, str], Awaitable[Sequence[tuple[str, str]]]] = no_lists
    scopes: tuple[str, ...] = ()  # what Fanvue must have allowed for everything to work
    refusals: tuple[type[Exception], ...] = ()  # errors whose str() is a sentence for the member
