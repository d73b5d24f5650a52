"""Finds the member whose turn it is, among those who may answer and are not away."""

from collections.abc import Collection

from bot.access.permits import Actor, authorize
from bot.access.policy import Action
from bot.features.inbox.routing.rules import RoutingRule
from bot.model.discord_ports import MembershipPort
from bot.relay.ping_recipients import crew_of
from bot.relay.pings import quiet_now
from bot.text.quiet_hours import quiet_for
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Database, Transaction
from storage.inbox import forums, pings, routing_offers
from storage.money import digests
from storage.people import pauses
from storage.records import CreatorId, DiscordId, Millis

_ASKED = 25  # members whom Discord is asked about for one fan
_REMEMBERED: Millis = 600_000  # how long somebody without a role counts as without it


class RoutingCandidates:
    """Discord lists nobody's role, so members whom the bridge knows are asked about one by one."""

    def __init__(self, *, database: Database, members: MembershipPort) -> None:
        self._database = database
        self._members = members
        self._without: dict[tuple[DiscordId, DiscordId], Millis] = {}  # who lacked a role, and when

    async def choose(
        self,
        creator: CreatorId,
        rule: RoutingRule,
        *,
        now: Millis,
        quiet: bool = True,
        without: DiscordId | None = None,
    ) -> DiscordId | None:
        """Whose turn it is; None: nobody fits.

        `quiet`: whether quiet hours and pauses count. `without`: who has just let the fan go.
        """

        async def work(tx: Transaction) -> tuple[DiscordId | None, list[DiscordId]]:
            forum = await forums.of_creator(tx, creator)
            if forum is None or (quiet and await quiet_now(tx, creator, now)):
                return None, []
            if rule.target_kind == "member":
                known = [rule.target]
            else:
                known = await self._in_turn(tx, creator)
            away = await self._away(tx, creator, known, now) if quiet else set()
            return forum.guild, [one for one in known if one not in away and one != without]

        guild, found = await self._database.read(work)
        if guild is None:
            return None
        likely = [one for one in found if not self._lacks(rule.target, one, now)]
        for member in likely[:_ASKED]:
            if await self._fits(creator, guild, rule, member, now):
                return member
        return None

    async def _in_turn(self, tx: Transaction, creator: CreatorId) -> list[DiscordId]:
        """Members who may be in a role, the one who was offered a fan longest ago first.

        Known are those who chose pings, answered a fan last, or have a grant of their own.
        """
        team, turns = await crew_of(tx, creator), await routing_offers.turns(tx, creator)
        known = await routing_offers.known_members(tx, creator)
        if team is not None:
            known |= {one.subject for one in team.given if one.kind == "member"}
        return sorted(known, key=lambda one: (turns.get(one, 0), one))

    async def _fits(
        self, creator: CreatorId, guild: DiscordId, rule: RoutingRule, member: DiscordId, now: Millis
    ) -> bool:
        roles = await self._members.roles(guild, member)
        if roles is None or (rule.target_kind == "role" and rule.target not in roles):
            if rule.target_kind == "role":
                self._without[rule.target, member] = now
            return False
        actor = Actor(member, guild, frozenset(roles))
        return await self._database.read(lambda tx: authorize(tx, actor, Action.REPLY, creator)) is not None

    def _lacks(self, role: DiscordId, member: DiscordId, now: Millis) -> bool:
        """Whether they lacked it a moment ago. So one fan after the other gets further down a long list."""
        since = self._without.get((role, member))
        if since is not None and now - since < _REMEMBERED:
            return True
        self._without.pop((role, member), None)
        return False

    async def _away(
        self, tx: Transaction, creator: CreatorId, known: Collection[DiscordId], now: Millis
    ) -> set[DiscordId]:
        """Those of them who want quiet now, or may send nothing."""
        zone = await digests.zone(tx, creator) or DEFAULT_ZONE
        away = {
            choice.member
            for choice in await pings.every(tx, creator)
            if quiet_for(choice, now, zone_of(choice.zone or zone))
        }
        return away | {one for one in known if await pauses.over(tx, creator, one) is not None}
