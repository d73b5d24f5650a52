"""What a press changes: items, a set, prices to choose from."""

import pytest

from bot.features.publishing.picker import rules
from bot.features.publishing.picker.model import MOST, PickedMessage, PickerBundle
from bot.features.publishing.picker.rules import PickRefused
from bot.model.ports import MessageToFan
from storage.inbox.price_limits import RolePriceLimits
from storage.records import DraftId, MediaId, TemplateId

ONE, TWO, THREE = (MediaId(f"00000000-0000-4000-8000-00000000000{number}") for number in range(3))


def test_an_item_is_chosen_in_the_order_of_presses_and_put_back_with_its_preview() -> None:
    chosen = rules.toggled(rules.toggled(MessageToFan("hi"), TWO), ONE)
    seen = rules.previewed(chosen, 0)

    assert chosen.media == (TWO, ONE)
    assert seen.preview == TWO
    assert rules.toggled(seen, TWO) == MessageToFan("hi", (ONE,))
    assert rules.previewed(seen, 7).preview is None


def test_no_more_are_chosen_than_a_message_holds() -> None:
    full = MessageToFan(None, tuple(MediaId(str(number)) for number in range(MOST)))

    with pytest.raises(PickRefused, match="25 items are the most"):
        rules.toggled(full, ONE)


@pytest.mark.parametrize(("prices", "price"), [(True, 1200), (False, None)], ids=["may", "may not"])
def test_a_set_brings_all_of_it_but_keeps_a_text_and_who_may_not_set_a_price_sets_none(
    *, prices: bool, price: int | None
) -> None:
    now = PickedMessage(DraftId("draft"), MessageToFan("mine", (THREE,)))
    bundle = PickerBundle(TemplateId("set"), "Set", MessageToFan("theirs", (ONE, TWO), 1200, ONE))

    after = rules.taken(now, bundle, prices=prices)

    assert after.message == MessageToFan("mine", (ONE, TWO), price, ONE)
    assert after.template == "set"


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        (RolePriceLimits(), (500, 1000, 1500, 2500, 5000)),
        (RolePriceLimits(floor=600, ceiling=2000), (1000, 1500)),
        (RolePriceLimits(usual_from=1200, usual_to=1500, ceiling=1500), (500, 1000, 1200, 1500)),
    ],
)
def test_prices_to_choose_from_are_within_the_limits(limits: RolePriceLimits, found: tuple[int, ...]) -> None:
    assert rules.presets(limits) == found
