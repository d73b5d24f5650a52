"""Lists as leads write them and texts meet them."""

from dataclasses import dataclass

from bot.access.permits import Access, Actor, Permit
from bot.access.policy import Action
from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard_words.feature import GuardWordsFeature
from bot.features.inbox.guard_words.word_lists import shared_scope
from bot.model.ports import Post
from bot.text.rejected_input import RejectedInput
from storage.database import Transaction
from storage.people import consents, creators
from storage.records import Creator, CreatorId, DiscordId, DraftId
from tests.confirmations import yes_to
from tests.features.inbox.claims.claims_scenario import ClaimsScenario
from tests.relay.relay_scenario import CREATOR, GUILD, MAYA, whole

LENA = DiscordId(1_300_000_000_000_000_031)
ZOE = CreatorId("8d1f0c52-0000-4000-8000-00000000000f")


@dataclass
class GuardWordsScenario:
    """A creator's list, and that of the server."""

    room: ClaimsScenario

    def __post_init__(self) -> None:
        made = GuardWordsFeature(self.room.ground())
        self.lists, self.keeping, self.importing = made.lists, made.keeping, made.importing

    async def permit(self, action: Action = Action.GUARD_SET, who: DiscordId = LENA) -> Permit:
        """Somebody asks the door."""
        permit = await Access(self.room.database).authorize(Actor(who, GUILD), action, CREATOR)
        assert permit is not None
        return permit

    async def add(self, phrase: str, level: str = "block", *, shared: bool = False) -> str:
        return await self.keeping.add(await self.permit(), phrase, level, shared=shared)

    async def bites(self, text: str) -> dict[str, GuardLevel]:
        """What a text on this server has, as /settings guard test says it."""
        return dict(await self.keeping.test(await self.permit(Action.GUARD_TEST), text))

    async def file(self, *, shared: bool = False) -> str:
        """The words of the exported file, without what explains it."""
        content = (await self.keeping.export(await self.permit(), shared=shared)).content.decode()
        return "".join(line for line in content.splitlines(keepends=True) if not line.startswith("#"))

    async def ask(self, text: str, *, shared: bool = False) -> Post | RejectedInput:
        """Lena sends a file with this text."""
        return await self.importing.ask(await self.permit(Action.GUARD_IMPORT), text.encode(), shared=shared)

    async def press(self, question: Post | RejectedInput, *, replace: bool = False) -> str:
        """Lena presses a button of the question."""
        assert isinstance(question, Post)
        ref = DraftId(question.buttons[0].ref)
        actor = (await self.permit(Action.GUARD_IMPORT)).actor
        return await self.importing.yes(yes_to(Action.GUARD_IMPORT, ref, actor, CREATOR), replace=replace)

    async def damage(self) -> None:
        """Somebody changes the server's list in the database by hand."""
        await self.room.database.write(
            lambda tx: tx.execute(
                "UPDATE guard_words SET body_ct = :body WHERE guild_id = :guild",
                body=b"not sealed",
                guild=shared_scope(GUILD).guild,
            )
        )

    async def another_creator(self) -> None:
        """Zoe comes to the server; Lena does not lead her team."""

        async def work(tx: Transaction) -> None:
            await creators.learn(tx, Creator(ZOE, "zoe", "Zoe"), now=0)
            await consents.give(tx, ZOE, GUILD, "owner", by=MAYA, now=0)
            await consents.give(tx, ZOE, GUILD, "server", by=MAYA, now=0)

        await self.room.database.write(work)


def said(found: Post | RejectedInput) -> str:
    return whole(found.post if isinstance(found, RejectedInput) else found)
