"""`OneFan` of a desk: every question is Mila's, about one fan."""

# ruff: noqa: ARG002 - the signatures are the ports'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.guild.uses_one_fan import Trial
from bot.relay.ports import Outgoing, Post
from bot.relay.windows import Holder
from storage.records import CreatorId, DiscordId, DraftId
from tests.guild.desk import MILA

_THREAD = DiscordId(1)


class DeskOneFan:
    """Nobody is found."""

    async def whose(self, ref: DraftId, holder: Holder) -> CreatorId | None:
        return MILA

    async def like(self, holder: Holder, typed: str) -> Sequence[tuple[str, str]]:
        return ()

    async def ask(self, holder: Holder, view: str, fan: str, message: Outgoing) -> Post | None:
        return None

    async def trial(self, ref: DraftId, holder: Holder) -> Trial:
        return Trial("", "", _THREAD)

    async def take(self, ref: DraftId, holder: Holder) -> None:
        return None

    async def shown(self, holder: Holder, trial: Trial, said: Post | str) -> Post:
        return Post(body=(said,)) if isinstance(said, str) else said
