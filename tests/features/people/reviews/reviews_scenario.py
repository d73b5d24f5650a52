"""The office of tests/features/inbox/approvals, in which leads look back."""

from dataclasses import dataclass
from typing import Any

from bot.access.permits import Access, Actor, Permit
from bot.access.policy import Action
from bot.engine.outbox import body_place
from bot.features.money.periods.bands import floor_of, shown_to
from bot.features.people.reviews.feature import ReviewsFeature
from bot.features.people.reviews.model import ReviewPage, ReviewWords
from bot.model.events import Person
from bot.relay.replies import ReplyWish
from bot.relay.review_wishes import SentRepliesWish, StoppedRepliesWish
from storage.database import Transaction
from storage.engine import audit_log
from storage.engine.audit_log import AuditEntry
from storage.people import grants
from storage.records import DiscordId, EffectId
from tests.features.inbox.approvals.approvals_scenario import CARL, ITEM, OLA, ApprovalsScenario
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA, whole

PACKS = {"payment": "Payment outside Fanvue", "age": "Minors", "meeting": "Meeting in person"}


@dataclass
class ReviewsScenario:
    """Ola and Pia are managers, who see figures in ranges; Maya owns, and sees them exactly."""

    office: ApprovalsScenario

    @property
    def reviews(self) -> ReviewsFeature:
        """As a process has it that has just been started."""
        return ReviewsFeature(self.office.ground(), ReviewWords(shown_to, floor_of, PACKS))

    async def replies(
        self,
        text: str,
        *,
        after: int = 60_000,
        fan: Person = EMMA,
        by: DiscordId = CARL,
        price: int | None = None,
    ) -> EffectId:
        """A fan writes, and so many milliseconds later somebody's reply goes out."""
        office = self.office
        await office.pass_time(office.waits.claim)  # nobody else answers them any more
        await office.happen(office.wrote("well?", fan))
        await office.pass_time(after)
        wish = await office.wish_by(by, fan)
        media = (ITEM,) if price is not None else ()
        command = await office.replies.stage(ReplyWish(wish, text, price, media))
        await office.replies.accept(command)
        await office.turn()
        return (await office.send_of(command)).id

    async def permits(self, who: DiscordId, action: Action = Action.REVIEW_SENT) -> list[Permit]:
        """What somebody is let in with at this moment."""
        return await Access(self.office.database).permitted(Actor(who, GUILD), action)

    async def looks(self, who: DiscordId = OLA, *, as_file: bool = False, **wish: Any) -> ReviewPage:
        """Somebody uses /team sent."""
        return await self.reviews.sent.look(await self.permits(who), SentRepliesWish(**wish), as_file=as_file)

    async def turns(self, page: ReviewPage, label: str, who: DiscordId = OLA) -> ReviewPage:
        """Somebody presses a button under such a page."""
        return await self.reviews.sent.turn(await self.permits(who), ref_of(page, label))

    async def looks_at_stopped(
        self, who: DiscordId = OLA, *, as_file: bool = False, **wish: Any
    ) -> ReviewPage:
        """Somebody uses /team blocked."""
        permits = await self.permits(who, Action.REVIEW_BLOCKED)
        return await self.reviews.stopped.look(permits, StoppedRepliesWish(**wish), as_file=as_file)

    async def hide_figures(self, who: DiscordId) -> None:
        """The owner has somebody see no figures any more."""
        now = self.office.clock.now()
        kept = grants.GrantRecord(
            "blind", CREATOR, GUILD, "member", who, "manager", "", "money", None, MAYA, now
        )
        await self.office.database.write(lambda tx: grants.put(tx, kept))

    async def becomes(self, effect: EffectId, plain: bytes | None) -> None:
        """What lies in a reply's body from now on; None: something that cannot be opened."""
        place = body_place(effect, CREATOR)
        sealed = b"damaged" if plain is None else self.office.sealer.seal(place, plain)

        async def work(tx: Transaction) -> None:
            await tx.execute("UPDATE outbox SET body_ct = :sealed WHERE id = :id", sealed=sealed, id=effect)

        await self.office.database.write(work)

    async def written(self) -> list[AuditEntry]:
        """What the audit says of looking back, oldest first."""
        lines = await self.office.database.read(lambda tx: audit_log.recent(tx, CREATOR, 99))
        return [line for line in reversed(lines) if line.action.startswith("review.")]


def ref_of(page: ReviewPage, label: str) -> str:
    """What the button carries."""
    return next(button.ref for button in page.post.buttons if button.label == label)


def labels_of(page: ReviewPage) -> list[str]:
    """The buttons."""
    return [button.label for button in page.post.buttons]


def read(page: ReviewPage) -> str:
    """All that a page says."""
    return whole(page.post)
