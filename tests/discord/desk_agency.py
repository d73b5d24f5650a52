"""Accounts that manage creators, as commands and buttons ask for them."""

from collections.abc import Sequence

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.discord.uses_agency import NoAgency
from bot.model.ports import Button, Post
from storage.records import DiscordId, DraftId, Link

QUESTION = "question-of-the-steward"[:22]


class DeskAgency(NoAgency):
    """Everybody could stand in for one creator; what was asked and answered is kept."""

    def __init__(self) -> None:
        self.said: dict[str, Sequence[str]] = {}  # by link
        self.answers: list[tuple[str, DiscordId, str]] = []

    async def lines(self, link: Link) -> Sequence[str]:
        return self.said.get(link.id, ())

    async def offered(self, _user: DiscordId, typed: str) -> Sequence[tuple[str, str]]:
        return [("@far", "far-uuid")] if typed in "far" else []

    async def question(self, _user: DiscordId, _guild: DiscordId, wanted: str) -> Post:
        yes, no = (Button(f"steward.{word}", QUESTION, word.title()) for word in ("yes", "no"))
        return Post(title=f"Stand in for {wanted}?", body=("It means much.",), buttons=(yes, no))

    async def take(self, yes: ActionConfirmation) -> str:
        self.answers.append(("yes", yes.by.user, yes.question(Action.STEWARD)))
        return "You stand in."

    async def drop(self, user: DiscordId, question: DraftId) -> str:
        self.answers.append(("no", user, question))
        return "Nothing was changed."
