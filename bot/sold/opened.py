"""Builds what remembers which items were sold."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.proposals.features import Feature
from bot.relay.context import Context
from bot.sold.arriving import Arriving
from bot.sold.check import SoldOnce
from bot.sold.masses import Masses
from bot.sold.proposing import Remembered
from bot.sold.recall import Recall
from bot.sold.showing import Items


@dataclass(frozen=True)
class Sold:
    """The parts that the rest of the program speaks to."""

    check: SoldOnce  # before a reply leaves
    items: Items


def open_sold(on: Context, mass_kind: str) -> Sold:
    """`mass_kind`: of the effects that are mass messages."""
    recall = _recall(on, mass_kind)
    items = Items(database=on.database, recall=recall, clock=on.clock)
    return Sold(SoldOnce(recall, on.effects.ids), items)


def remembered(on: Context, features: Sequence[Feature], mass_kind: str) -> list[Feature]:
    """These features, in whose previews it stands what went to many before."""
    recall, ids = _recall(on, mass_kind), on.effects.ids
    return [Remembered(feature, database=on.database, recall=recall, ids=ids) for feature in features]


def open_arriving(on: Context, mass_kind: str) -> Arriving:
    """Told of chats as the sweeps find them."""
    masses = Masses(on.effects, mass_kind)
    return Arriving(database=on.database, effects=on.effects, masses=masses, clock=on.clock)


def _recall(on: Context, mass_kind: str) -> Recall:
    return Recall(Masses(on.effects, mass_kind), on.clock)
