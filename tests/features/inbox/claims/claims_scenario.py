"""A team around one waiting fan: Nina and Otto chat, Vera only reads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.access.permits import ActionConfirmation, Actor
from bot.access.policy import Action
from bot.engine.retry import RetryWaits
from bot.features.inbox.claims.feature import ClaimsFeature
from bot.model.events import Person
from bot.model.ports import Post
from bot.relay.replies import ReplyWish
from bot.text.rejected_input import RejectedInput
from storage.database import Transaction
from storage.engine import audit_log
from storage.engine.audit_log import AuditEntry
from storage.engine.connect import open_database
from storage.people import consents, grants
from storage.records import DiscordId, EffectId
from tests.confirmations import yes_to
from tests.database_place import database_in
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA, RelayScenario, told

NINA = DiscordId(1_300_000_000_000_000_021)
OTTO = DiscordId(1_300_000_000_000_000_022)
VERA = DiscordId(1_300_000_000_000_000_023)
LASTS = RetryWaits().claim
REF = "AbCdEfGhIjKlMnOpQr-_12"


class ClaimsScenario(RelayScenario):
    """A world in which members claim fans."""

    questions: dict[DiscordId, str]  # what each member was asked last

    def build(self) -> None:
        """With what members do about claims."""
        super().build()
        self.questions = {}
        opened = ClaimsFeature(self.ground(), self.change)
        self.claiming, self.expiring = opened.claiming, opened.expiring

    async def engage(self, member: DiscordId, role: str) -> None:
        """The owner lets somebody in."""

        async def work(tx: Transaction) -> None:
            await consents.give(tx, CREATOR, GUILD, "owner", by=MAYA, now=0)
            await consents.give(tx, CREATOR, GUILD, "server", by=MAYA, now=0)
            kept = grants.GrantRecord(
                self.ids.new(), CREATOR, GUILD, "member", member, role, "", "", None, MAYA, self.clock.now()
            )
            await grants.put(tx, kept)

        await self.database.write(work)

    async def begins(self, member: DiscordId, fan: Person = EMMA) -> str | None:
        """Somebody presses Reply; what they are shown in the window's place."""
        shown = await self.claiming.begin(member, await self.thread(fan), REF, alone=True)
        return None if shown is None else self._asked(member, shown)

    async def anyway(self, member: DiscordId, fan: Person = EMMA) -> None:
        """Somebody presses Answer anyway."""
        assert await self.claiming.anyway(await self.thread(fan), self.yes(member)) == REF

    async def claims(self, member: DiscordId, fan: Person = EMMA) -> Post | str:
        """/fan claim."""
        found = await self.claiming.claim(member, await self.thread(fan))
        self._asked(member, found)
        return found

    async def takes(self, member: DiscordId, fan: Person = EMMA) -> str:
        """Somebody presses Take over."""
        return await self.claiming.take(await self.thread(fan), self.yes(member))

    async def releases(self, member: DiscordId, fan: Person = EMMA) -> str:
        """/fan release."""
        return await self.claiming.release(member, await self.thread(fan))

    async def hands_over(self, member: DiscordId, to: DiscordId, fan: Person = EMMA) -> str:
        """/fan handover."""
        found = await self.claiming.hand_over(member, await self.thread(fan), Actor(to, GUILD))
        return self._asked(member, found)

    def yes(self, member: DiscordId) -> ActionConfirmation:
        """A member presses the button under what they were asked last."""
        return yes_to(Action.ANSWER_ANYWAY, self.questions[member], Actor(member, GUILD), CREATOR)

    def _asked(self, member: DiscordId, found: Post | str) -> str:
        if not isinstance(found, str):
            self.questions[member] = found.buttons[0].ref
        return words_of(found)

    async def says(self, text: str, member: DiscordId, fan: Person = EMMA) -> EffectId:
        """A member's reply is accepted."""
        wish = replace(self.wish(await self.thread(fan)), actor=member)
        command = await self.replies.stage(ReplyWish(wish, text))
        await self.replies.accept(command)
        return (await self.send_of(command)).id

    async def holder(self, fan: Person = EMMA) -> DiscordId | None:
        """Who answers the fan now."""
        return (await self.talk(fan)).holder(self.clock.now())

    async def written(self) -> list[AuditEntry]:
        """What the audit says of claims, oldest first."""
        lines = await self.database.read(lambda tx: audit_log.recent(tx, CREATOR, 99))
        return [line for line in reversed(lines) if line.action.startswith("talk.")]


def words_of(said: Post | str | RejectedInput) -> str:
    """All that an answer says."""
    if isinstance(said, RejectedInput):
        return told(said.post)
    return said if isinstance(said, str) else told(said)


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[ClaimsScenario]:
    """A room in which Emma waits."""
    database = await open_database(database_in(path), now=0)
    room = ClaimsScenario(database, RetryWaits(), SettableClock())
    try:
        await room.link()
        await room.set_up()
        for member, role in ((NINA, "chatter"), (OTTO, "chatter"), (VERA, "viewer")):
            await room.engage(member, role)
        await room.start()
        await room.greeted()
        yield room
        await room.crash()
    finally:
        await database.close()
