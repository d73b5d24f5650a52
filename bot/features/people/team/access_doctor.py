"""The access doctor: on demand, and weekly in the alerts when something changed."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.access.channel_view import See, ServerView
from bot.access.permits import Permit, grant_of
from bot.engine.guild_routing import GuildRouting
from bot.engine.outbox import EffectRequest, Effects, pack_post
from bot.engine.streams import alert_stream
from bot.features.people.team import access_texts as wording
from bot.features.people.team.access_rules import AccessFindings, TeamAccess, findings, without_a_word
from bot.model.errors import DeliveryFailed
from bot.model.language import ENGLISH, speaking, tr
from bot.model.ports import Clock, Post
from storage.database import Database, Transaction
from storage.engine import audit_log
from storage.inbox import forums
from storage.people import access_drifts, consents, creators, grants
from storage.people.access_drifts import Drift
from storage.records import CreatorId, DiscordId, Millis

log = logging.getLogger(__name__)

_WEEK: Millis = 7 * 86_400_000
_KNOWN = 5000  # of those who did something, the latest
Words = Callable[
    [AccessFindings, int, str], Post
]  # what was found, how many were not looked at, the button's reference


@dataclass(frozen=True)
class AccessCheckPlan:
    """The check of one creator, and the people known by name."""

    handle: str
    team: TeamAccess
    known: tuple[DiscordId, ...]


class AccessDoctor:
    """Compares Discord's permissions with the grants. Who may ask is checked before."""

    def __init__(self, *, database: Database, effects: Effects, clock: Clock, serving: GuildRouting) -> None:
        self._serving = serving
        self._database = database
        self._effects = effects
        self._clock = clock

    async def examine(self, permit: Permit, see: See, page: int = 1) -> Post | str:
        """A page of the mismatches on this server now. Raises a failure of `bot.model.errors`."""
        creator = permit.creator
        assert creator is not None, "the action is about a creator"
        plan = await self._database.read(lambda tx: _plan(tx, creator))
        if plan is None or plan.team.forums[0].guild != permit.actor.guild:
            return tr(wording.NO_FORUM)
        seen = await _seen(plan, see)
        if seen is None:
            return tr(wording.NOT_THERE)
        return wording.examined(plan.handle, findings(seen, plan.team), seen, page)

    async def look(self, see: See) -> None:
        """Every creator whose last look is a week old; a report only where something changed since then."""
        for creator in await self._database.read(self._due):
            try:
                await self._look_at(creator, see)
            except DeliveryFailed as failed:
                log.warning("who reads a creator's channels could not be looked at: %s", failed.reason)

    async def look_at_roles(self, see: See) -> None:
        """As the bridge starts: every creator whose weekly look is not due, for roles that nobody let in.

        Three requests for each of them; a report only where it is not what was told of them before.
        """
        for creator in await self._database.read(self._not_due):
            try:
                await self._look_at_roles(creator, see)
            except DeliveryFailed as failed:
                log.warning("who reads a creator's channels could not be looked at: %s", failed.reason)

    async def _looked_after(self, tx: Transaction) -> list[CreatorId]:
        """Creators who are on a server of this bot."""
        found = set()
        for forum in await forums.every(tx):
            if forum.creator is None or not await consents.both(tx, forum.creator, forum.guild):
                continue
            if await self._serving.serves(tx, forum.guild):  # only that server's own bot sees it
                found.add(forum.creator)
        return sorted(found)

    async def _not_due(self, tx: Transaction) -> list[CreatorId]:
        due = await self._due(tx)
        return [creator for creator in await self._looked_after(tx) if creator not in due]

    async def _due(self, tx: Transaction) -> list[CreatorId]:
        due = []
        for creator in await self._looked_after(tx):
            last = await access_drifts.get(tx, creator)
            if last is None or last.looked_at + _WEEK <= self._clock.now():
                due.append(creator)
        return due

    async def _look_at(self, creator: CreatorId, see: See) -> None:
        plan = await self._database.read(lambda tx: _plan(tx, creator))
        seen = await _seen(plan, see) if plan is not None else None
        if plan is None or seen is None:
            return
        found, roles = findings(seen, plan.team), _hash_of_roles(seen, plan.team)
        shows = _hash_of_all(seen, plan.team)

        async def work(tx: Transaction) -> None:
            last, now = await access_drifts.get(tx, creator), self._clock.now()
            await access_drifts.keep(tx, creator, Drift(now, shows, roles))
            if last is None or last.shows != shows:
                await self._report(tx, creator, wording.weekly, found, seen.unasked, now)

        await self._database.write(work)

    async def _look_at_roles(self, creator: CreatorId, see: See) -> None:
        plan = await self._database.read(lambda tx: _plan(tx, creator))
        seen = await _seen(replace(plan, known=()), see) if plan is not None else None
        if plan is None or seen is None:
            return
        told, roles = without_a_word(seen, plan.team), _hash_of_roles(seen, plan.team)

        async def work(tx: Transaction) -> None:
            last, now = await access_drifts.get(tx, creator), self._clock.now()
            if last is None or last.roles == roles:
                return
            await access_drifts.keep(tx, creator, replace(last, roles=roles))
            if told:
                await self._report(tx, creator, wording.at_start, AccessFindings(told), 0, now)

        await self._database.write(work)

    async def _report(  # about whom, in which words, what, when
        self,
        tx: Transaction,
        creator: CreatorId,
        words: Words,
        found: AccessFindings,
        unasked: int,
        now: Millis,
    ) -> None:
        cause = f"drift:{creator}:{now}:{words.__name__}"
        post = words(found, unasked, self._effects.ids.effect(cause, "report"))
        await self._effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind="alert",
                stream=alert_stream(creator),
                creator=creator,
                cause=cause,
                part="report",
                body={"post": pack_post(post)},
            ),
        )


def _hash_of_all(seen: ServerView, team: TeamAccess) -> str:
    """In one language throughout: what is compared is what was found, and not in whose words."""
    with speaking(ENGLISH):
        found = findings(seen, team)
        return _hash([*found.settle, *found.beside])


def _hash_of_roles(seen: ServerView, team: TeamAccess) -> str:
    with speaking(ENGLISH):
        return _hash(without_a_word(seen, team))


def _hash(told: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


async def _seen(plan: AccessCheckPlan, see: See) -> ServerView | None:
    channels = tuple(channel for _, channel in plan.team.channels)
    return await see(plan.team.forums[0].guild, channels, plan.known)


async def _plan(tx: Transaction, creator: CreatorId) -> AccessCheckPlan | None:
    forum = await forums.of_creator(tx, creator)
    if forum is None:
        return None
    link, known = await creators.open_link(tx, creator), await creators.get(tx, creator)
    own = [one for one in await forums.of_guild(tx, forum.guild) if one.creator == creator]
    held = [grant_of(row) for row in await grants.of_creator(tx, creator, forum.guild)]
    named = [grant.subject for grant in held if grant.kind == "member"]
    acted = await audit_log.actors(tx, creator, limit=_KNOWN)
    return AccessCheckPlan(
        handle=known.handle if known is not None else "",
        team=TeamAccess(own, link.discord_user if link is not None else None, held),
        known=tuple(dict.fromkeys([*named, *acted])),
    )
