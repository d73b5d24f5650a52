"""What [Test to one fan] needs; `bot.features.publishing.safety` is it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.engine.input_windows import InputWindowHolder
from bot.model.ports import MessageToFan, Post
from storage.records import CreatorId, DiscordId, DraftId

_NOT_KEPT = DiscordId(0)


@dataclass(frozen=True)
class FanTrial:
    """What a button is about. `of`: the reply that was kept back, or that waits for its time."""

    view: str  # of the draft, as it was when this was asked
    fan: str
    channel: DiscordId  # the fan's thread
    of: str = ""
    forum: DiscordId = _NOT_KEPT  # that the thread is in now


class FanTrialUses(Protocol):
    """A draft is tried on one fan, as a reply of its own."""

    async def whose(self, ref: DraftId, holder: InputWindowHolder) -> CreatorId | None:
        """About which creator's fan this member's button is; None: it is not theirs."""

    async def like(self, holder: InputWindowHolder, typed: str) -> Sequence[tuple[str, str]]:
        """Words and ids of fans who can be written to here."""

    async def ask(self, holder: InputWindowHolder, view: str, fan: str, message: MessageToFan) -> Post | None:
        """The question; None: nobody of this id can be written to here."""

    async def trial(self, ref: DraftId, holder: InputWindowHolder) -> FanTrial:
        """What a press is about. Raises WindowOver."""

    async def take(self, ref: DraftId, holder: InputWindowHolder) -> None:
        """Let this press count. Raises WindowOver where another one did."""

    async def shown(self, holder: InputWindowHolder, trial: FanTrial, said: Post | str) -> Post:
        """What came of it, with the way back to the draft."""
