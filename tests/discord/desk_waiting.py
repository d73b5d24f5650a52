"""`Waiting` of a desk: nobody waits, and each page says which one it is."""

# ruff: noqa: ARG002 - the signatures are the ports'; a desk needs less than the real thing

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.access.roles import MoneyView
from bot.model.choices import Choice, ChoiceOption
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId


@dataclass(frozen=True)
class DeskLook:
    """A page."""

    post: Post
    choice: Choice | None


class DeskWaiting:
    """Shows of a list only its name."""

    async def page_of(
        self, of: Mapping[CreatorId, MoneyView], member: DiscordId, ref: str, *, settles: bool
    ) -> DeskLook:
        return self._look(ref or "the first page", settles=settles)

    async def list_of(
        self, of: Mapping[CreatorId, MoneyView], member: DiscordId, chosen: Sequence[str], *, settles: bool
    ) -> DeskLook:
        return self._look(" ".join(chosen), settles=settles)

    def _look(self, what: str, *, settles: bool) -> DeskLook:
        choice = Choice("inbox.pick", "0" * 22, "Another list", (ChoiceOption("u", "Unanswered"),))
        said = "decides" if settles else "only reads"
        return DeskLook(Post(body=(f"Who waits: {what}",), small=f"Whoever asks {said}."), choice)
