"""A copy of a mass message that was bought is whoever launched it, on Discord."""

import csv
from decimal import Decimal
from io import StringIO

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import MassMessageRecord, MessageId
from bot.sandbox.fanvue.routes_mass import send_due
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house()


async def launch(house: LiveBridge, text: str, price: str) -> None:
    """The owner sends it to all who subscribe."""
    owner, media = house.stage.owner, house.stage.media[0]
    values = {"to": "subscribers", "text": text, "price": price, "media": media}
    preview = await (await owner.slash(house.stage.guild, house.stage.lobby, "mass new", **values)).done(
        PATIENCE
    )
    assert preview.message is not None
    send = next(label for label in labels(preview.message) if label.startswith("Send to"))
    await owner.click(preview.message, send)
    await house.until(lambda: "Mass message sent" in preview.text)
    sent = next(mass["uuid"] for mass in house.stage.fanvue.ledger.of("mass") if mass["text"] == text)
    await house.stored(lambda: house.rows("SELECT 1 FROM campaigns WHERE message_uuid = ?", sent))


async def sweep(house: LiveBridge) -> None:
    """The program starts anew, which sweeps, and has swept."""
    before = swept_at(house)
    await house.restart()
    await house.stored(lambda: swept_at(house) > before)


def swept_at(house: LiveBridge) -> int:
    """When the last sweep that came to its end began."""
    return max(row["swept_at"] or 0 for row in house.rows("SELECT swept_at FROM watermarks"))


async def bought(house: LiveBridge, fan: StandInFan, cents: int) -> None:
    """The fan buys the copy that reached them, and a webhook tells of it."""
    await fan.buy(fan.inbox()[-1].uuid)
    await house.stored(lambda: house.rows("SELECT 1 FROM earnings_told WHERE gross = ?", cents))


async def asked(house: LiveBridge, name: str, **values: object) -> InteractionAnswer:
    """The owner asks outside of threads."""
    answer = await house.stage.owner.slash(house.stage.guild, house.stage.lobby, name, **values)
    return await answer.done(PATIENCE)


async def why(house: LiveBridge, amount: str) -> str:
    """What is said of the sale of this amount."""
    lines = (await asked(house, "money credit sales", period="7")).text.splitlines()
    return lines[next(n for n, line in enumerate(lines) if amount in line) + 1]


def table(message: StandInMessage) -> list[dict[str, str]]:
    """The file under a message."""
    text = message.attachments[0].content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def from_fanvue(house: LiveBridge, text: str, price: int) -> None:
    """Somebody sends one to all who subscribe, on Fanvue itself."""
    state, creator = house.stage.fanvue.world, house.stage.creator
    fans = [bond.fan.uuid for bond in state.bonds.values() if bond.creator is creator and bond.contactable]
    made = MassMessageRecord(
        MessageId(state.new_id()),
        creator.uuid,
        text,
        [],
        price,
        None,
        state.now(),
        state.now(),
        "SCHEDULED",
        fans,
    )
    state.mass_messages[made.uuid] = made
    send_due(state)


async def test_a_copy_that_was_bought_is_whoever_launched_it(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    await launch(house, "a lake for all of you", "7.01")
    await sweep(house)

    await bought(house, fan, 701)

    said = f"bought the mass message that <@{house.stage.owner.user.id}> sent"
    assert said in await why(house, "$7.01")
    await asked(house, "money rebuild")  # what is asked for next is read from Fanvue first
    assert said in await why(house, "$7.01")
    assert house.rows("SELECT 1 FROM earnings WHERE gross = 701")


async def test_lines_and_file_agree_and_together_they_are_what_earnings_says(house: LiveBridge) -> None:
    owner, fan, other = house.stage.owner, house.fan("Bea"), house.fan("Cleo")
    await launch(house, "a beach for all of you", "8.02")
    await sweep(house)
    for one in (fan, other):
        await bought(house, one, 802)
    payment = next(one for one in other._state.payments.values() if one.fan == other.uuid)
    await other.refunded(payment.id)
    await house.stored(lambda: house.rows("SELECT 1 FROM earnings_told WHERE gross = -802"))

    lines = (await asked(house, "money credit sales", period="7", as_file=True)).message
    team = (await asked(house, "money credit statement", period="7", as_file=True)).message
    earned = (await asked(house, "money earnings", period="7")).text

    assert lines is not None
    assert team is not None
    mine = [one for one in table(lines) if one["gross"] in ("8.02", "-8.02")]
    assert [one["sent_by_id"] for one in mine] == [f"'{owner.user.id}"] * 3
    assert {one["sent_by"] for one in mine} == {owner.user.global_name or owner.user.name}
    for rule in ("sent", "last"):
        whole = sum(Decimal(one["gross"]) for one in table(team) if one["rule"] == rule)
        assert f"${whole:,.2f}" in earned
    sold = next(
        one for one in table(team) if (one["member_id"], one["rule"]) == (f"'{owner.user.id}", "sent")
    )
    assert Decimal(sold["gross"]) == Decimal("15.03")


async def test_with_the_same_words_from_fanvue_itself_nobody_knows_whose_it_is(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    await launch(house, "a creek for all of you", "12.01")
    from_fanvue(house, "a creek for all of you", 1201)
    await sweep(house)

    await bought(house, fan, 1201)

    assert "bought a mass message; we don't know who launched it" in await why(house, "$12.01")


async def test_a_copy_that_no_sweep_has_seen_is_nobodys(house: LiveBridge) -> None:
    fan = house.fan("Eve")
    await house.greeted(fan)
    from_fanvue(house, "a hill for all of you", 1302)
    copy = fan.inbox()[-1].uuid
    await fan.write("what a hill")  # before any sweep, so the chat does not end with it any more
    await sweep(house)

    await fan.buy(copy)
    await house.stored(lambda: house.rows("SELECT 1 FROM earnings_told WHERE gross = 1302"))

    assert "we don't know who sent the message" in await why(house, "$13.02")


async def test_soon_after_one_went_out_a_sweep_comes_out_of_turn(house: LiveBridge) -> None:
    fan = house.fan("Finn")
    house.stage.bridge._settings["SWEEP_SECONDS"] = "3600"  # divided, the next in its turn is minutes away
    await sweep(house)
    before = swept_at(house)

    await launch(house, "a wood for all of you", "14.01")
    copy = fan.inbox()[-1].uuid
    await house.stored(lambda: house.rows("SELECT 1 FROM credit_copies WHERE item = ?", copy))

    await house.stored(lambda: swept_at(house) > before)
