"""The evening of tests/relay, with all that is looked at before a reply leaves."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.engine.commands import CommandWish
from bot.engine.retry import RetryWaits
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.checks.model import ReplyCheck
from bot.model.events import FanWrote, Person
from bot.model.ports import Post
from bot.relay.replies import ReplyWish
from storage.engine import audit_log
from storage.engine.audit_log import AuditEntry
from storage.engine.connect import open_database
from storage.records import CommandId, DiscordId, DraftId, EffectId
from tests.database_place import database_in
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, RelayScenario

NINA = DiscordId(1_300_000_000_000_000_021)
UNREAD = 3_000


class ChecksScenario(RelayScenario):
    """A world whose replies are looked at. `more`: checks besides the stale-draft guard."""

    more: Sequence[ReplyCheck] = ()
    answering: ChecksFeature

    def build(self) -> None:
        super().build()
        self.answering = ChecksFeature(
            self.ground(),
            more=self.more,
        )
        self.replies = self.answering.replies

    # ── what people do ──

    async def wish_of(self, by: DiscordId = MAYA, fan: Person = EMMA) -> CommandWish:
        """Somebody does something in a fan's thread."""
        wish = self.wish(await self.thread(fan))
        return replace(wish, actor=by, actor_name="Maya" if by == MAYA else "Nina")

    async def opens(self, by: DiscordId = MAYA, line: EffectId | None = None) -> DraftId:
        """They press Reply: under that line, or on the card."""
        return await self.answering.pressing.window(await self.wish_of(by), line or EffectId("card"))

    async def types(
        self, text: str, window: DraftId | None = None, *, by: DiscordId = MAYA, reads: bool = True
    ) -> Post | str:
        """They send a window, or without one a command; what they are shown."""
        wish = ReplyWish(await self.wish_of(by), text, window=window, reads=reads)
        return await self.replies.accept(await self.replies.stage(wish))

    async def offers(self, text: str, price: int, window: DraftId | None = None) -> Post | str:
        """The same with something to buy."""
        media = "11111111-2222-4333-8444-555555555555"
        wish = ReplyWish(await self.wish_of(), text, price, (media,), media, window)
        return await self.replies.accept(await self.replies.stage(wish))

    async def presses(self, label: str, under: Post | str, *, by: DiscordId = MAYA) -> Post | str:
        """They press a button; what takes the place of the message."""
        ref = ref_of(under, label)
        pressing = self.answering.pressing
        command = await pressing.stage(await self.wish_of(by), ref, reads=True)
        assert command is not None
        answer = await (pressing.discard if label == "Discard" else pressing.send)(command)
        assert answer is not None, "another press was faster"
        return answer

    async def staged(self, label: str, under: Post | str) -> CommandId:
        """They press a button, and Discord has not been answered yet."""
        command = await self.answering.pressing.stage(await self.wish_of(), ref_of(under, label), reads=True)
        assert command is not None
        return command

    # ── who writes meanwhile ──

    async def fan_writes(self, text: str) -> FanWrote:
        """The fan."""
        wrote = self.wrote(text)
        await self.happen(wrote)
        return wrote

    async def phone_writes(self, text: str, *, automated: bool = False) -> None:
        """The creator's own app, or something that writes in her name by itself."""
        there = self.fanvue.write(CREATOR, EMMA.id, text, by_creator=True)
        await self.happen(replace(self.echo(there), automated=automated))
        await self.pass_time(self.waits.echo)

    async def colleague_writes(self, text: str) -> None:
        """Nina answers the fan too."""
        assert isinstance(await self.types(text, by=NINA), str)
        await self.turn()

    async def audit(self) -> list[AuditEntry]:
        """What is written down, oldest first; not what became of it."""
        entries = await self.database.read(lambda tx: audit_log.recent(tx, CREATOR, 50))
        return [entry for entry in entries[::-1] if entry.action != "setup" and entry.follows is None]


def words(shown: Post | str) -> str:
    """All that somebody is shown, without escapes."""
    if isinstance(shown, str):
        return shown.replace("\\", "")
    return "\n".join(filter(None, [shown.title, *shown.body, shown.small])).replace("\\", "")


def labels(shown: Post | str) -> list[str]:
    """The buttons under it."""
    return [] if isinstance(shown, str) else [button.label for button in shown.buttons]


def ref_of(shown: Post | str, label: str) -> DraftId:
    """What a button under it carries."""
    assert isinstance(shown, Post), shown
    (found,) = [button.ref for button in shown.buttons if button.label == label]
    return DraftId(found)


@asynccontextmanager
async def opened(path: Path, more: Sequence[ReplyCheck] = ()) -> AsyncIterator[ChecksScenario]:
    """A house with a linked creator and a forum, on a clock that stands still."""
    database = await open_database(database_in(path), now=0)
    kind = type("Furnished", (ChecksScenario,), {"more": tuple(more)})
    house: ChecksScenario = kind(database, RetryWaits(), SettableClock())
    try:
        await house.link()
        await house.set_up()
        await house.start()
        yield house
        await house.crash()
    finally:
        await database.close()
