"""Takes the Yes or No to a question about privacy, and has done what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.features.people.privacy.question_service import (
    KEPT,
    OVER,
    PrivacyQuestion,
    PrivacyQuestionService,
    question_buttons,
)
from bot.model.language import tr
from bot.model.ports import Button
from storage.database import Database, Transaction
from storage.records import DiscordId

_ANSWERED = (Action.PRIVACY_SET, Action.FORGET, Action.EXPORT)  # what is erased is typed, not pressed


@dataclass(frozen=True)
class PrivacyAnswer:
    """An answer to somebody, and a file for them alone.

    `buttons`: of the question, where it stays open and can be answered again.
    """

    text: str
    name: str | None = None
    content: bytes = b""
    buttons: tuple[Button, ...] = ()


class PrivacyChangeBlocked(Exception):
    """Raised by what cannot be done at this moment; str() is the sentence, and the question stays open."""


class PrivacyAction(Protocol):
    """Carries out what a question asked for."""

    async def prepare(self, question: PrivacyQuestion) -> Any:
        """Do slow work that changes nothing. Raises PrivacyChangeBlocked."""

    async def carry(self, tx: Transaction, question: PrivacyQuestion, prepared: Any) -> PrivacyAnswer:
        """The deed, in the transaction that takes the answer. Raises PrivacyChangeBlocked."""


class PrivacyAnswerService:
    def __init__(
        self, *, database: Database, asking: PrivacyQuestionService, carriers: Mapping[str, PrivacyAction]
    ) -> None:
        """`carriers`: by what a question is about."""
        self._database = database
        self._asking = asking
        self._carriers = carriers

    async def yes(self, yes: ActionConfirmation) -> PrivacyAnswer:
        yes.question(*_ANSWERED)
        asked = await self._database.read(lambda tx: self._asking.asked(tx, yes, yes.action))
        if asked is None:
            return PrivacyAnswer(tr(OVER))
        carrier = self._carriers[asked.what]

        async def work(tx: Transaction) -> PrivacyAnswer:
            question = await self._asking.asked(tx, yes, yes.action)
            if question is None or not await self._asking.close(tx, question, "yes"):
                return PrivacyAnswer(tr(OVER))
            return await carrier.carry(tx, question, prepared)

        try:
            prepared = await carrier.prepare(asked)
            return await self._database.write(work)
        except PrivacyChangeBlocked as wait:
            return PrivacyAnswer(str(wait), buttons=question_buttons(asked.draft, yes.action))

    async def no(self, ref: str, by: DiscordId, action: Action) -> str:
        async def work(tx: Transaction) -> str:
            question = await self._asking.find(tx, ref, by, action)
            return (
                tr(KEPT)
                if question is not None and await self._asking.close(tx, question, "no")
                else tr(OVER)
            )

        return await self._database.write(work)
