"""`Waiting` of a desk: nobody waits, and each page says which one it is."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping, Sequence

from bot.access.roles import MoneyView
from bot.features.inbox.board.service import BoardPage, BoardService
from bot.model.choices import Choice, ChoiceOption
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId
from tests.discord.desk import Desk, DeskServices


class DeskWaiting:
    """Shows of a list only its name."""

    async def page_of(
        self, of: Mapping[CreatorId, MoneyView], member: DiscordId, ref: str, *, settles: bool
    ) -> BoardPage:
        return self._look(ref or "the first page", settles=settles)

    async def list_of(
        self, of: Mapping[CreatorId, MoneyView], member: DiscordId, chosen: Sequence[str], *, settles: bool
    ) -> BoardPage:
        return self._look(" ".join(chosen), settles=settles)

    def _look(self, what: str, *, settles: bool) -> BoardPage:
        choice = Choice("inbox.pick", "0" * 22, "Another list", (ChoiceOption("u", "Unanswered"),))
        said = "decides" if settles else "only reads"
        return BoardPage(Post(body=(f"Who waits: {what}",), small=f"Whoever asks {said}."), choice)


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {BoardService: DeskWaiting()}
