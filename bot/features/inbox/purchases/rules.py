"""The facts about the items that went to a fan, one answer for each (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from storage.inbox.mass_offers import MassOffer
from storage.inbox.received import Offer, OfferTotals
from storage.records import EffectState, MediaId, Millis


class ItemState(StrEnum):
    """An item's state with a fan; of several the first one counts."""

    BOUGHT = "bought"
    UNSURE = "unsure"  # a send of which nobody knows yet whether it arrived
    UNDER_WAY = "under way"
    SENT = "sent"  # at a price, and not bought as far as is known
    GIVEN = "given"  # without a price
    MASS = "mass"  # in a mass message, which may have reached them
    PLANNED = "planned"  # in a mass message that is still to go out


_RANK = {how: rank for rank, how in enumerate(ItemState)}
_MAY = {ItemState.MASS, ItemState.PLANNED}
_ON_ITS_WAY = {EffectState.PENDING, EffectState.SENDING}


@dataclass(frozen=True)
class KnownItem:
    """One item: how it stands with a fan, and since when."""

    how: ItemState
    at: Millis


def remembered(
    offers: Iterable[Offer], masses: Iterable[MassOffer], *, now: Millis
) -> Mapping[MediaId, KnownItem]:
    """Every item that went to a fan or may have: the strongest that is known, of equals the newest."""
    found: dict[MediaId, KnownItem] = {}
    for offer in offers:
        _add(found, offer.media, _of(offer))
    for mass in masses:
        how = ItemState.PLANNED if mass.sent_at > now else ItemState.MASS
        for media in mass.media:
            _add(found, media, KnownItem(how, mass.sent_at))
    return found


@dataclass(frozen=True)
class ItemTotals:
    """One item over all fans: in chats, and in how many mass messages that went out, or are planned."""

    chats: OfferTotals = field(default_factory=OfferTotals)
    masses: int = 0
    planned: int = 0


def totalled(chats: OfferTotals, item: MediaId, masses: Iterable[MassOffer], *, now: Millis) -> ItemTotals:
    """With the mass messages that have it."""
    times = [mass.sent_at for mass in masses if item in mass.media]
    planned = sum(at > now for at in times)
    return ItemTotals(chats, len(times) - planned, planned)


def alike(media: Sequence[MediaId], known: Mapping[MediaId, KnownItem]) -> list[tuple[KnownItem, list[int]]]:
    """Groups of these items, by place from 1 on, in the same state since the same time."""
    found: dict[KnownItem, list[int]] = {}
    for place, item in enumerate(media, start=1):
        if item in known:
            found.setdefault(known[item], []).append(place)
    return sorted(found.items(), key=lambda one: (_RANK[one[0].how], -one[0].at))


def counts(known: Mapping[MediaId, KnownItem]) -> tuple[int, int]:
    """Count the items that surely went to a fan, and those that are bought."""
    sent = [
        one.how for one in known.values() if one.how in (ItemState.BOUGHT, ItemState.SENT, ItemState.GIVEN)
    ]
    return len(sent), sent.count(ItemState.BOUGHT)


def gist(known: Mapping[MediaId, KnownItem]) -> str:
    """The facts that a decision rests on: the same until it might be another."""
    told = []
    for item, one in sorted(known.items()):
        how = "may have" if one.how in _MAY else "bought" if one.how is ItemState.BOUGHT else "had"
        told.append(f"{item} {how}")
    return "\n".join(told)


def _of(offer: Offer) -> KnownItem:
    if offer.bought_at is not None:
        return KnownItem(ItemState.BOUGHT, offer.bought_at)
    if offer.state in _ON_ITS_WAY:
        return KnownItem(ItemState.UNDER_WAY, offer.sent_at)
    if offer.state is EffectState.UNKNOWN:
        return KnownItem(ItemState.UNSURE, offer.sent_at)
    return KnownItem(ItemState.SENT if offer.price else ItemState.GIVEN, offer.sent_at)


def _add(found: dict[MediaId, KnownItem], media: MediaId, one: KnownItem) -> None:
    before = found.get(media)
    if before is None or (_RANK[one.how], -one.at) < (_RANK[before.how], -before.at):
        found[media] = one
