"""Texts about who had an item of the vault: dates, no amounts (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.features.inbox.purchases.rules import ItemState, KnownItem
from bot.features.inbox.purchases.texts import mass, said
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Post
from bot.text.safe_text import safe
from storage.inbox.mass_offers import MassOffer
from storage.records import FanId, MediaId, Millis

ITEMS, FANS = 4, 10  # of which an answer tells; of each item
_MASSES = 3
_NOBODY = msgid("Nobody got it in a chat, as far as we know.")
_SINCE = msgid("What we sent or saw on Fanvue. Items from before the bridge was linked may be missing.")
_MAY = msgid("Fanvue doesn't report who received a mass message.")


@dataclass(frozen=True)
class ItemHolders:
    """One item: how many fans had it and bought it, the newest of them, how many older; mass messages."""

    item: MediaId
    counts: tuple[int, int]
    fans: Sequence[tuple[str, KnownItem]]  # by their names
    older: int
    masses: Sequence[MassOffer]


def counts_of(known: Mapping[FanId, KnownItem]) -> tuple[int, int]:
    """Count the fans who surely had it, and those who bought it."""
    sent = [
        one.how for one in known.values() if one.how in (ItemState.BOUGHT, ItemState.SENT, ItemState.GIVEN)
    ]
    return len(sent), sent.count(ItemState.BOUGHT)


def had(found: Sequence[ItemHolders], names: Mapping[str, str], *, more: int, now: Millis) -> Post:
    """The answer for one member; `names`: the items' names; `more`: the number of items left out."""
    parts = ["\n".join(_lines(one, names.get(one.item), now)) for one in found]
    if more > 0:
        parts.append(tr("… and {more} more; pick fewer to see them.", more=more))
    notes = [tr(_SINCE), *([tr(_MAY)] if any(one.masses for one in found) else [])]
    return Post(title=tr("Who had this"), body=tuple(parts), small="\n".join(notes))


def _lines(one: ItemHolders, name: str | None, now: Millis) -> Iterator[str]:
    item = safe(name) if name else tr("An item from the vault")
    sent, bought = one.counts
    who = tr_many(
        "{n} fan had it, {bought} bought it", "{n} fans had it, {bought} bought it", sent, bought=bought
    )
    yield f"**{item}: {who}**" if one.fans or one.older else f"**{item}**: {tr(_NOBODY)}"
    for fan, known in one.fans:
        yield f"- {fan}: {said(known)}"
    if one.older:
        # Translators: {older} is how many fans got it before those of the list
        yield tr("- … and {older} before them", older=one.older)
    for sent_to_many in one.masses[:_MASSES]:
        # Translators: {mass} is “the mass message of (day): 2 items”
        yield tr("- many may have it from {mass}", mass=mass(sent_to_many, now))
