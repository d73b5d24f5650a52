"""The desk of problems with pauses: Maya owns the creator, Nina and Otto chat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.access.permits import Actor
from bot.engine.delivery import Deliveries
from bot.features.people.pausing.feature import make_pausing
from bot.model.events import Person
from bot.model.ports import Post
from bot.relay.replies import ReplyWish
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.people import consents, grants
from storage.records import DiscordId, DraftId, EffectId
from tests.database_place import database_in
from tests.features.operations.problems.problems_scenario import WAITS, ProblemsScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA, told

NINA = DiscordId(1_300_000_000_000_000_021)
OTTO = DiscordId(1_300_000_000_000_000_022)


class PausingScenario(ProblemsScenario):
    """An office in which sending can be paused."""

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        made = super()._deliveries(opener)
        self.pausing, self.lifting, self.today = make_pausing(self.ground())
        return made

    async def engage(self, member: DiscordId, role: str = "chatter") -> None:
        """The owner lets somebody in."""

        async def work(tx: Transaction) -> None:
            await consents.give(tx, CREATOR, GUILD, "owner", by=MAYA, now=0)
            await consents.give(tx, CREATOR, GUILD, "server", by=MAYA, now=0)
            kept = grants.GrantRecord(
                self.ids.new(), CREATOR, GUILD, "member", member, role, "", "", None, MAYA, self.clock.now()
            )
            await grants.put(tx, kept)

        await self.database.write(work)

    async def say(self, text: str, fan: Person = EMMA, *, by: DiscordId = NINA) -> EffectId:
        """A member answers a fan."""
        wish = replace(self.wish(await self.thread(fan)), actor=by, actor_name=f"member {by % 10}")
        command = await self.replies.stage(ReplyWish(wish, text))
        await self.replies.accept(command)
        return (await self.send_of(command)).id

    async def pause(self, member: DiscordId | None = None, *, by: DiscordId = MAYA) -> str:
        """Somebody pauses the creator, or one member."""
        actor = here(by)
        if member is None:
            return words_of(await self.pausing.creator(actor, CREATOR))
        return words_of(await self.pausing.member(actor, CREATOR, here(member)))

    async def off(self, by: DiscordId = MAYA) -> Post | str:
        """Somebody uses /pause off."""
        return await self.lifting.begin(by, GUILD, [CREATOR])

    async def press(self, post: Post | str, label: str, *, by: DiscordId = MAYA) -> Post | str:
        """Somebody presses one of the buttons under an answer."""
        assert isinstance(post, Post)
        (button,) = (one for one in post.buttons if one.label == label)
        ref = DraftId(button.ref)
        match button.action:
            case "pause.lift":
                return await self.lifting.ask(button.ref, by, GUILD)
            case "pause.send" | "pause.drop":
                return await self.lifting.settle(ref, by, send=button.action == "pause.send")
            case _:
                return await self.today.turn(ref, by, texts=button.action == "pause.texts")

    async def small(self, reply: EffectId, fan: Person = EMMA) -> str:
        """What the thread says of a reply."""
        return (await self.shown(reply, fan)).small or ""


def here(user: DiscordId) -> Actor:
    """Somebody on this server."""
    return Actor(user, GUILD)


def words_of(said: Post | str) -> str:
    """All that an answer says."""
    if isinstance(said, str):
        return said
    return "\n".join(filter(None, [said.title, told(said), said.small]))


@asynccontextmanager
async def opened(path: Path, *, clock: SettableClock | None = None) -> AsyncIterator[PausingScenario]:
    """A lodge with a linked creator, a forum, and two chatters."""
    database = await open_database(database_in(path), now=0)
    lodge = PausingScenario(database, WAITS, clock or SettableClock())
    try:
        await lodge.link()
        await lodge.set_up()
        await lodge.engage(NINA)
        await lodge.engage(OTTO)
        await lodge.start()
        yield lodge
        await lodge.crash()
    finally:
        await database.close()
