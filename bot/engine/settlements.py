"""Says who settled what waited for a person, and when."""

from storage.database import Transaction
from storage.engine import audit_log
from storage.records import Effect, EffectState

_WORDS = {
    "reply.again": "had it sent again",
    "reply.drop": "discarded it",
    "reply.cancel": "cancelled it",
    "reply.unsend": "had it taken back",
    "mass.stop": "cancelled it",
    "problem.again": "had it done again",
    "problem.drop": "chose to keep it as is",
    "problem.now": "had it tried again",
    "proposed.was": "said that it took place",
    "proposed.was_not": "said that it did not take place",
}
_BY_ITSELF = {
    EffectState.CANCELLED: "It was already discarded.",
    EffectState.UNKNOWN: "We are already searching for it.",
}


async def settled_since(tx: Transaction, cause: str) -> str:
    """Say who settled a thing without a state of its own, and when."""
    return await _by_a_person(tx, cause) or "This is settled already."


async def settled_by(tx: Transaction, effect: Effect | None) -> str:
    """Say who settled this effect and when, or what it became by itself."""
    if effect is None:
        return "It is no longer known."
    by_a_person = await _by_a_person(tx, effect.id)
    if by_a_person is not None:
        return by_a_person
    if effect.state is EffectState.DONE:
        return "It was already sent." if effect.kind == "chat.send" else "It was already done."
    return _BY_ITSELF.get(effect.state, "It is already on its way.")


async def _by_a_person(tx: Transaction, cause: str) -> str | None:
    entry = await audit_log.last_by_a_person(tx, cause)
    if entry is None or entry.action not in _WORDS:
        return None
    return f"This is settled: <@{entry.actor}> {_WORDS[entry.action]} <t:{entry.at // 1000}:R>."
