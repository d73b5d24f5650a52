"""A reply that leaves at a time: its timer and its line in the thread.

The reply itself waits as one that was kept back, so Send, Edit and Discard act on it as on any other. The
timer is an effect of a stream of its own: nothing waits behind it, and a pause or a removal stops it.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from bot.engine.outbox import EffectRequest, Effects, pack_post, unpack_post
from bot.engine.streams import discord_stream, later_stream
from bot.model.errors import SealDamaged, TextErased
from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import MessageToFan, Post
from bot.relay.context import Context
from bot.relay.lines import ThreadOwner, add_post
from bot.relay.reply_gate import HELD, LeadApproval, ReplyGate
from bot.relay.reply_queue import addressed
from bot.relay.scheduled_lines import choices, moment, settled_line, waiting_line
from bot.relay.send_effects import outgoing
from bot.text import render
from bot.text.reply_rules import ReplyRefused
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from bot.text.typed_times import NotATime, read_time
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts, outbox
from storage.engine.drafts import Draft
from storage.money import digests
from storage.operations import attention
from storage.records import Command, CreatorId, DraftId, Effect, EffectState, FanThread, Millis

KIND, PART = "reply.later", "later"
_SHOW = "show"
_FURTHEST: Millis = 30 * 86_400_000
_OVER = {
    "sent": msgid("⏰ Sent: see below."),
    "edited": msgid("⏰ Changed: see the newest version below."),
    "discarded": msgid("⏰ Cancelled. Not sent."),
    "unlinked": msgid("⏰ Not sent: the creator disconnected their Fanvue account."),
}
_ASKED = msgid("⚠ ⏰ Not sent yet: there's a new message. Send now shows it to the author first.")
_HELD = msgid("⏰ Waiting for a lead: see below.")


async def zone_in(tx: Transaction, creator: CreatorId) -> ZoneInfo:
    """In which a creator's times are typed."""
    return zone_of(await digests.zone(tx, creator) or DEFAULT_ZONE)


async def later_of(tx: Transaction, creator: CreatorId, typed: str | None, *, now: Millis) -> Millis | None:
    """The typed moment; None: at once. Raises ReplyRefused."""
    if typed is None:
        return None
    try:
        at = read_time(typed, now, await zone_in(tx, creator))
    except NotATime as wrong:
        raise ReplyRefused(f"{wrong} {tr('Not sent.')}") from wrong
    if at is None:
        return None
    if at > now + _FURTHEST:
        raise ReplyRefused(tr("A reply can be scheduled at most 30 days ahead. Not sent."))
    return at


class ReplySchedule:
    """Adds the timer and the line, as part of the caller's transaction."""

    def __init__(self, ctx: Context, *, gate: ReplyGate) -> None:
        self._ctx = ctx
        self._gate = gate

    async def add(
        self,
        tx: Transaction,
        command: Command,
        thread: FanThread,
        body: Mapping[str, Any],
        author: str,
        at: Millis,
    ) -> Post:
        """Let a reply wait until then; return its author's notice. `author`: as its line names them."""
        to, ref = await self._wait(tx, command, thread, outgoing(body), author, at, {})
        return Post(
            body=(tr("⏰ Scheduled to {to}: {moment}.", to=to, moment=moment(at)),),
            small=tr("We ask you again if the fan writes before. Its line has these buttons too."),
            buttons=choices(ref),
        )

    async def approve(
        self,
        tx: Transaction,
        command: Command,
        thread: FanThread,
        message: MessageToFan,
        author: str,
        at: Millis,
        approval: LeadApproval,
    ) -> str:
        """The same by a lead's word; return what they are told. `author`: as its line names them."""
        to, _ = await self._wait(tx, command, thread, message, author, at, {"approved": asdict(approval)})
        return tr("It is sent to {to} {moment}, if nothing is new by then.", to=to, moment=moment(at))

    async def _wait(
        self,
        tx: Transaction,
        command: Command,
        thread: FanThread,
        message: MessageToFan,
        author: str,
        at: Millis,
        more: Mapping[str, Any],
    ) -> tuple[str, DraftId]:
        """Its fan's name, and what its author's buttons name."""
        await command_rows.keep(tx, command.id)
        newest = await outbox.newest(tx, discord_stream(thread.creator, thread.fan))
        ref = await self._gate.keep_for_later(tx, command, seen=newest.seq if newest else 0, until=at)
        wanted = EffectRequest(
            network="fanvue",
            kind=KIND,
            stream=later_stream(thread.creator, command.id),
            creator=thread.creator,
            fan=thread.fan,
            cause=command.id,
            part=PART,
            body={"draft": ref, "at": at, **more},
            not_before=at,
        )
        later = await self._ctx.effects.add(tx, wanted)
        effect = await outbox.get(tx, later) if later is not None else None
        if effect is None:
            raise ReplyRefused(tr("This was already taken."))
        to = await addressed(tx, thread)
        bare = render.reply(effect, message, author=author, fan=to, paired=None, ref=effect.id)
        await add_post(
            tx,
            self._ctx.effects,
            ThreadOwner(thread.creator, thread.fan),
            cause=effect.id,
            part=_SHOW,
            make=lambda line: waiting_line(bare, ref, line, at),
        )
        await self._note(tx, command, effect)
        return to, ref

    async def _note(self, tx: Transaction, command: Command, effect: Effect) -> None:
        await self._ctx.effects.trail.write(
            tx,
            "reply.schedule",
            "accepted",
            actor=command.actor,
            creator=effect.creator,
            fan=effect.fan,
            cause=effect.id,
        )


