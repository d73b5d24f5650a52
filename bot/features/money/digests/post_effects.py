"""Deeds of digests that were read: into a channel, or privately to the owner."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from bot.access.roles import MoneyView
from bot.engine.channel_languages import opened
from bot.engine.effect_handler import Becomes, Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.engine.outbox import unpack_post, wanted_alert
from bot.features.money.digests import texts
from bot.features.money.digests.picture import picture_of
from bot.features.money.digests.read_effects import (
    DAY,
    OFF,
    POST,
    PRIVATE,
    DigestState,
    reread,
    sort_of,
    state,
)
from bot.model.discord_ports import PrivateChannelPort
from bot.model.errors import AutomodBlocked, BotForbidden, DeliveryRefused, TargetGone
from bot.model.language import english, msgid, speaking, tr
from bot.model.ports import DiscordPort, Picture, Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.money import digests
from storage.operations import attention
from storage.records import DiscordId, Effect, Millis


class DigestPicturePort(Protocol):
    """A Discord that takes pictures. Raises the four errors of `bot.model.errors`."""

    async def post(self, channel: DiscordId, post: Post, picture: Picture, *, nonce: str) -> DiscordId:
        """Post one message with a picture; the same nonce gives the earlier message."""


@dataclass(frozen=True, kw_only=True)
class DigestPorts:
    """The ports that both handlers post with."""

    discord: DiscordPort
    pictures: DigestPicturePort
    private: PrivateChannelPort


class _DigestPostHandler(EffectHandler):
    """Looked for by its button before it is posted again (R6)."""

    settling = SettlingMethod.NONCE

    def __init__(self, ctx: Context, *, ports: DigestPorts) -> None:
        self._ctx = ctx
        self._ports = ports

    async def _now(self, effect: Effect, body: Body) -> DigestState | None:
        last = date.fromisoformat(body[DAY])
        return await self._ctx.database.read(lambda tx: state(tx, effect, sort_of(body), last))

    async def _post(self, effect: Effect, body: Body, channel: DiscordId) -> Done:
        """With its chart, or with the words alone where no picture may stand."""
        post = unpack_post(body["post"])
        if "chart" in body:
            picture = await picture_of(body["chart"], MoneyView(body["figures"]))
            try:
                made = await self._ports.pictures.post(channel, post, picture, nonce=effect.nonce)
            except (AutomodBlocked, TargetGone):
                raise
            except (DeliveryRefused, BotForbidden):
                post = replace(post, small=f"{post.small}\n{tr(texts.NO_PICTURE)}")
            else:
                return Done(f"{channel}:{made}")
        return Done(f"{channel}:{await self._ports.discord.post(channel, post, nonce=effect.nonce)}")

    async def _find(self, effect: Effect, channel: DiscordId) -> Done | None:
        posted = await self._ports.discord.find_post(channel, effect.id, since=effect.since)
        return None if posted is None else Done(f"{channel}:{posted}")


class ChannelDigestHandler(_DigestPostHandler):
    """Post it into the channel that the owner chose."""

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post it, if it is still wanted; into another channel only where it surely was in none."""
        if DAY not in body:
            return await self._as_before(effect, body)
        now = await self._now(effect, body)
        channel = DiscordId(body["channel"])
        if now is None:
            return Moot(OFF)
        moved = now.wanted.channel != channel or now.level != body["figures"]
        if moved and effect.attempt_started is None:
            return reread(body)
        return await self._post(effect, body, channel)

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the channel for the button that carries this effect's id."""
        return await self._find(effect, DiscordId(body["channel"]))

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The channel was deleted: it waits until the owner has chosen another one, or given it up."""
        await attention.ask(
            tx, effect.id, english("The digest's channel is gone: choose another with /money digest set.")
        )
        return self._ctx.clock.now() + self._ctx.waits.paused

    async def _as_before(self, effect: Effect, body: Body) -> Outcome:
        """One that an earlier version had read, of which it kept no day."""
        wanted = await self._ctx.database.read(lambda tx: digests.get(tx, effect.creator, sort_of(body)))
        channel = DiscordId(body["channel"])
        if wanted is None or wanted.channel is None:
            return Moot(OFF)
        if wanted.channel != channel and effect.attempt_started is None:
            return Becomes(effect.kind, {**body, "channel": wanted.channel})
        return await self._post(effect, body, channel)


class PrivateDigestHandler(_DigestPostHandler):
    """Tell the owner alone. It does not wait for a server: they may have left each one."""

    on_server = False

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Tell them, if they still may see it; where they take no messages, the alerts channel says so."""
        now = await self._now(effect, body)
        if now is None:
            found = await self.look(effect, body) if effect.attempts else None
            return found or Moot(OFF)
        moved = now.wanted.channel is not None or now.level != body["figures"]
        if moved and effect.attempt_started is None:
            return reread(body)
        try:
            with speaking(await opened(now.language)):
                return await self._post(effect, body, await self._ports.private.channel(now.wanted.owner))
        except (DeliveryRefused, BotForbidden, TargetGone):
            if effect.attempt_started is not None:
                raise  # an earlier attempt may have passed: that is looked for first
            await self._ctx.database.write(lambda tx: self._closed(tx, effect, now))
            return Moot(msgid("The owner doesn't accept private messages from the bot."))

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search their private messages for the button that carries this effect's id."""
        wanted = await self._ctx.database.read(lambda tx: digests.get(tx, effect.creator, sort_of(body)))
        if wanted is None:
            return None
        return await self._find(effect, await self._ports.private.channel(wanted.owner))

    async def _closed(self, tx: Transaction, effect: Effect, now: DigestState) -> None:
        owner, at = now.wanted.owner, self._ctx.clock.now()
        if await digests.close(tx, effect.creator, owner, now=at):
            cause, post = f"digest-closed:{effect.creator}:{owner}:{at}", texts.closed(owner, now.link)
            await self._ctx.effects.add(
                tx, wanted_alert(effect.creator, cause=cause, part="closed", post=post)
            )


def posts(ctx: Context, *, ports: DigestPorts) -> Mapping[str, EffectHandler]:
    """Effect handlers that post a digest to readers."""
    return {POST: ChannelDigestHandler(ctx, ports=ports), PRIVATE: PrivateDigestHandler(ctx, ports=ports)}
