"""A creator leaves a server by one side's word, and comes back by the same side's.

From the commit of that word on nothing new of the creator is posted there (`bot.engine.server_consent`), and
no grant counts there (`bot.access.permits`). What comes in meanwhile is kept.
"""

import json

from bot.access import questions
from bot.access.permits import ActionConfirmation, Actor
from bot.access.policy import Action
from bot.access.questions import ConfirmationQuestion
from bot.engine.member_languages import to_member
from bot.engine.outbox import EffectRequest, pack_post
from bot.engine.server_consent import away, go_on
from bot.engine.streams import owner_stream
from bot.features.people.team import place_texts as wording
from bot.features.people.team.places import OWNER, TeamPlace, named, places_of
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import consents, creators
from storage.records import DraftId

_KIND = f"{Action.TEAM_LEAVE}.propose"


class CreatorLeaveService:
    """Takes the words of both sides. For which side somebody speaks is looked up with each of them."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def offered(self, actor: Actor, typed: str, *, back: bool) -> list[tuple[str, str]]:
        """The choices for `creator`: words and value."""
        found = await self._ctx.database.read(lambda tx: self._open(tx, actor, back=back))
        wanted = typed.casefold().lstrip("@")
        return [(wording.name(one), one.ref) for one in found if wanted in one.handle.casefold()]

    async def ask(self, actor: Actor, wanted: str | None) -> Post | str | None:
        """The question before a creator leaves; None: there is nothing about which they may say so."""

        async def work(tx: Transaction) -> Post | str | None:
            found = named(await self._open(tx, actor, back=False), wanted)
            if len(found) != 1:
                return tr(wording.WHICH) if found else None
            place, now = found[0], self._ctx.clock.now()
            about = {"place": place.ref, "side": place.next_to_leave}
            asking = ConfirmationQuestion(_KIND, actor.user, actor.guild, place.creator, about)
            ref = await questions.ask(tx, asking, DraftId(self._ctx.ids.new()), now=now)
            return wording.question(place, ref)

        return await self._ctx.database.write(work)

    async def leave(self, yes: ActionConfirmation) -> str | None:
        """The second press: the word that the question named is taken back. None as in `ask`."""
        actor, now = yes.by, self._ctx.clock.now()

        async def work(tx: Transaction) -> str | None:
            draft = await questions.asked(tx, yes, Action.TEAM_LEAVE, _KIND)
            about = json.loads(draft.target) if draft is not None else {}
            places = await places_of(tx, self._ctx.effects.ids, actor)
            place = next((one for one in places if one.ref == about.get("place")), None)
            if draft is None or place is None:
                return None
            side = next((one for one in place.sides if one == about["side"]), None)
            if side is None:
                return None
            if not place.holds(side):
                return wording.left_already(place)
            if not await questions.close(tx, yes, draft, "left", now=now):
                return tr(wording.OVER)
            await consents.withdraw(tx, place.creator, place.guild, side, by=actor.user, now=now)
            await self._note(tx, actor, place, "team.leave", side)
            if side != OWNER:
                await self._tell_owner(tx, place)
            return wording.left(place)

        return await self._ctx.database.write(work)

    async def stay(self, actor: Actor, ref: str) -> str:
        now = self._ctx.clock.now()
        await self._ctx.database.write(
            lambda tx: questions.drop(tx, DraftId(ref), actor.user, _KIND, now=now)
        )
        return tr(wording.KEPT)

    async def back(self, actor: Actor, wanted: str | None) -> str | None:
        """Give the word again; waiting effects go on once both sides say yes. None as in `ask`."""

        async def work(tx: Transaction) -> str | None:
            found = named(await self._open(tx, actor, back=True), wanted)
            if len(found) != 1:
                return tr(wording.WHICH) if found else None
            place, now = found[0], self._ctx.clock.now()
            for side in place.sides:
                if place.taken_back(side):
                    await consents.give(tx, place.creator, place.guild, side, by=actor.user, now=now)
                    await self._note(tx, actor, place, "team.return", side)
            there = await consents.both(tx, place.creator, place.guild)
            if there and not await away(tx, place.creator):
                await go_on(tx, self._ctx.dispatch, place.creator, now=now)
            return wording.returned(place, there=there)

        return await self._ctx.database.write(work)

    async def _open(self, tx: Transaction, actor: Actor, *, back: bool) -> list[TeamPlace]:
        found = await places_of(tx, self._ctx.effects.ids, actor)
        return [
            place
            for place in found
            if any(place.taken_back(side) if back else place.holds(side) for side in place.sides)
        ]

    async def _tell_owner(self, tx: Transaction, place: TeamPlace) -> None:
        link = await creators.open_link(tx, place.creator)
        if link is None:
            return  # there is nobody whom it would be told
        async with to_member(tx, link.discord_user, place.creator):
            post = wording.owner_is_told(place)
        wanted = EffectRequest(
            network="discord",
            kind="owner.tell",
            stream=owner_stream(place.creator),
            creator=place.creator,
            cause=self._ctx.ids.new(),
            part="left",
            body={"post": pack_post(post)},
        )
        await self._ctx.effects.add(tx, wanted)

    async def _note(self, tx: Transaction, actor: Actor, place: TeamPlace, action: str, side: str) -> None:
        await self._ctx.effects.trail.write(
            tx,
            action,
            f"as the {side}",
            target=f"server:{place.guild}",
            actor=actor.user,
            creator=place.creator,
        )
