"""Puts a fan's context together: their card and their chat."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.fanvue.patient_api import Pause
from bot.features.inbox.purchases.chat_observer import ObservedChats
from bot.features.operations.creator_context.model import MissingSection
from bot.features.operations.creator_context.model_parts import ContextModel, moment
from bot.features.operations.creator_context.request_rules import may_do
from bot.features.operations.creator_context.service import (
    NO_ANSWER,
    NOT_ALLOWED,
    NOT_LINKED,
    ContextReader,
    NoSuchSubject,
    creator_named,
    creator_told,
)
from bot.features.operations.creator_context.subscribers_section import name_or_none
from bot.features.operations.fan_context.card_section import CardSectionReader
from bot.features.operations.fan_context.messages_section import messages
from bot.features.operations.fan_context.model import ContextFan, FanContext
from bot.features.operations.fan_context.request_rules import NEEDS, FanContextRequest, FanSection
from bot.model.errors import DeliveryFailed
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import fans
from storage.records import Creator, Fan, FanId, Link

_LONGEST: Final = 100  # letters of an id


class NoSuchFan(NoSuchSubject):
    """Raised where nobody with this id is known for the creator; str() says so."""

    def __init__(self) -> None:
        super().__init__("This creator has no fan with that id here.")


@dataclass(frozen=True)
class _Subject:
    creator: Creator
    link: Link | None
    fan: Fan


class FanContextService:
    """A section that cannot be told is missing with the reason; the other one is there."""

    def __init__(self, ctx: Context, *, cards: CardSectionReader, chats: ObservedChats, pause: Pause) -> None:
        self._ctx = ctx
        self._cards = cards
        self._chats = chats
        self._pause = pause

    async def read(
        self, creator: str, fan: str, request: FanContextRequest, reader: ContextReader
    ) -> FanContext:
        """The context of this creator's fan, and a line of the audit log.

        Raises NoSuchCreator, NoSuchFan.
        """
        found = await self._ctx.database.read(lambda tx: subject(tx, creator, fan, reader))
        missing: dict[str, MissingSection] = {}
        told: dict[str, ContextModel] = {}
        for section in request.sections:
            if not may_do(reader.standing, NEEDS[section]):
                missing[section] = MissingSection(why="not_allowed", text=NOT_ALLOWED)
                continue
            if section is FanSection.MESSAGES and found.link is None:
                missing[section] = MissingSection(why="unavailable", text=NOT_LINKED)
                continue
            try:
                told[section] = await self._reads(found, request, reader)[section]()
            except DeliveryFailed:
                missing[section] = MissingSection(why="unavailable", text=NO_ANSWER)
        await self._ctx.database.write(lambda tx: self._note(tx, found, reader, ", ".join(told)))
        return FanContext.model_validate(
            {
                "creator": creator_told(found.creator),
                "fan": ContextFan(
                    id=found.fan.id,
                    handle=name_or_none(found.fan.handle),
                    name=name_or_none(found.fan.display_name),
                ),
                "as_of": moment(self._ctx.clock.now()),
                "figures": reader.standing.money.value,
                "missing": missing,
                **told,
            }
        )

    def _reads(
        self, found: _Subject, request: FanContextRequest, reader: ContextReader
    ) -> dict[FanSection, Callable[[], Awaitable[ContextModel]]]:
        fan = found.fan
        return {
            FanSection.CARD: lambda: self._ctx.database.read(
                lambda tx: self._cards.read(tx, fan, reader.standing)
            ),
            FanSection.MESSAGES: lambda: messages(
                self._chats, fan.creator, fan.id, request.most, pause=self._pause
            ),
        }

    async def _note(self, tx: Transaction, found: _Subject, reader: ContextReader, told: str) -> None:
        target = f"{told} · {reader.key}" if reader.key else told
        await self._ctx.trail.write(
            tx, "context.fan", "done", target=target, creator=found.creator.id, fan=found.fan.id
        )


async def subject(tx: Transaction, creator: str, fan: str, reader: ContextReader) -> _Subject:
    """The creator and the fan that are meant. Raises NoSuchCreator, NoSuchFan."""
    known, link, _ = await creator_named(tx, creator, reader.only)
    found = await fans.get(tx, known.id, FanId(fan[:_LONGEST]))
    if found is None:
        raise NoSuchFan
    return _Subject(known, link, found)
