"""The access doctor: on demand, and weekly in the alerts when something changed."""

import hashlib
import logging
from dataclasses import dataclass

from bot.access.permits import Permit, grant_of
from bot.access.seeing import See, Seen
from bot.relay.effects import Effects, Wanted, pack_post
from bot.relay.errors import DeliveryFailed
from bot.relay.ports import Clock, Post
from bot.relay.serving import Serving
from bot.relay.streams import alert_stream
from bot.team import wording_access as wording
from bot.team.findings import Found, Team, findings
from storage import audit, consents, creators, drifts, forums, grants
from storage.database import Database, Transaction
from storage.drifts import Drift
from storage.records import CreatorId, DiscordId, Millis

log = logging.getLogger(__name__)

_WEEK: Millis = 7 * 86_400_000
_KNOWN = 5000  # of those who did something, the latest


@dataclass(frozen=True)
class Plan:
    """What is looked at for one creator, and who is known by name."""

    handle: str
    team: Team
    known: tuple[DiscordId, ...]


class Overseeing:
    """Compares Discord's permissions with the grants. Who may ask is checked before."""

    def __init__(self, *, database: Database, effects: Effects, clock: Clock, serving: Serving) -> None:
        self._serving = serving
        self._database = database
        self._effects = effects
        self._clock = clock

    async def examine(self, permit: Permit, see: See, page: int = 1) -> Post | str:
        """What does not fit on this server now, a page of it. Raises a failure of `bot.relay.errors`."""
        creator = permit.creator
        assert creator is not None, "the action is about a creator"
        plan = await self._database.read(lambda tx: _plan(tx, creator))
        if plan is None or plan.team.forums[0].guild != permit.actor.guild:
            return wording.NO_FORUM
        seen = await _seen(plan, see)
        if seen is None:
            return wording.NOT_THERE
        return wording.examined(plan.handle, findings(seen, plan.team), seen, page)

    async def look(self, see: See) -> None:
        """Every creator whose last look is a week old; a report only where something changed since then."""
        for creator in await self._database.read(self._due):
            try:
                await self._look_at(creator, see)
            except DeliveryFailed as failed:
                log.warning("who reads a creator's channels could not be looked at: %s", failed.reason)

    async def _due(self, tx: Transaction) -> list[CreatorId]:
        due = []
        for forum in await forums.every(tx):
            if forum.creator is None or not await consents.both(tx, forum.creator, forum.guild):
                continue
            if not await self._serving.serves(tx, forum.guild):
                continue  # only that server's own bot sees it
            last = await drifts.get(tx, forum.creator)
            if last is None or last.looked_at + _WEEK <= self._clock.now():
                due.append(forum.creator)
        return sorted(set(due))

    async def _look_at(self, creator: CreatorId, see: See) -> None:
        plan = await self._database.read(lambda tx: _plan(tx, creator))
        seen = await _seen(plan, see) if plan is not None else None
        if plan is None or seen is None:
            return
        found = findings(seen, plan.team)
        shows = hashlib.sha256("\n".join([*found.settle, *found.beside]).encode()).hexdigest()

        async def work(tx: Transaction) -> None:
            last, now = await drifts.get(tx, creator), self._clock.now()
            await drifts.keep(tx, creator, Drift(now, shows))
            if last is None or last.shows != shows:
                await self._report(tx, creator, found, seen.unasked, now)

        await self._database.write(work)

    async def _report(
        self, tx: Transaction, creator: CreatorId, found: Found, unasked: int, now: Millis
    ) -> None:
        cause = f"drift:{creator}:{now}"
        post = wording.weekly(found, unasked, self._effects.ids.effect(cause, "report"))
        await self._effects.add(
            tx,
            Wanted(
                network="discord",
                kind="alert",
                stream=alert_stream(creator),
                creator=creator,
                cause=cause,
                part="report",
                body={"post": pack_post(post)},
            ),
        )


async def _seen(plan: Plan, see: See) -> Seen | None:
    channels = tuple(channel for _, channel in plan.team.channels)
    return await see(plan.team.forums[0].guild, channels, plan.known)


async def _plan(tx: Transaction, creator: CreatorId) -> Plan | None:
    forum = await forums.of_creator(tx, creator)
    if forum is None:
        return None
    link, known = await creators.open_link(tx, creator), await creators.get(tx, creator)
    own = [one for one in await forums.of_guild(tx, forum.guild) if one.creator == creator]
    held = [grant_of(row) for row in await grants.of_creator(tx, creator, forum.guild)]
    named = [grant.subject for grant in held if grant.kind == "member"]
    acted = await audit.actors(tx, creator, limit=_KNOWN)
    return Plan(
        handle=known.handle if known is not None else "",
        team=Team(own, link.discord_user if link is not None else None, held),
        known=tuple(dict.fromkeys([*named, *acted])),
    )
