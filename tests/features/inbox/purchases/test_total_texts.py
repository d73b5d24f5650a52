"""What the gallery says of an item that many may have."""

import pytest

from bot.access.roles import MoneyView
from bot.features.inbox.purchases.rules import ItemTotals, totalled
from bot.features.inbox.purchases.total_texts import over_all
from storage.inbox.mass_offers import MassOffer
from storage.inbox.received import OfferTotals
from storage.records import EffectId, EffectState, MediaId

ITEM, OTHER = MediaId("item"), MediaId("other")
SOLD = OfferTotals(fans=40, offered=40, buyers=12, unsettled=1)
EXACT, BANDED, HIDDEN = MoneyView.EXACT, MoneyView.BANDED, MoneyView.HIDDEN


@pytest.mark.parametrize(
    ("one", "level", "said"),
    [
        (ItemTotals(), EXACT, "not sent yet"),
        (ItemTotals(OfferTotals(1, 1, 0)), EXACT, "sent to 1 fan, 0 bought"),
        (ItemTotals(OfferTotals(3)), EXACT, "sent to 3 fans"),
        (ItemTotals(SOLD), EXACT, "sent to 40 fans, 12 bought · 1 not certain"),
        (ItemTotals(SOLD), BANDED, "sent to 40 fans, about 30% bought · 1 not certain"),
        (ItemTotals(OfferTotals(5, 5, 2)), BANDED, "sent to 5 fans"),
        (ItemTotals(SOLD), HIDDEN, "sent to 40 fans · 1 not certain"),
        (ItemTotals(masses=1), HIDDEN, "in 1 mass message"),
        (
            ItemTotals(SOLD, 2, 1),
            HIDDEN,
            "sent to 40 fans · 1 not certain · in 2 mass messages · in 1 planned mass message",
        ),
    ],
)
def test_it_counts_fans_and_tells_nobody_more_than_they_may_see(
    one: ItemTotals, level: MoneyView, said: str
) -> None:
    assert over_all(one, level) == said


def test_mass_messages_count_where_the_item_is_in_them_and_those_that_wait_apart() -> None:
    def mass(name: str, at: int, *media: MediaId) -> MassOffer:
        return MassOffer(EffectId(name), media, None, at, EffectState.DONE)

    masses = [mass("a", 1, ITEM, OTHER), mass("b", 2, OTHER), mass("c", 9, ITEM)]

    assert totalled(OfferTotals(), ITEM, masses, now=5) == ItemTotals(OfferTotals(), masses=1, planned=1)
