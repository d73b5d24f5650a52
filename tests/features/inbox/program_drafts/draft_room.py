"""A fan's thread on a clock that stands still, with a program that writes drafts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from bot.engine.retry import RetryWaits
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.message_replies.effects import MessageRemovalHandler
from bot.features.inbox.program_drafts.expiry import ProgramDraftExpiry
from bot.features.inbox.program_drafts.model import DraftBody, DraftTold, ProgramDraftEnd
from bot.features.inbox.program_drafts.press_service import OpenedProgramDraft, ProgramDraftPressService
from bot.features.inbox.program_drafts.records import ProgramDraftRecords
from bot.features.inbox.program_drafts.rule_sender import ProgramReplySender
from bot.features.inbox.program_drafts.service import ProgramDraftService
from bot.features.operations.draft_rules.runner import DraftRuleRunner
from bot.features.operations.draft_rules.turns import DraftRuleTurns
from bot.model.events import Person
from bot.model.ports import Post
from bot.relay.replies import ReplyWish
from bot.relay.reply_queue import TYPED_GONE
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.people import api_keys
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope
from storage.records import DiscordId
from tests.database_place import database_in
from tests.features.inbox.checks.checks_scenario import ChecksScenario
from tests.features.inbox.message_replies.message_replies_scenario import TypedMessagesDiscord
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA

KEY = ApiKeyRecord("k1", CREATOR, "n8n", "0" * 64, "manager", 0, 1 << 50, scope=ApiKeyScope.DRAFTS)


class DraftRoom(ChecksScenario):
    """Everything that a program and a member use, above real SQLite. `most`: drafts that may wait."""

    most = 1

    def build(self) -> None:
        if not isinstance(self.discord, TypedMessagesDiscord):
            self.discord = TypedMessagesDiscord(self.clock)
        super().build()
        handlers = self.deliveries._handlers
        assert isinstance(handlers, dict)
        handlers[TYPED_GONE] = MessageRemovalHandler(database=self.database, discord=self.discord)
        ground = self.ground()
        self.ended: list[ProgramDraftEnd] = []
        self.records = ProgramDraftRecords(
            replace(self.ground(), effects=ground.effects), ended=self.draft_ended
        )
        records = self.records
        self.answering = ChecksFeature(
            ground, more=self.more, taken=(records.taken,), drafts=(records.draft_of,)
        )
        self.replies = self.answering.replies
        self.turns = DraftRuleTurns(replace(ground, clock=self.clock))
        sender = ProgramReplySender(
            records=records,
            replies=self.replies,
            kept=self.answering.kept,
            unheard=self.unheard,
            database=self.database,
            clock=self.clock,
        )
        self.sending = DraftRuleRunner(
            database=self.database, turns=self.turns, senders=(sender,), trail=ground.effects.trail
        )
        self.writing = ProgramDraftService(
            self.ground(), records=records, trail=ground.effects.trail, rules=self.turns, most=self.most
        )
        self.pressing = ProgramDraftPressService(
            self.ground(), records=records, kept=self.answering.kept, rules=self.turns
        )
        self.lapsing = ProgramDraftExpiry(self.ground(), records=records)

    async def draft_ended(self, _tx: Transaction, ended: ProgramDraftEnd) -> None:
        """Whoever listens is told."""
        self.ended.append(ended)

    async def has_key(self) -> None:
        """The program was given a key."""
        await self.database.write(lambda tx: api_keys.add(tx, KEY))

    async def drafts(self, text: str = "hello", *, fan: Person = EMMA, once: str | None = None) -> DraftTold:
        """The program writes to the fan, and its line is there."""
        body = DraftBody(text=text)
        made, _ = await self.writing.write(KEY, "lola", fan.id, body, once)
        await self.turn()
        return made

    async def opens_draft(self, draft: DraftTold, *, by: DiscordId = MAYA) -> OpenedProgramDraft:
        """Somebody presses Send or Edit under it."""
        return await self.pressing.open(await self.wish_of(by), draft.id)

    async def sends_draft(self, opened: OpenedProgramDraft, *, by: DiscordId = MAYA) -> Post | str:
        """They send the window; what they are shown."""
        wish = ReplyWish(await self.wish_of(by), opened.message.text, window=opened.window)
        return await self.replies.accept(await self.replies.stage(wish))

    async def state(self, draft: DraftTold) -> str:
        """What the program is told of it."""
        return (await self.writing.told(KEY, "lola", draft.id)).state


Room = TypeVar("Room", bound=DraftRoom)


@asynccontextmanager
async def opened_room(kind: type[Room], folder: Path) -> AsyncIterator[Room]:
    """A fan who has written, and a program with a key."""
    database = await open_database(database_in(folder), now=0)
    made = kind(database, RetryWaits(), SettableClock())
    await made.link()
    await made.set_up()
    await made.start()
    await made.greeted()
    await made.has_key()
    yield made
    await made.crash()
    await database.close()
