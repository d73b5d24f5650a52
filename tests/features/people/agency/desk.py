"""Accounts that manage creators, as commands and buttons ask for them."""

# ruff: noqa: ARG002 - the signatures are the real one's; a desk needs less than the real thing

from collections.abc import Sequence

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.features.people.agency.service import AgencyService
from bot.model.ports import Button, Post
from storage.records import DiscordId, DraftId, Link
from tests.discord.desk import Desk, DeskServices

QUESTION = "question-of-the-steward"[:22]


class DeskAgency:
    """Everybody could stand in for one creator; what was asked and answered is kept."""

    def __init__(self) -> None:
        self.said: dict[str, Sequence[str]] = {}  # by link
        self.answers: list[tuple[str, DiscordId, str]] = []

    async def lines(self, link: Link) -> Sequence[str]:
        return self.said.get(link.id, ())

    async def through(self, link: Link, actor: DiscordId, operation: str) -> Link:
        return link

    async def offered(self, user: DiscordId, typed: str) -> Sequence[tuple[str, str]]:
        return [("@far", "far-uuid")] if typed in "far" else []

    async def question(self, user: DiscordId, guild: DiscordId, wanted: str) -> Post:
        yes, no = (Button(f"steward.{word}", QUESTION, word.title()) for word in ("yes", "no"))
        return Post(title=f"Stand in for {wanted}?", body=("It means much.",), buttons=(yes, no))

    async def take(self, yes: ActionConfirmation) -> str:
        self.answers.append(("yes", yes.by.user, yes.question(Action.STEWARD)))
        return "You stand in."

    async def drop(self, user: DiscordId, question: DraftId) -> str:
        self.answers.append(("no", user, question))
        return "No changes made."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {AgencyService: DeskAgency()}
