"""Holds what is paused, and texts of people who left the team."""

from bot.model.language import english, msgid, tr
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import stream_heads
from storage.engine.sends import HARMLESS
from storage.engine.stream_heads import NextEffect
from storage.people import creators, outgoing_messages, pauses
from storage.people.pauses import Pause
from storage.records import CreatorId, DiscordId, Effect, EffectState, Millis

_PROPOSED = "proposed."  # begins the kinds of what is confirmed for a whole creator
LEFT = english("The person who wrote it was removed from the team.")
_SENT = msgid("sent")


async def first(tx: Transaction, found: NextEffect, now: Millis) -> NextEffect | None:
    """Return a stream's next effect, from `found` on: a held one holds nobody else up.

    Behind it may be another member's reply, or a message that is taken back; neither must wait for a pause.
    Nor must a mass message wait for one before it that can still be cancelled. Where nothing else is left,
    that one is next.
    """
    waits: NextEffect | None = None
    following: NextEffect | None = found
    while following is not None:
        effect = following.effect
        if not (following.hindered and await is_held(tx, effect)):
            if not _waits_for_its_time(effect, now):
                # What is to be looked for, or tried again, later than that must not make it late.
                return waits if waits and waits.effect.not_before < effect.not_before else following
            if waits is None or effect.not_before < waits.effect.not_before:
                waits = following
        following = await stream_heads.following(tx, effect.stream, after=effect.seq)
    return waits


def _waits_for_its_time(effect: Effect, now: Millis) -> bool:
    """Whether it was confirmed for a whole creator, never tried, and is not due yet."""
    untried = effect.state is EffectState.PENDING and effect.reason is None
    return effect.kind.startswith(_PROPOSED) and untried and effect.not_before > now


async def is_held(tx: Transaction, effect: Effect) -> bool:
    """Whether it may not begin now. What has begun is never held: it is looked for until it is settled."""
    if effect.network != "fanvue" or effect.state is not EffectState.PENDING:
        return False
    return await pauses.holding(tx, effect.id) is not None


async def is_orphan(tx: Transaction, effect: Effect) -> bool:
    """Whether it must not begin at all: it was under way or being typed when its author was removed."""
    return effect.network == "fanvue" and await outgoing_messages.author_left(tx, effect.id)


async def why_held(tx: Transaction, effect: Effect) -> str | None:
    """A sentence for those who look at it; None when it is not held."""
    if effect.state is not EffectState.PENDING:
        return None
    pause = await pauses.holding(tx, effect.id)
    return None if pause is None else await since(tx, pause, effect.creator)


async def why_not(tx: Transaction, creator: CreatorId, actor: DiscordId, done: str = _SENT) -> str | None:
    """Return why nothing is `done` for this creator by this person now, or None."""
    pause = await pauses.over(tx, creator, actor)
    return None if pause is None else await _refusal(tx, pause, creator, done)


async def must_not_be_paused(tx: Transaction, creator: CreatorId, actor: DiscordId) -> None:
    """Raises ReplyRefused while this person's sending for this creator is paused."""
    refusal = await why_not(tx, creator, actor)
    if refusal is not None:
        raise ReplyRefused(refusal)


async def may_go_again(tx: Transaction, effect: Effect, actor: DiscordId) -> None:
    """The same, for one more attempt by `actor`'s word at what may be somebody else's message."""
    if effect.network != "fanvue" or effect.kind in HARMLESS:
        return
    await must_not_be_paused(tx, effect.creator, actor)
    if await is_orphan(tx, effect):
        raise ReplyRefused(tr("{why} Write it again if it should be sent.", why=tr(LEFT)))
    pause = await pauses.holding(tx, effect.id)
    if pause is not None:
        raise ReplyRefused(await _refusal(tx, pause, effect.creator, _SENT))


async def since(tx: Transaction, pause: Pause, creator: CreatorId) -> str:
    """Say who paused it, and when."""
    link = await creators.open_link(tx, creator)
    at = pause.since // 1000
    if link is not None and link.discord_user == pause.by:
        return tr("Paused by its owner since <t:{at}:f>.", at=at)
    return tr("Paused by <@{by}> since <t:{at}:f>.", by=pause.by, at=at)


async def _refusal(tx: Transaction, pause: Pause, creator: CreatorId, done: str) -> str:
    return tr("{reason} Not {done}.", reason=await since(tx, pause, creator), done=tr(done))
