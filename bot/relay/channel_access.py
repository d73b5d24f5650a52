"""The roles that see a creator's channels: those that its owner's side let in.

A grant, or its withdrawal, adds this effect in the same transaction. The state it makes true is looked up
when it is carried out, so the last word counts in any order of these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.permits import grant_of
from bot.access.policy import CHANNELS, ChannelKind
from bot.engine.dispatch import Dispatch
from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.server_consent import go_on
from bot.model.errors import TargetGone
from bot.model.language import msgid
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.inbox import forums
from storage.people import grants
from storage.records import CreatorId, DiscordId, Effect, Stream

KIND = "access.roles"


@dataclass(frozen=True)
class ChannelReaders:
    """The readers of one channel. Those who have the server by Discord's own right see it besides."""

    roles: Mapping[DiscordId, bool]  # whether they may write in its threads
    members: frozenset[DiscordId] = frozenset()  # whom a hand may have let in, and who are granted it
    out: frozenset[DiscordId] = frozenset()  # roles about which it was decided, and that see it no more


class ChannelAccessPort(Protocol):
    """A Discord on which a channel can be opened to roles, and closed. All of it may be repeated."""

    async def put_right(
        self, channel: DiscordId, guild: DiscordId, readers: ChannelReaders, *, only: bool
    ) -> None:
        """Show it to these roles, hide it from those out. TargetGone: there is no such channel.

        `only`: to nobody else, no matter who let them in.
        """


async def follow(  # about whom, where, by which word
    tx: Transaction,
    effects: Effects,
    creator: CreatorId,
    guild: DiscordId,
    *,
    cause: str,
    only: bool = False,
) -> None:
    """Have Discord show the creator's channels to whom they are granted; `only` as in the port."""
    await effects.add(
        tx,
        EffectRequest(
            network="discord",
            kind=KIND,
            stream=Stream(f"ac:{creator}:roles:{guild}"),
            creator=creator,
            cause=cause,
            part=f"roles:{guild}",
            body={"guild": guild, "only": only},
        ),
    )


async def readers_of(
    tx: Transaction, creator: CreatorId, guild: DiscordId, channel: ChannelKind
) -> ChannelReaders:
    """The readers who are granted such a channel now."""
    opens, held = CHANNELS[channel], [grant_of(row) for row in await grants.of_creator(tx, creator, guild)]
    seeing = [one for one in held if opens.sees is not None and opens.sees in one.permissions]
    roles = {one.subject: opens.writes in one.permissions for one in seeing if one.kind == "role"}
    return ChannelReaders(
        roles=roles,
        members=frozenset(one.subject for one in seeing if one.kind == "member"),
        out=frozenset(await grants.roles_ever(tx, creator, guild)) - set(roles),
    )


class ChannelAccessHandler(EffectHandler):
    """All channels of one creator on one server."""

    on_server = False  # it takes something away, too, and what is shown waits for it

    def __init__(
        self, *, database: Database, discord: ChannelAccessPort, dispatch: Dispatch, clock: Clock
    ) -> None:
        self._database = database
        self._discord = discord
        self._dispatch = dispatch
        self._clock = clock

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Correct one channel after the other; one that is gone shows nothing."""
        guild = DiscordId(body["guild"])
        channels = await self._database.read(lambda tx: _channels(tx, effect.creator, guild))
        for channel, readers in channels:
            try:
                await self._discord.put_right(channel, guild, readers, only=body["only"])
            except TargetGone:
                continue

        async def then(tx: Transaction) -> None:
            if body["only"] and await forums.ready(tx, effect.creator, guild):
                await go_on(tx, self._dispatch, effect.creator, now=self._clock.now())

        return Done(then=then) if channels else Moot(msgid("This creator has no channels on that server."))


async def _channels(
    tx: Transaction, creator: CreatorId, guild: DiscordId
) -> Sequence[tuple[DiscordId, ChannelReaders]]:
    own = [forum for forum in await forums.of_guild(tx, guild) if forum.creator == creator]
    if not own:
        return []
    rooms = await readers_of(tx, creator, guild, ChannelKind.FORUM)
    alerts = await readers_of(tx, creator, guild, ChannelKind.ALERTS)
    return [
        *((forum.id, rooms) for forum in own),
        *((channel, alerts) for channel in dict.fromkeys(forum.alerts for forum in own)),
    ]
