"""Several creators, each linked, set up, lost and repaired, in every order.

Each order is played on a Discord server of its own by people of its own, on one database and one stand-in of
Discord. What people mean is in the names: the role and the channels of @mila begin with "mila".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.access.admission import rooms_for, still_named
from bot.discord import channel_layout
from bot.discord.channel_access import DiscordChannelAccess
from bot.discord.channel_setup import ChannelSetup, SetupWish
from bot.discord.direct_requests import DirectRequests
from bot.discord.setup_rules import SetupMeaning, SetupServer, meant
from bot.engine.effect_handler import Done
from bot.features.people.accounts.question_texts import question, with_rooms
from bot.model.errors import TargetGone
from bot.relay.channel_access import KIND, ChannelAccessHandler
from bot.relay.forum_places import SetupDone
from bot.relay.onboarding import LinkWish, housed
from bot.sandbox.discord import channels
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.model import CATEGORY, FORUM, StandInChannel, StandInGuild
from bot.sandbox.discord.permissions import VIEW_CHANNEL
from bot.sandbox.discord.standalone import BOT_RIGHTS
from bot.sandbox.discord.wire import channel_json
from bot.sandbox.discord.world import DiscordWorld as Discord
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import forums
from storage.people import creators, grants
from storage.people.pending_links import PendingLink
from storage.records import Creator, CreatorId, DiscordId, Forum, Link, LinkId, LinkKind, LinkState
from tests.relay.relay_scenario import RelayScenario

STEPS = ("set up", "deleted", "repaired")  # of one creator's channels, in this order; the link comes anywhere
APPLICATION = 1_000_000_000_000_000_001


class SocketlessDiscord(DirectRequests):
    """Requests to the stand-in of Discord without a socket between: there are thousands of them."""

    def __init__(self, discord: Discord, bot: int) -> None:
        self._discord, self._bot = discord, bot

    async def call(self, method: str, path: str, body: Any = None, **_options: Any) -> Any:
        """What the stand-in's own routes do."""
        try:
            return self._carry_out(method, path, body)
        except DiscordApiError as refused:
            if refused.status == 404:
                raise TargetGone(refused.message) from refused
            raise

    def _carry_out(self, method: str, path: str, body: Any) -> Any:
        world, bot = self._discord, self._bot
        if found := re.fullmatch(r"/guilds/(\d+)/channels", path):
            guild = world.guilds[int(found[1])]
            if method == "POST":
                return channel_json(channels.create(world, guild, bot, body))
            return [channel_json(world.channels[one]) for one in guild.channel_ids]
        which, _, target = path.removeprefix("/channels/").partition("/permissions/")
        channel = world.channel(int(which))
        if target and method == "PUT":
            return channels.set_overwrite(world, channel, bot, int(target), body)
        if target:
            return channels.drop_overwrite(world, channel, bot, int(target))
        return channel_json(channels.modify(world, channel, bot, body) if method == "PATCH" else channel)


def orders(names: Sequence[str], steps: Sequence[str] = STEPS) -> list[tuple[tuple[str, str], ...]]:
    """Every order in which each of these is linked once, and goes through the steps one after the other.

    Which of them is called what is all the same: the first one to do anything is the first name.
    """
    events = [(name, step) for name in names for step in ("linked", *steps)]
    return [one for one in _extended((), frozenset(events), steps) if _first_named(one) == list(names)]


def _extended(
    before: tuple[tuple[str, str], ...], left: frozenset[tuple[str, str]], steps: Sequence[str]
) -> Iterator[tuple[tuple[str, str], ...]]:
    if not left:
        yield before
    for name, step in sorted(left):
        earlier = steps[: steps.index(step)] if step in steps else ()
        if not any((name, one) in left for one in earlier):
            yield from _extended((*before, (name, step)), left - {(name, step)}, steps)


def _first_named(order: Sequence[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for name, _ in order))


