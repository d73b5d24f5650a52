"""The whole program: a fan is put aside by command or from a claim; and is back."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import component_named
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


# A house in which whatever stands in a thread counts as read, however slow or fast the machine is.
house = own_house(silent=True, restarted={"CLAIM_SECONDS": "600", "UNREAD_SECONDS": "0"})


async def command(
    house: LiveBridge, thread: StandInChannel, name: str, *, by: str = "mara", **values: object
) -> InteractionAnswer:
    """A member uses a command in a fan's thread."""
    answer = await house.stage.members[by].slash(house.stage.guild, thread, name, **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


def card(house: LiveBridge, thread: StandInChannel) -> str:
    """What the first message of a thread says."""
    return plain(house.messages(thread)[0])


def talk(house: LiveBridge, fan: StandInFan) -> dict[str, object]:
    """How the fan's chat stands."""
    (row,) = house.rows("SELECT * FROM talks WHERE fan_uuid = ?", fan.uuid)
    return dict(row)


async def test_a_fan_is_snoozed_the_card_says_by_whom_and_writing_brings_them_back(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    thread = await house.greeted(fan)
    mara = house.stage.members["mara"].user.id

    answer = await command(house, thread, "fan snooze", until="tomorrow 9:00")
    await house.until(lambda: f"by <@{mara}>" in card(house, thread))
    snoozed = card(house, thread)
    await fan.write("are you there?")
    await house.until(lambda: "Snoozed until" not in card(house, thread))

    assert answer.text.startswith("Snoozed until ")
    assert "Snoozed until" in snoozed
    assert talk(house, fan)["snoozed_until"] is None
    assert talk(house, fan)["waiting_since"] is not None


async def test_a_closed_fan_is_off_the_board_and_a_reopen_puts_them_back(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    thread = await house.greeted(fan)
    await house.until(lambda: any(fan.handle in house.drawn(one.text) for one in house.waiting()))

    closed = await command(house, thread, "fan close")
    await house.until(lambda: not any(fan.handle in house.drawn(one.text) for one in house.waiting()))
    back = await command(house, thread, "fan reopen", by="theo")
    await house.until(lambda: any(fan.handle in house.drawn(one.text) for one in house.waiting()))

    assert closed.text.startswith("Closed: this fan is off the lists")
    assert back.text.startswith("This fan is back on the lists")


async def test_the_answer_to_a_claim_offers_times_and_one_choice_snoozes(house: LiveBridge) -> None:
    fan = house.fan("Cleo")
    thread = await house.greeted(fan)
    mara = house.stage.members["mara"]

    claimed = await command(house, thread, "fan claim")
    await mara.choose(claimed.message, "Snooze this fan", "in 1 hour")
    await house.until(lambda: claimed.text.startswith("Snoozed until"))
    listed = await command(house, thread, "inbox waiting")
    await mara.choose(listed.message, "Show another list", "s")
    await house.until(lambda: "Your inbox: Snoozed" in listed.text)

    assert fan.handle in house.drawn(listed.text)
    assert talk(house, fan)["claimed_by"] is None


async def test_a_snooze_without_a_time_asks_for_one(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)

    asked = await command(house, thread, "fan snooze")
    await house.stage.members["mara"].choose(asked.message, "Snooze this fan", "tomorrow 9:00")
    await house.until(lambda: asked.text.startswith("Snoozed until"))

    assert talk(house, fan)["snoozed_until"] is not None


async def test_fans_of_a_page_are_put_off_from_one_place(house: LiveBridge) -> None:
    fans = [house.fan(name) for name in ("Eva", "Finn")]
    threads = [await house.greeted(fan) for fan in fans]
    mara, names = house.stage.members["mara"], [f"{fan.display_name} @{fan.handle}" for fan in fans]

    page = await command(house, threads[0], "inbox waiting")
    await mara.click(page.message, "Snooze…")
    await house.until(lambda: "Who do you want to snooze?" in page.text)
    assert page.message is not None
    which = component_named(page.message.components, "Choose one or several")
    offered = {option["label"]: option["value"] for option in which["options"]}
    chosen = [value for label, value in offered.items() if label.startswith(tuple(names))]
    await mara.choose(page.message, "Choose one or several", *chosen)
    await house.until(lambda: "Until when?" in page.text)
    await mara.choose(page.message, "Snooze them", "tomorrow 9:00")
    await house.until(lambda: "Snoozed: 2 of 2" in page.text)
    await mara.click(page.message, "Back to the list")
    await house.until(lambda: "Your inbox: Unanswered" in page.text)

    assert all(talk(house, fan)["snoozed_until"] is not None for fan in fans)
    assert not any(fan.handle in page.text for fan in fans)
