"""Says who settled what waited for a person, and when."""

from bot.model.language import english, msgid
from storage.database import Transaction
from storage.engine import audit_log
from storage.records import Effect, EffectState

_WORDS = {
    "reply.again": msgid("had it sent again"),
    "reply.drop": msgid("discarded it"),
    "reply.cancel": msgid("cancelled it"),
    "reply.unsend": msgid("had it taken back"),
    "mass.stop": msgid("cancelled it"),
    "problem.again": msgid("had it done again"),
    "problem.drop": msgid("chose to keep it as is"),
    "problem.now": msgid("had it tried again"),
    "proposed.was": msgid("said that it took place"),
    "proposed.was_not": msgid("marked it as not done"),
}
_BY_ITSELF = {
    EffectState.CANCELLED: msgid("It was already discarded."),
    EffectState.UNKNOWN: msgid("We are already searching for it."),
}


async def settled_since(tx: Transaction, cause: str) -> str:
    """Say who settled a thing without a state of its own, and when."""
    return await _by_a_person(tx, cause) or msgid("This is settled already.")


async def settled_by(tx: Transaction, effect: Effect | None) -> str:
    """Say who settled this effect and when, or what it became by itself."""
    if effect is None:
        return msgid("It is no longer known.")
    by_a_person = await _by_a_person(tx, effect.id)
    if by_a_person is not None:
        return by_a_person
    if effect.state is EffectState.DONE:
        return msgid("It was already sent.") if effect.kind == "chat.send" else msgid("It was already done.")
    return _BY_ITSELF.get(effect.state, msgid("It is already on its way."))


async def _by_a_person(tx: Transaction, cause: str) -> str | None:
    entry = await audit_log.last_by_a_person(tx, cause)
    if entry is None or entry.action not in _WORDS:
        return None
    return english(
        "This is settled: <@{actor}> {did} <t:{at}:R>.",
        actor=entry.actor,
        did=_WORDS[entry.action],
        at=entry.at // 1000,
    )
