"""The one door, as commands and buttons see it; `bot.access` is it."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Protocol

from bot.access.permits import Actor, Permit
from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from storage.records import CreatorId, DiscordId


class AccessUses(Protocol):
    """Who may do what. Asked at every click; nothing is remembered."""

    async def authorize(
        self, actor: Actor, action: Action, creator: CreatorId | None = None
    ) -> Permit | None:
        """Yes, or None: forbidden and absent are the same."""

    async def permitted(self, actor: Actor, action: Action) -> Sequence[Permit]:
        """Every creator about whom this person may do this here."""

    async def abilities(self, actor: Actor, actions: Collection[Action]) -> Mapping[Action, Sequence[Permit]]:
        """The same of many actions at once; of what is about no creator, whether they may at all."""


Denied = Callable[[Actor, Action, CreatorId], Awaitable[None]]
"""Writes down that somebody tried what they may not."""


async def not_noted(_actor: Actor, _action: Action, _creator: CreatorId) -> None:
    """Nobody writes it down: what holds until `bot.app.feature_groups` passes in better."""


class SubjectUses(Protocol):
    """Which creator something is about; None: there is no such thing."""

    async def of_channel(self, channel: DiscordId, guild: DiscordId) -> ActionSubject | None:
        """The fan's open thread that this channel is."""

    async def of_name(self, wanted: str) -> ActionSubject | None:
        """The creator whom somebody named, by their link's id or their handle."""

    async def of_ref(self, ref: str) -> ActionSubject | None:
        """What a button names."""

    async def of_draft(self, ref: str) -> ActionSubject | None:
        """What a preview proposes."""

    async def of_note(self, ref: str) -> ActionSubject | None:
        """What a note in the alerts channel tells of."""
