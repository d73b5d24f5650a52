"""What commands need of claims and snoozes, of a list and its pages."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.access.permits import ActionConfirmation, Actor
from bot.access.roles import MoneyView
from bot.engine.input_windows import InputWindowHolder
from bot.model.choices import Choice
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId, DraftId, EffectId


class ClaimUses(Protocol):
    """Who answers the fan of a thread. Whether they may was asked before; refusals are raised."""

    async def begin(self, actor: DiscordId, channel: DiscordId, ref: str, *, alone: bool) -> Post | None:
        """Somebody begins to answer: None, it is theirs; or what to show, since somebody else does."""

    async def anyway(self, channel: DiscordId, yes: ActionConfirmation) -> EffectId:
        """They answer all the same; under which line they pressed Reply."""

    async def claim(self, actor: DiscordId, channel: DiscordId) -> Post | str:
        """Make the fan theirs, or show who else answers."""

    async def take(self, channel: DiscordId, yes: ActionConfirmation) -> Post | str:
        """Make the fan theirs, whoever else answers."""

    async def release(self, actor: DiscordId, channel: DiscordId) -> Post | str:
        """Let the fan go."""

    async def hand_over(self, actor: DiscordId, channel: DiscordId, to: Actor) -> Post | str:
        """Make the fan another member's."""


class SnoozeUses(Protocol):
    """Puts the fan of a thread aside. Whether they may was asked before; refusals are raised."""

    async def snooze(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        """Out of sight until then, or until the fan writes."""

    async def close(self, actor: DiscordId, channel: DiscordId) -> str:
        """Out of sight until the fan writes."""

    async def reopen(self, actor: DiscordId, channel: DiscordId) -> str:
        """Back in sight at once."""

    async def times(self, creator: CreatorId) -> Sequence[tuple[str, str]]:
        """Until when to offer: words, and what `snooze` takes."""


class BulkSnoozeQuestionUses(Protocol):
    """A question about several fans."""

    @property
    def post(self) -> Post:
        """What is asked."""

    @property
    def choice(self) -> Choice | None:
        """What to choose from; None where there is nothing."""


class BulkSnoozeUses(Protocol):
    """Puts several fans of a list off. `may`: the creators about whom the door said yes at this press."""

    async def whom(
        self,
        of: Mapping[CreatorId, MoneyView],
        holder: InputWindowHolder,
        page: str,
        may: Collection[CreatorId],
    ) -> BulkSnoozeQuestionUses:
        """Ask which fans of a page of the list about these creators."""

    async def until(
        self, holder: InputWindowHolder, ref: DraftId, chosen: Sequence[str], may: Collection[CreatorId]
    ) -> BulkSnoozeQuestionUses:
        """Ask until when; `chosen`: fans of the question that `ref` names."""

    async def put_off(
        self, holder: InputWindowHolder, ref: DraftId, typed: str, may: Collection[CreatorId]
    ) -> Post:
        """Do it, and say how it ended for each."""


class SnoozingUses(Protocol):
    """Both."""

    @property
    def aside(self) -> SnoozeUses:
        """One fan, in their thread."""

    @property
    def several(self) -> BulkSnoozeUses:
        """Several, from a list."""
