"""What came of the last ones to the same lists, below the preview of a draft."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.access.roles import MoneyView
from bot.discord.message_bodies import TEXT_LIMIT
from bot.fanvue.models import MassMessageRow
from bot.features.publishing.drafts.message_history import PastMassMessage, words
from bot.model.ports import Post
from cogs.publishing.draft_screens import with_more
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed

DAY = 86_400_000


@pytest_asyncio.fixture
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    async with housed(tmp_path_factory.mktemp("earlier")) as made:
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


async def previewed(phone: PhoneStandIn, text: str, to: str, without: str = "") -> str:
    """A draft as far as its preview, which it returns."""
    await phone.mass()
    await phone.fill("Find a list", to=to, without=without)
    await phone.fill("Write", text=text)
    return await phone.tap("Preview")


async def sends(house: LiveBridge, phone: PhoneStandIn, text: str, to: str, without: str = "") -> None:
    """Confirmed, and out."""
    ledger = house.stage.fanvue.ledger
    before = len(ledger.of("mass"))
    await previewed(phone, text, to, without)
    await phone.tap("Send to up to 2 fans")
    await house.stage.fanvue.world.until(lambda: len(ledger.of("mass")) > before, PATIENCE)
    await house.until(lambda: "Mass message sent" in phone.text)


async def test_the_preview_of_a_draft_shows_the_last_three_to_exactly_its_lists(house: LiveBridge) -> None:
    ada, bo = house.fan("Ada"), house.fan("Bo")
    world, creator, phone = house.stage.fanvue.world, house.stage.creator, PhoneStandIn(house)
    world.add_list(creator, "Whales", (ada, bo))
    world.add_list(creator, "Sleeping", (bo,))
    first = await previewed(phone, "One", "Whales")
    await phone.tap("Change it")
    await phone.tap("Discard")
    for text in ("One", "Two", "Three", "Four *stars*"):
        await sends(house, phone, text, "Whales")

    same = await previewed(phone, "Five", "Whales")
    await phone.tap("Change it")
    await phone.tap("Discard")
    typed = await phone.mass(to="whales", text="Five")
    without = await phone.mass(to="whales", text="Five", **{"except": "sleeping"})
    other = await previewed(phone, "Six", "Whales", "Sleeping")

    assert "to the same lists" not in first
    head, *lines = same[same.index("**The last 3") :].splitlines()[:4]
    assert head == "**The last 3 to the same lists**"
    assert [line.partition("> ")[2] for line in lines] == [
        "“Four *stars*” · 2 fans",
        "“Three” · 2 fans",
        "“Two” · 2 fans",
    ]
    assert "to the same lists" not in other
    assert "\n".join([head, *lines]) in typed
    assert "Change it" not in typed
    assert "to the same lists" not in without


def row(message: str, *, status: str = "SENT", bought: int | None = 30) -> MassMessageRow:
    found = {"uuid": message, "text": f"Set {message}", "status": status, "price": 999}
    return MassMessageRow.model_validate({**found, "recipientCount": 1200, "purchaseCount": bought})


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (MoneyView.EXACT, "<t:86400:d> “Set m” · 1,200 fans · 🔒 $9.99 · 30 bought"),
        (MoneyView.BANDED, "<t:86400:d> “Set m” · 1,200 fans · 🔒 $9.99 · 25 to 50 bought"),
        (MoneyView.HIDDEN, "<t:86400:d> “Set m” · 1,200 fans · 🔒 $9.99"),
    ],
)
def test_what_was_bought_shows_as_far_as_the_reader_may_see_figures(level: MoneyView, shown: str) -> None:
    told = words([PastMassMessage("m", DAY, "Set m", 999)], {"m": row("m")}, level)

    assert told == f"**Last time to the same lists**\n{shown}"


def test_what_nobody_got_is_left_out() -> None:
    known = [PastMassMessage(name, DAY, "", 0) for name in ("planned", "gone", "unsent", "sent")]
    rows = {"planned": row("planned", status="SCHEDULED"), "unsent": row("unsent", status="UNSENT")}

    assert words(known, rows, MoneyView.EXACT) == ""
    assert "Set sent" in words(known, {**rows, "sent": row("sent", bought=None)}, MoneyView.EXACT)


@pytest.mark.parametrize(("length", "fits"), [(100, True), (TEXT_LIMIT - 110, False)])
def test_a_long_preview_keeps_its_own_words_and_leaves_the_rest_out(length: int, *, fits: bool) -> None:
    post = with_more(Post(body=("x" * length,)), "The last three")

    assert ("The last three" in post.body) is fits
    assert post.body[0] == "x" * length
