"""Closes a creator's channels on Discord to one person, and opens them again."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome
from bot.engine.member_languages import as_asked
from bot.engine.outbox import EffectRequest, Effects, pack_post, unpack_post
from bot.model.errors import TargetGone
from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.inbox import forums
from storage.people import barred_members
from storage.people.barred_members import KIND
from storage.records import CommandId, CreatorId, DiscordId, Effect, EffectState, Millis, Stream


class ChannelBanPort(Protocol):
    """A Discord on which one person can be kept out of a channel. Both may be repeated."""

    async def bar(self, channel: DiscordId, member: DiscordId) -> None:
        """Keep them out despite their roles. TargetGone: there is no such channel, or no such person."""

    async def unbar(self, channel: DiscordId, member: DiscordId) -> None:
        """Let their roles decide again; fine when nothing kept them out."""


@dataclass(frozen=True)
class ChannelBan:
    """One member's ban, with its author and cause."""

    creator: CreatorId
    guild: DiscordId
    member: DiscordId
    by: DiscordId
    cause: str


async def channels(tx: Transaction, shut: ChannelBan) -> list[DiscordId]:
    """The channels to close: forums, alerts, and the category if nothing in it is left to them."""
    here = await forums.of_guild(tx, shut.guild)
    own = [forum for forum in here if forum.creator == shut.creator]
    found = [channel for forum in own for channel in (forum.id, forum.alerts)]
    for category in sorted({forum.category for forum in own}):
        others = {forum.creator for forum in here if forum.category == category} - {shut.creator, None}
        closed = [
            shut.member in await barred_members.of_creator(tx, one, shut.guild)
            for one in others
            if one is not None
        ]
        if all(closed):
            found.append(category)
    return found


async def close(
    tx: Transaction, effects: Effects, shut: ChannelBan, *, command: CommandId, answer: Post, now: Millis
) -> None:
    """Have the channels closed; the command's private answer shows `answer`, and how far they are."""
    await barred_members.put(tx, shut.creator, shut.guild, shut.member, by=shut.by, now=now)
    told = {"command": command, "post": pack_post(answer)}
    for channel in await channels(tx, shut):
        await effects.add(tx, _wanted(shut, channel, {**told, "close": True}))


async def close_anew(
    tx: Transaction, effects: Effects, creator: CreatorId, guild: DiscordId, cause: str
) -> int:
    """Close the channels of now, some of which may be new, to everybody who is kept out; how many people."""
    kept_out = await barred_members.of_creator(tx, creator, guild)
    for member in kept_out:
        shut = ChannelBan(creator, guild, member, member, f"{cause}:{member}")
        for channel in await channels(tx, shut):
            await effects.add(tx, _wanted(shut, channel, {"close": True}))
    return len(kept_out)


async def open_again(tx: Transaction, effects: Effects, shut: ChannelBan) -> bool:
    """They may come back: let their roles decide about the channels; False when they were not kept out."""
    found = await channels(tx, shut)  # before it is lifted: the category was closed by the same rule
    if not await barred_members.lift(tx, shut.creator, shut.guild, shut.member):
        return False
    for channel in found:
        await effects.add(tx, _wanted(shut, channel, {"close": False}))
    return True


def _wanted(shut: ChannelBan, channel: DiscordId, body: Body) -> EffectRequest:
    return EffectRequest(
        network="discord",
        kind=KIND,
        stream=Stream(f"ac:{shut.creator}:{shut.member}:{channel}"),
        creator=shut.creator,
        cause=shut.cause,
        part=f"{shut.creator}:{channel}",
        body={**body, "channel": channel, "member": shut.member},
    )


class ChannelBanHandler(EffectHandler):
    """One channel, closed or opened; repeating it changes nothing."""

    on_server = False  # it takes something away, so it is done also where the creator has left

    def __init__(self, ctx: Context, *, discord: ChannelBanPort) -> None:
        self._discord = discord
        self._ctx = ctx

    async def do(self, effect: Effect, body: Body) -> Outcome:
        act = self._discord.bar if body["close"] else self._discord.unbar
        try:
            await act(DiscordId(body["channel"]), DiscordId(body["member"]))
        except TargetGone:
            return Moot(msgid("They are not on this server, or the channel is gone."))
        return Done()

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Show its progress to the person who ordered it."""
        body = self._ctx.effects.body(effect)
        command = await command_rows.get(tx, CommandId(body.get("command", "")))
        if command is None:
            return
        far = await barred_members.progress(tx, effect.cause)
        with as_asked(command):
            post = replace(unpack_post(body["post"]), small=progress(far))
        part = f"{effect.id}:{state}:{effect.attempts}:{effect.reason or ''}"
        await self._ctx.commands.answer(tx, command, post, part=part)


def progress(far: Sequence[barred_members.ChannelClosing]) -> str:
    """The progress in words (pure)."""
    done = [one for one in far if one.state in (EffectState.DONE, EffectState.CANCELLED)]
    lines = [tr("✓ Discord: {done} of {all} channels are closed to them.", done=len(done), all=len(far))]
    lines += [
        f"⚠️ <#{one.part.rpartition(':')[2]}>: {tr_stored(one.reason)}"
        for one in far
        if one not in done and one.reason
    ]
    return "\n".join(lines)
