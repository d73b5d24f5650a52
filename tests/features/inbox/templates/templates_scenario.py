"""Templates as somebody writes, finds and uses them."""

from dataclasses import dataclass

from bot.access.permits import Access, Actor, Permit
from bot.access.policy import Action
from bot.features.inbox.templates.feature import TemplatesFeature
from bot.model.ports import MessageToFan, Post
from bot.relay.message_template import TypedTemplate
from bot.text.rejected_input import RejectedInput
from storage.database import Transaction
from storage.people import consents, creators
from storage.records import Creator, CreatorId, DiscordId, DraftId
from tests.features.inbox.claims.claims_scenario import NINA, ClaimsScenario
from tests.relay.relay_scenario import CREATOR, GUILD, MAYA, whole

LENA = DiscordId(1_300_000_000_000_000_031)
ZOE = CreatorId("8d1f0c52-0000-4000-8000-00000000000f")
ITEM = "0a0a0a0a-0000-4000-8000-000000000001"


@dataclass
class TemplatesScenario:
    """A creator's templates, and those of the server."""

    room: ClaimsScenario

    def __post_init__(self) -> None:
        opened = TemplatesFeature(self.room.ground())
        self.finding, self.keeping, self.filling = opened.finding, opened.keeping, opened.filling
        self.handing, self.importing = opened.handing, opened.importing

    async def permit(self, who: DiscordId, action: Action = Action.TEMPLATE_USE) -> Permit:
        """Somebody asks the door."""
        permit = await Access(self.room.database).authorize(Actor(who, GUILD), action, CREATOR)
        assert permit is not None
        return permit

    async def lead(self) -> Permit:
        """Lena may write templates."""
        return await self.permit(LENA, Action.TEMPLATE_EDIT)

    async def write(self, typed: TypedTemplate, *, shared: bool = False) -> Post:
        """Lena sends the window of a new one; what she is shown."""
        opened = await self.keeping.begin(await self.lead(), shared=shared)
        return await self.save(opened.ref, typed)

    async def save(self, window: DraftId, typed: TypedTemplate) -> Post:
        """Lena sends a window; what she is shown."""
        said = await self.keeping.save(await self.lead(), window, typed)
        return said.post if isinstance(said, RejectedInput) else said

    async def names(self, typed: str = "", who: DiscordId = NINA) -> list[str]:
        """What is offered to somebody who types."""
        return [words for words, _ in await self.finding.like(await self.permit(who), typed)]

    async def fill(self, name: str) -> MessageToFan:
        """What Emma would read."""
        permit = await self.permit(NINA)
        return (await self.filling.fill(permit, await self.room.thread(), name)).message

    async def show(self, name: str) -> str:
        """What Nina reads of one."""
        return whole(await self.finding.show(await self.permit(NINA), name))

    async def another_creator(self) -> None:
        """Zoe comes to the server; Lena does not lead her team."""

        async def work(tx: Transaction) -> None:
            await creators.learn(tx, Creator(ZOE, "zoe", "Zoe"), now=0)
            await consents.give(tx, ZOE, GUILD, "owner", by=MAYA, now=0)
            await consents.give(tx, ZOE, GUILD, "server", by=MAYA, now=0)

        await self.room.database.write(work)
