"""The fullest gallery that there can be is still one message of Discord's."""

import pytest

from bot.access.roles import MoneyView
from bot.discord.message_bodies import view_of
from bot.fanvue.figures import MediaRow
from bot.features.inbox.purchases.rules import ItemTotals
from bot.features.inbox.purchases.total_texts import over_all
from bot.features.publishing.picker.model import MOST, PickedMessage, PickerBundle, PickerShelf
from bot.features.publishing.picker.texts import PickerScene, shown
from bot.features.publishing.picker.thumbnails import ItemTile
from bot.model.ports import Button, MessageToFan, Picture
from storage.inbox.received import OfferTotals
from storage.records import DraftId, FanId, MediaId, TemplateId

ITEMS = [MediaId(f"{number:08d}-0000-4000-8000-000000000000") for number in range(MOST)]
TOTALS = ItemTotals(OfferTotals(123_456, 123_456, 65_432, 1_234), 1_234, 123)
KNOWN = over_all(TOTALS, MoneyView.EXACT)
REF = DraftId("a" * 22)


@pytest.mark.parametrize("fan", [None, FanId("fan")], ids=["for many", "for one fan"])
@pytest.mark.parametrize("notice", ["", "A notice. " * 20], ids=["", "with a notice"])
def test_all_that_a_gallery_can_show_fits(fan: FanId | None, notice: str) -> None:
    message = MessageToFan("*" * 5000, tuple(ITEMS), 1500, ITEMS[0])
    bundles = [PickerBundle(TemplateId(f"{at:022d}"), "n" * 50, message) for at in range(30)]
    rows = [MediaRow(uuid=item, status="ready", media_type="image", name="*" * 200) for item in ITEMS[:10]]
    scene = PickerScene(
        now=PickedMessage(REF, message, PickerShelf(page=3, ref=REF), fan=fan, waits=10, later=1),
        rows=rows,
        more=True,
        tiles={item: ItemTile(b"", 754_000) for item in ITEMS},
        known=dict.fromkeys(ITEMS, KNOWN),
        folders=[f"folder {at}" for at in range(40)],
        bundles=bundles,
        presets=[500, 1000],
        prices=True,
        adult=True,
        uploads=True,
        notice=notice,
    )
    ends = tuple(
        Button(f"pick.reply.{name}", REF, name, begins=name == "send") for name in ("send", "text", "no")
    )

    post, lists = shown(scene, "pick.reply", "Media and price of your mass message", ends)

    pictures = [Picture(f"SPOILER_item-{at}.jpg", b"", "covered", spoiler=True) for at in range(10)]
    assert view_of(post, pictures=pictures, choice=tuple(lists)) is not None
    assert len([one for one in post.buttons if one.label == "Upload …"]) == 1
