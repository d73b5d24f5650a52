"""Takes back a confirmed mass message that has not left; all hear of it."""

from contextlib import suppress

from bot.engine.channel_languages import in_channels
from bot.engine.member_languages import in_answer
from bot.engine.outbox import Effects
from bot.features.publishing.proposals import waiting_lines
from bot.features.publishing.proposals.notices import ProposalNotices
from bot.features.publishing.proposals.texts import cancelled_by, state
from bot.model.errors import SealDamaged, TextErased
from bot.model.language import english, msgid
from storage.database import Transaction
from storage.engine import outbox
from storage.records import DiscordId, Effect, EffectState, Millis


async def withdraw(
    tx: Transaction,
    effects: Effects,
    telling: ProposalNotices,
    send: Effect,
    *,
    by: DiscordId,
    now: Millis,
) -> bool:
    """Pending → cancelled, by a person's word; False when it was begun, or settled, already."""
    if not await outbox.withdraw(tx, send.id, now=now):
        return False
    cancelled = EffectState.CANCELLED
    await effects.trail.became(tx, send, cancelled)
    await effects.trail.write(
        tx, "mass.stop", "done", target=send.kind, actor=by, creator=send.creator, cause=send.id
    )
    effects.wake(tx, send.stream)  # whatever waits behind it
    with suppress(SealDamaged, TextErased):  # what does not open can be cancelled all the same
        body = effects.body(send)
        async with in_answer(tx, body["command"]):
            title, small = state(cancelled, english("<@{by}> cancelled it.", by=by), body)
            await telling.private(tx, send, body, title, small, cancelled)
    async with in_channels(tx, send.creator):
        over = cancelled_by(msgid("Mass message"), by)
        await waiting_lines.ends(tx, effects, send, over, cancelled.value)
    return True
