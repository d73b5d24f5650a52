"""Servers that do not let the bot act: remembered, and told to the owner (D5).

What waits for such a server is kept and tried again by itself; this is about people knowing of it.
"""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.engine.member_languages import to_member
from bot.engine.outbox import EffectRequest, pack_post, unpack_post
from bot.engine.streams import owner_stream
from bot.features.operations.problems import texts
from bot.model.discord_ports import PrivateMessagePort
from bot.model.errors import BotForbidden, DeliveryRefused, TargetGone
from bot.model.language import english, msgid, tr
from bot.relay.context import Context
from storage.database import Database, Transaction
from storage.engine import outbox
from storage.errors import DatabaseUnreachable
from storage.inbox import forums
from storage.operations import paused_targets
from storage.operations.paused_targets import PausedTarget
from storage.people import creators
from storage.records import CreatorId, DiscordId, Effect, EffectId, Millis

log = logging.getLogger(__name__)

KIND = "owner.tell"
_QUIET: Millis = 86_400_000  # rights that come and go are told once a day
_PATIENCE = 5.0
_REMOVED = msgid("The bot was removed from the server. Invite it again; /setup repairs what is missing.")


class LostTargetHandler(EffectHandler):
    """A private message to the person who linked. Of unknown fate it counts as told: never twice."""

    settling = SettlingMethod.SEARCH
    on_server = False

    def __init__(self, *, database: Database, private: PrivateMessagePort) -> None:
        self._database = database
        self._private = private

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Tell them, if they are still linked and take private messages."""
        link = await self._database.read(lambda tx: creators.open_link(tx, effect.creator))
        if link is None:
            return Moot(english("Nobody is linked now."))
        try:
            await self._private.tell(link.discord_user, unpack_post(body["post"]), nonce=effect.nonce)
        except (DeliveryRefused, BotForbidden, TargetGone) as closed:
            log.warning("an owner could not be told privately: %s", closed.reason)
            return Moot(closed.reason)
        return Done()

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Done: told perhaps, but surely not twice."""
        return Done()


class LostTargetWatcher:
    """Takes notes of what deliveries and Discord tell; `run` acts on them."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._paused: set[CreatorId] = set()
        self._forbidden: dict[CreatorId, EffectId] = {}  # at most every creator once, like the others
        self._worked: set[CreatorId] = set()
        self._removed: set[DiscordId] = set()
        self._changed = asyncio.Event()

    def noticed(self, effect: Effect, how: str) -> None:
        """A delivery of Discord's ended so."""
        if effect.network != "discord" or effect.kind in (KIND, "answer"):
            return
        if how == "forbidden" and effect.creator not in self._paused:
            self._forbidden.setdefault(effect.creator, effect.id)
            self._changed.set()
        elif how in {"done", "parked"} and effect.creator in self._paused:
            self._worked.add(effect.creator)
            self._changed.set()

    def removed(self, guild: DiscordId) -> None:
        """The bot is no longer on this server."""
        self._removed.add(guild)
        self._changed.set()

    async def probe(self) -> str | None:
        """For /readyz: the problem; None when all is well."""
        found = await self._ctx.database.read(paused_targets.all_paused)
        if not found:
            return None
        minutes = (self._ctx.clock.now() - found[0].since) // 60_000
        return tr(
            "Discord is blocking the bot for {number} creator(s), the longest for {minutes} min.",
            number=len(found),
            minutes=minutes,
        )

    async def run(
        self,
        beat: Callable[[], None],
        *,
        pause: float = 1.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Act on notes for ever."""
        while True:
            beat()
            try:
                await self.act()
            except DatabaseUnreachable as error:
                log.warning("notes of servers are let go: %s", error)
            await sleep(pause)
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._changed.wait()
            except TimeoutError:
                continue

    async def act(self) -> None:
        """Act on what was noted until now."""
        self._changed.clear()
        forbidden, self._forbidden = self._forbidden, {}
        worked, self._worked = self._worked, set()
        removed, self._removed = self._removed, set()
        now = self._ctx.clock.now()

        async def work(tx: Transaction) -> None:
            for creator, id_ in forbidden.items():
                effect = await outbox.get(tx, id_)
                reason = effect.reason if effect is not None and effect.reason else texts.NO_RIGHTS
                await self._lost(tx, PausedTarget(creator, now, reason, id_))
            for guild in sorted(removed):
                ours = await self._ctx.serving.serves(tx, guild)
                for creator in await _of_guild(tx, guild) if ours else []:
                    await self._lost(tx, PausedTarget(creator, now, _REMOVED, None))
            for creator in worked:
                await paused_targets.back(tx, creator, now=now)

        if forbidden or worked or removed:
            await self._ctx.database.write(work)
        # Another process may have been refused there, or let in again.
        self._paused = {target.creator for target in await self._ctx.database.read(paused_targets.all_paused)}

    async def _lost(self, tx: Transaction, target: PausedTarget) -> None:
        if await paused_targets.lost(tx, target, quiet=_QUIET):
            creator, link = (
                await creators.get(tx, target.creator),
                await creators.open_link(tx, target.creator),
            )
            if link is None:
                return
            async with to_member(tx, link.discord_user, target.creator):
                post = texts.lost_target(creator.handle if creator else "", target.reason)
            wanted = EffectRequest(
                network="discord",
                kind=KIND,
                stream=owner_stream(target.creator),
                creator=target.creator,
                cause=f"target:{target.creator}:{target.since}",
                part="lost",
                body={"post": pack_post(post)},
            )
            await self._ctx.effects.add(tx, wanted)


async def _of_guild(tx: Transaction, guild: DiscordId) -> list[CreatorId]:
    housed = {forum.creator for forum in await forums.of_guild(tx, guild) if forum.creator is not None}
    return sorted(housed | set(await creators.linked_on(tx, guild)))