@dataclass
class PlacingScenario:
    """One order on its own server. `by_owner`: the owners run /setup themselves, else somebody else does."""

    on: RelayScenario
    discord: Discord
    number: int
    by_owner: bool
    guild: StandInGuild = field(init=False)
    admin: DiscordId = field(init=False)
    curious: int = field(init=False)  # a role that reads what nobody's is yet, by somebody's hand
    roles: dict[str, DiscordId] = field(default_factory=dict)
    owners: dict[str, DiscordId] = field(default_factory=dict)
    asked: int = 0  # how often a /setup asked for whom it is

    def furnish(self, names: Sequence[str]) -> None:
        """A server with an owner and a role for each creator, and a role that nobody lets in."""
        world = self.discord
        admin = world.add_user(f"admin{self.number}")
        self.admin = DiscordId(admin.id)
        self.guild = world.add_guild(f"Server {self.number}", admin)
        self.curious = world.add_role(self.guild, "Curious").id
        world.invite_bot(self.guild, world.applications[APPLICATION], BOT_RIGHTS)
        for name in names:
            self.roles[name] = DiscordId(world.add_role(self.guild, f"{name}-team").id)
            self.owners[name] = DiscordId(world.add_user(f"{name}{self.number}").id)

    @property
    def server(self) -> DiscordId:
        return DiscordId(self.guild.id)

    def creator(self, name: str) -> CreatorId:
        return CreatorId(f"{self.number:08d}-{name}")

    def handle(self, name: str) -> str:
        return f"{name}.{self.number}"

    # ── what people do ──

    async def play(self, name: str, step: str) -> None:
        """One of the steps; Discord follows before the next one."""
        if step == "linked":
            await self._link(name)
        elif step == "deleted":
            self._delete(name)
        else:
            await self._set_up(name, team=step == "set up")
        await self._deliver()
        await self._by_hand()

    async def _link(self, name: str) -> None:
        """The owner reads the question, and says yes to their own forum only."""
        creator, owner = self.creator(name), self.owners[name]
        link = Link(
            LinkId(f"link-{creator}"), creator, owner, self.server, 1, LinkState.ACTIVE, "", self.handle(name)
        )

        async def work(tx: Transaction) -> None:
            now = self.on.clock.now()
            rooms = await rooms_for(tx, creator, self.server)
            pending = with_rooms(_pending(link, name, self.on.ids.new()), rooms, self.on.ids)
            post = question(pending, None, rooms=rooms)
            mine = [one.forum.id for one in rooms.waiting if one.forum.name.startswith(name)]
            ways = [pending.offer(one.ref) for one in post.buttons if one.action == "link.yes"]
            wanted = mine[0] if mine else None
            (way,) = [one for one in ways if one is not None and one.forum == wanted]
            assert all(f"<#{one.forum.id}>" in "\n".join(post.body) for one in rooms.waiting)
            await creators.learn(tx, Creator(creator, link.handle, name.title()), now=now)
            await creators.add_link(tx, link, now=now)
            wish = LinkWish(link, way.forum, await still_named(tx, creator, way.forum, way.team))
            await housed(tx, wish, effects=self.on.effects, dispatch=self.on.driver, ids=self.on.ids, now=now)

        await self.on.database.write(work)

    async def _set_up(self, name: str, *, team: bool) -> None:
        """/setup creator-name, as it was always typed; where it asks for whom, they say it."""
        setup, places = ChannelSetup(SocketlessDiscord(self.discord, self._bot)), self.on.places
        there = await setup.channels(self.server)
        by_id = {DiscordId(int(one["id"])): str(one["name"]) for one in there}
        known = await places.of_guild(self.server)
        server = SetupServer(await places.candidates(self.server), known, by_id)
        found = meant(server, None, name, team=team)
        self.asked += len(found) > 1
        about = self._chosen(found, name)
        me = DiscordId(self._bot)
        made = await setup.run(SetupWish(self.server, me, about, creator_name=name, known=known), there)
        for gone in made.gone:
            await places.remove(gone)
        by = self.owners[name] if self.by_owner else self.admin
        await places.add(made.forum, SetupDone(by, about.creator, self.roles[name] if team else None))

    def _chosen(self, found: Sequence[SetupMeaning], name: str) -> SetupMeaning:
        mine = [one for one in found if one.creator == self.creator(name)]
        return (mine or [one for one in found if one.candidate is None] or list(found))[0]

    async def _by_hand(self) -> None:
        """Somebody lets a role into every channel that is nobody's yet."""
        known, _ = await self.on.database.read(self._known)
        theirs = {which for one in known if one.creator is not None for which in (one.id, one.alerts)}
        for channel in self.channels():
            if channel.type != CATEGORY and channel.id not in theirs:
                body = {"type": 0, "allow": str(VIEW_CHANNEL), "deny": "0"}
                channels.set_overwrite(self.discord, channel, self.admin, self.curious, body)

    def _delete(self, name: str) -> None:
        world = self.discord
        for channel in self.channels():
            if channel.type == FORUM and channel.name.startswith(name):
                channels.delete(world, channel, self.admin)

    async def _deliver(self) -> None:
        deed = ChannelAccessHandler(
            database=self.on.database,
            discord=DiscordChannelAccess(
                SocketlessDiscord(self.discord, self._bot), lambda: DiscordId(self._bot)
            ),
            dispatch=self.on.driver,
            clock=self.on.clock,
        )
        rows = await self.on.database.read(
            lambda tx: tx.all(
                "SELECT * FROM outbox WHERE kind = :kind AND state = 'pending' AND creator_uuid LIKE :mine",
                kind=KIND,
                mine=f"{self.number:08d}-%",
            )
        )
        for effect in map(outbox.effect_of, rows):
            done = await deed.do(effect, self.on.effects.body(effect))

            async def settle(tx: Transaction, done: Any = done, which: str = effect.id) -> None:
                if isinstance(done, Done) and done.then is not None:
                    await done.then(tx)
                await tx.execute("UPDATE outbox SET state = 'done' WHERE id = :id", id=which)

            await self.on.database.write(settle)

    # ── what is so then ──

    async def wrong(self) -> list[str]:
        """Whatever nobody said: a forum of somebody else's, or a role that its owner did not let in."""
        known, let_in = await self.on.database.read(self._known)
        found = [
            f"{one.creator} in #{one.name}"
            for one in known
            if one.creator is not None and not one.name.startswith(one.creator.partition("-")[2])
        ]
        whose: dict[int, CreatorId | None] = {}
        for one in known:
            whose |= {one.id: one.creator, one.alerts: one.creator}
        for channel in self.channels():
            readers = let_in.get(whose.get(channel.id), {self.curious})
            allowed = set() if channel.type == CATEGORY else readers
            found += [f"<@&{role}> in #{channel.name}" for role in self.readers(channel) - allowed]
        return found

    async def homes(self) -> Mapping[str, str | None]:
        """In which channel each creator's fans write."""

        async def work(tx: Transaction) -> dict[str, str | None]:
            found = {name: await forums.of_creator(tx, self.creator(name)) for name in self.owners}
            return {name: one.name if one is not None else None for name, one in found.items()}

        return await self.on.database.read(work)

    async def _known(self, tx: Transaction) -> tuple[list[Forum], Mapping[CreatorId | None, set[int]]]:
        let_in: dict[CreatorId | None, set[int]] = {}
        for name, owner in self.owners.items():
            held = await grants.of_creator(tx, self.creator(name), self.server)
            assert all(one.by == owner for one in held)
            let_in[self.creator(name)] = {one.subject for one in held}
        return await forums.of_guild(tx, self.server), let_in

    def channels(self) -> list[StandInChannel]:
        return [self.discord.channels[one] for one in self.guild.channel_ids]

    def readers(self, channel: StandInChannel) -> set[int]:
        """Roles by which somebody sees a channel."""
        ours = {*self.roles.values(), self.curious}
        return {one.id for one in channel.overwrites.values() if one.id in ours and one.allow & VIEW_CHANNEL}

    @property
    def _bot(self) -> int:
        return self.discord.applications[APPLICATION].user.id


def _pending(link: Link, name: str, ref: str) -> PendingLink:
    return PendingLink(
        id=ref,
        ticket_hash="",
        discord_user=link.discord_user,
        guild=link.guild,
        creator=link.creator,
        handle=link.handle,
        display_name=name.title(),
        scopes="",
        tokens=None,
        state="open",
        expires_at=0,
        kind=LinkKind.OWN,
    )


def stem_of(name: str) -> str:
    """What a creator's forum is called."""
    return channel_layout.names(name)[0]
