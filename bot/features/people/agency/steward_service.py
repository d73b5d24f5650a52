"""A creator's manager on Fanvue stands in until the owner connects."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.access import questions
from bot.access.admission import OfferedForum, OfferedForums, rooms_for, still_named
from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.model.language import msgid, tr
from bot.relay.context import Context
from bot.relay.onboarding import LinkWish, housed
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.people import creators, managed_creators
from storage.people.managed_creators import ManagedCreator, ManagingAccount
from storage.records import Creator, CreatorId, DiscordId, DraftId, Link, LinkId, LinkKind, LinkState, Millis

CHATTER = "CHATTER"
_ACTION = "steward"
_LIFE: Millis = 600_000


class StewardRefused(Exception):
    """Raised where somebody may not, or where it is not needed; str() is the sentence for them."""


_NO_SUCH = msgid(
    "Your own Fanvue account doesn't manage this creator. Connect it with /link, and choose from the list."
)
_TAKEN = msgid(
    "This creator is already connected, so nobody needs to stand in. See your permissions in /team explain."
)
_ONLY_CHATTER = msgid(
    "Fanvue says that you answer chats for this creator, but not that you manage the "
    "account. Someone who does can stand in, or the owner connects it with /link."
)


@dataclass(frozen=True)
class StewardQuestion:
    """For whom somebody would stand in, where its fans would be shown, and who would be let in by it."""

    id: DraftId
    reach: ManagedCreator
    rooms: OfferedForums

    @property
    def room(self) -> OfferedForum | None:
        """The forum that a yes is about; None where none waits, or several do."""
        return _one(self.rooms)


@dataclass(frozen=True)
class NewSteward:
    """Somebody stands in now. `bound`: there is a forum; `team`: the role that was let in by it."""

    reach: ManagedCreator
    bound: bool
    team: DiscordId | None


class StewardService:
    """Makes and offers links of stewards. Whether somebody may act on this server was asked before."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._trail = ctx.effects.trail

    async def offered(self, user: DiscordId) -> Sequence[ManagedCreator]:
        """The creators for whom this person could stand in."""

        async def work(tx: Transaction) -> list[ManagedCreator]:
            found: dict[CreatorId, ManagedCreator] = {}
            for reach in await managed_creators.of_user(tx, user):
                if await self._why_not(tx, reach) is None:
                    found.setdefault(reach.creator, reach)
            return list(found.values())

        return await self._ctx.database.read(work)

    async def ask(self, user: DiscordId, guild: DiscordId, wanted: str) -> StewardQuestion:
        """Open the question that comes before. Raises StewardRefused."""

        async def work(tx: Transaction) -> StewardQuestion:
            reach, _ = await self._chosen(tx, user, wanted)
            now, rooms = self._ctx.clock.now(), await rooms_for(tx, reach.creator, guild)
            room = _one(rooms)
            draft = Draft(
                id=DraftId(self._ctx.ids.new()),
                action=_ACTION,
                state="open",
                version=1,
                creator=None,  # nobody has connected them yet
                target=json.dumps([reach.creator, room and room.team, room and room.forum.id]),
                owner=user,
                guild=guild,
                settled_by=None,
                settled_at=None,
                created_at=now,
                expires_at=now + _LIFE,
            )
            await drafts.open_draft(tx, draft)
            return StewardQuestion(draft.id, reach, rooms)

        return await self._ctx.database.write(work)

    async def drop(self, user: DiscordId, question: DraftId) -> None:
        async def work(tx: Transaction) -> None:
            await questions.drop(tx, question, user, _ACTION, now=self._ctx.clock.now())

        await self._ctx.database.write(work)

    async def take(self, yes: ActionConfirmation) -> NewSteward:
        """Yes to a question of one's own: stand in from now on. Raises StewardRefused."""

        async def work(tx: Transaction) -> NewSteward:
            now, user = self._ctx.clock.now(), yes.by.user
            draft = await questions.asked(tx, yes, Action.STEWARD, _ACTION)
            if draft is None or not await questions.close(tx, yes, draft, "confirmed", now=now):
                raise StewardRefused(tr("This question has expired. Run /account steward again."))
            guild = draft.guild or yes.by.guild
            assert guild is not None, "it was asked on a server"
            wanted, team, forum = (*json.loads(draft.target), None)[:3]  # an older question names no forum
            reach, way = await self._chosen(tx, user, wanted)
            elsewhere = await self._ctx.serving.admit(tx, reach.creator, guild, now=now)
            if elsewhere is not None:
                raise StewardRefused(elsewhere)
            await creators.learn(tx, Creator(reach.creator, reach.handle, reach.display_name), now=now)
            link = Link(
                id=LinkId(self._ctx.ids.new()),
                creator=reach.creator,
                discord_user=user,
                guild=guild,
                generation=await creators.last_generation(tx, reach.creator) + 1,
                state=LinkState.ACTIVE,
                scopes=way.scopes,
                handle=reach.handle,
                kind=LinkKind.STEWARD,
                via=way.link,
            )
            await creators.add_link(tx, link, now=now)
            named = await still_named(tx, reach.creator, forum, team)
            bound = await housed(
                tx,
                LinkWish(link, forum, named),
                effects=self._ctx.effects,
                dispatch=self._ctx.dispatch,
                ids=self._ctx.ids,
                now=now,
            )
            await self._trail.write(
                tx, "steward.begun", "done", target=link.id, actor=user, creator=link.creator
            )
            return NewSteward(reach, bound, named)

        return await self._ctx.database.write(work)

    async def _chosen(
        self, tx: Transaction, user: DiscordId, wanted: str
    ) -> tuple[ManagedCreator, ManagingAccount]:
        named = [reach for reach in await managed_creators.of_user(tx, user) if _is(reach, wanted)]
        reach = next((one for one in named if (one.role or CHATTER).upper() != CHATTER), None)
        reach = reach or next(iter(named), None)
        if reach is None:
            raise StewardRefused(tr(_NO_SUCH))
        refusal = await self._why_not(tx, reach)
        if refusal is not None:
            raise StewardRefused(refusal)
        ways = [way for way in await managed_creators.ways(tx, reach.creator, user) if way.link == reach.link]
        if not ways:
            raise StewardRefused(tr(_NO_SUCH))
        return reach, ways[0]

    async def _why_not(self, tx: Transaction, reach: ManagedCreator) -> str | None:
        """A sentence; None where somebody may."""
        if await creators.open_link(tx, reach.creator) is not None:
            return tr(_TAKEN)
        if await creators.ever_own(tx, reach.creator):
            return tr(
                "The owner connected this creator and then disconnected it, so nobody can stand in. "
                "Only they can connect it again, with /link."
            )
        # Fanvue may leave the word out; then nothing says that this is more than a chatter.
        return tr(_ONLY_CHATTER) if (reach.role or CHATTER).upper() == CHATTER else None


def _one(rooms: OfferedForums) -> OfferedForum | None:
    """The room that needs no choice."""
    if rooms.own is not None:
        return rooms.own
    return rooms.waiting[0] if len(rooms.waiting) == 1 else None


def _is(reach: ManagedCreator, wanted: str) -> bool:
    handle = wanted.strip().lstrip("@").casefold()
    return wanted == reach.creator or reach.handle.casefold() == handle
