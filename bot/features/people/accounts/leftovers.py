"""The work that a link leaves undone: cancelled, and a line for each (R13)."""

from dataclasses import dataclass

from bot.engine.outbox import Effects
from bot.model.language import msgid, tr
from bot.model.ports import Clock
from bot.relay import scheduled_replies
from bot.relay.impostors import label_by_id
from bot.relay.send_effects import show_state
from storage.database import Transaction
from storage.engine import drafts, outbox, stream_heads
from storage.inbox import held_replies
from storage.operations import attention
from storage.people import unsent_messages
from storage.people.unsent_messages import UnsentMessage
from storage.records import CreatorId, EffectState

_CANCELLED = msgid("Not sent: the creator disconnected their Fanvue account.")
_WHAT = {
    "chat.send": msgid("a reply"),
    "chat.unsend": msgid("taking a message back"),
    "chat.mark": msgid("a change of a chat on Fanvue"),
    "reply.later": msgid("a scheduled reply"),
    "proposed.mass": msgid("a mass message"),
    "proposed.mass_change": msgid("a change of a mass message"),
    "proposed.mass_end": msgid("the end of a mass message"),
    "proposed.post": msgid("a post"),
    "proposed.postask": msgid("a suggested post"),
    "proposed.postedit": msgid("a change of a post"),
    "proposed.postdelete": msgid("deleting a post"),
    "proposed.postpin": msgid("pinning a post"),
    "proposed.postunpin": msgid("unpinning a post"),
    "proposed.postcomment": msgid("a comment"),
    "proposed.repost": msgid("a repost"),
    "proposed.trackcreate": msgid("a tracking link"),
    "proposed.trackdelete": msgid("deleting a tracking link"),
}
_WAITS_FOR_A_WORD = (EffectState.ABSENT, EffectState.REJECTED)
_SURELY_NOT = (EffectState.PENDING, *_WAITS_FOR_A_WORD)


@dataclass(frozen=True)
class AccountLeftovers:
    """One line for each: its kind, recipient and time of request. Never its text."""

    not_sent: tuple[str, ...]
    unclear: tuple[str, ...]  # under way at that moment: only Fanvue knows


async def cancel(tx: Transaction, effects: Effects, creator: CreatorId, *, clock: Clock) -> AccountLeftovers:
    """Cancel all that has surely not left in this creator's name, and describe it and the rest.

    An action confirmed for the whole creator is only named: it is bound to the link's generation, so its own
    effect handler refuses it from now on, and tells the person who confirmed it.
    """
    not_sent, unclear = [], []
    for one in await unsent_messages.of(tx, creator):
        line = await _line(tx, creator, one)
        if one.state not in _SURELY_NOT:
            unclear.append(line)
            continue
        not_sent.append(line)
        if one.fan is not None:
            await _give_up(tx, effects, one, clock)
    not_sent += await _held(tx, creator, clock)
    return AccountLeftovers(tuple(not_sent), tuple(unclear))


async def _give_up(tx: Transaction, effects: Effects, one: UnsentMessage, clock: Clock) -> None:
    now = clock.now()
    timer = await outbox.get(tx, one.effect) if one.kind == scheduled_replies.KIND else None
    if timer is not None and await scheduled_replies.close(tx, effects, timer, "unlinked", now=now):
        return
    if one.state in _WAITS_FOR_A_WORD:
        await attention.give_up(tx, one.effect, now=now)
    else:
        await stream_heads.end(tx, one.effect, EffectState.CANCELLED, now=now, reason=_CANCELLED)
    send = await outbox.get(tx, one.effect)
    if send is not None:
        await effects.trail.became(tx, send, EffectState.CANCELLED)
        shows = scheduled_replies.given_up if timer is not None else show_state
        await shows(tx, effects, send, "unlinked")


async def _held(tx: Transaction, creator: CreatorId, clock: Clock) -> list[str]:
    """Close the replies that waited for a lead. The part that held them tells their threads."""
    lines = []
    for held in await held_replies.still_open(tx, creator):
        draft = await drafts.get(tx, held.draft)
        if draft is None or not await drafts.settle(
            tx, draft.id, version=draft.version, state="unlinked", by=None, now=clock.now()
        ):
            continue
        who, when = await label_by_id(tx, creator, held.fan), f"<t:{draft.created_at // 1000}:f>"
        lines.append(tr("a reply waiting for a lead: {who}, {when}", who=who, when=when))
    return lines


async def _line(tx: Transaction, creator: CreatorId, one: UnsentMessage) -> str:
    what, when = tr(_WHAT.get(one.kind, msgid("something"))), f"<t:{one.at // 1000}:f>"
    if one.fan is None:
        return f"{what}, {when}"
    return f"{what}: {await label_by_id(tx, creator, one.fan)}, {when}"