async def over(tx: Transaction, effects: Effects, ref: DraftId, *, now: Millis) -> None:
    """A kept reply was settled; if it was a scheduled one, its timer ends and its line says so."""
    draft = await drafts.get(tx, ref)
    target = json.loads(draft.target) if draft is not None else {}
    later = await outbox.by_cause(tx, target.get("command", ""), PART)
    if draft is None or later is None:
        return
    if later.state is EffectState.PENDING and await outbox.withdraw(tx, later.id, now=now):
        await effects.trail.became(tx, later, EffectState.CANCELLED)
    following = await _following(tx, draft, target["command"]) if draft.state == "replaced" else None
    if later.state is EffectState.REJECTED and following is None:
        await attention.give_up(tx, later.id, now=now)
    if following is not None and json.loads(following.target).get("why") == HELD:
        await say(tx, effects, later, tr(_HELD), part=f"over:{draft.id}")  # its own line has the buttons
        return
    words = tr(_ASKED) if following is not None else tr(_OVER.get(draft.state, msgid("⏰ Closed. Not sent.")))
    await say(tx, effects, later, words, part=f"over:{draft.id}", ref=following.id if following else None)


async def close(tx: Transaction, effects: Effects, later: Effect, how: str, *, now: Millis) -> bool:
    """Settle the reply that waits for this timer, by no person's word; False where nothing of it is kept."""
    try:
        draft = await drafts.get(tx, DraftId(effects.body(later)["draft"]))
    except (TextErased, SealDamaged):
        return False
    if draft is None or not await drafts.settle(
        tx, draft.id, version=draft.version, state=how, by=None, now=now
    ):
        return False
    await over(tx, effects, draft.id, now=now)
    return True


async def _following(tx: Transaction, draft: Draft, command: str) -> Draft | None:
    """The one that took its place, and that its author has not settled yet."""
    assert draft.owner is not None, "a kept reply is its author's"
    for one in await drafts.of_owner(tx, draft.action, draft.owner, since=draft.created_at):
        if one.state == "open" and one.id != draft.id and json.loads(one.target).get("command") == command:
            return one
    return None


async def say(
    tx: Transaction, effects: Effects, later: Effect, words: str, *, part: str, ref: str | None = None
) -> None:
    """Have the line say this in place of its time. `ref`: its author may still do something; it stays."""
    line = await outbox.by_cause(tx, later.id, _SHOW)
    if line is None:
        return
    with suppress(TextErased, SealDamaged):  # what has no text any more says nothing
        post = settled_line(unpack_post(effects.body(line)["post"]), words, line.id, ref)
        wanted = EffectRequest(
            network="discord",
            kind="line.edit",
            stream=line.stream,
            creator=line.creator,
            fan=line.fan,
            cause=later.id,
            part=part,
            body={"line": line.id, "post": pack_post(post)},
        )
        await effects.add(tx, wanted)


async def given_up(tx: Transaction, effects: Effects, later: Effect, part: str) -> None:
    """Its timer was cancelled by somebody else's word; what its author can still do about it stays there."""
    if later.state is not EffectState.CANCELLED:
        return
    with suppress(TextErased, SealDamaged):
        draft = await drafts.get(tx, DraftId(effects.body(later)["draft"]))
        waits = draft.id if draft is not None and draft.state == "open" else None
        words = tr("⚠ ⏰ Not sent at its time. {reason}", reason=tr_stored(later.reason or "")).rstrip()
        await say(tx, effects, later, words, part=part, ref=waits)


async def again(tx: Transaction, effect: Effect) -> Effect:
    """The effect as it is now."""
    return await outbox.get(tx, effect.id) or effect
