"""The whole program: the same content to an overlapping audience, within a day."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from bot.sandbox.fanvue.records import MassMessageRecord, MessageId
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.proofs.faults.live_bridge import LiveBridge, housed, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house of its own, with two lists that share a fan."""
    async with housed(tmp_path_factory.mktemp("overlap")) as made:
        ada, bo, cy = (made.fan(name) for name in ("Ada", "Bo", "Cy"))
        made.stage.fanvue.world.add_list(made.stage.creator, "Whales", [ada, bo])
        made.stage.fanvue.world.add_list(made.stage.creator, "Sleepy", [bo, cy])
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


@pytest_asyncio.fixture(loop_scope="module")
async def phone(house: LiveBridge) -> AsyncIterator[PhoneStandIn]:
    """The owner's."""
    yield PhoneStandIn(house)


def sent(house: LiveBridge, text: str) -> list[FanvueLedgerEntry]:
    """The mass messages with this text that Fanvue has accepted."""
    return [one for one in house.stage.fanvue.ledger.of("mass") if one["text"] == text]


def send(phone: PhoneStandIn) -> str:
    """The label of the button that sends it."""
    return next(label for label in labels(phone.message) if label.startswith(("Send", "Schedule")))


async def out(phone: PhoneStandIn, **options: str) -> str:
    """One goes out; what its preview said."""
    shown = await phone.mass(**options)
    await phone.tap(send(phone))
    await phone.house.until(lambda: "Mass message s" in plain(phone.message))
    return shown


def elsewhere(house: LiveBridge, text: str, hours_ago: float, status: str = "SENT") -> None:
    """Somebody has sent one on Fanvue itself."""
    world, made = house.stage.fanvue.world, house.stage.fanvue.world.now() - timedelta(hours=hours_ago)
    uuid = MessageId(world.new_id())
    creator = house.stage.creator.uuid
    world.mass_messages[uuid] = MassMessageRecord(
        uuid, creator, text, [], None, None, made, None, status, [], published_at=made
    )


async def test_a_list_in_common_and_a_list_within_another_are_named(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    first = await out(phone, to="Whales,Subscribers", text="news for you")

    common = await phone.mass(to="Sleepy,Whales", text="news for you")
    within = await phone.mass(to="Auto-renewing", text="news for you ")
    other = await phone.mass(to="Whales", text="other news")
    await phone.mass(to="Sleepy,Whales", text="news for you")
    await phone.tap(send(phone))
    await house.until(lambda: "Mass message sent" in plain(phone.message))

    assert "The same message" not in first
    assert "also to Whales.** Fans on that list get it twice" in common
    assert "also to Auto-renewing.**" in within
    assert "The same message" not in other
    assert len(sent(house, "news for you")) == 2


async def test_lists_that_may_share_fans_are_said_to_be_unknown_and_left_out_they_are_not(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await out(phone, to="Whales", text="maybe twice")

    unknown = await phone.mass(to="Sleepy", text="maybe twice")
    without = await phone.mass(to="Sleepy", text="maybe twice", **{"except": "Whales"})
    exactly = await phone.mass(to="Whales", text="maybe twice")

    assert "to Whales. **We don't know whether fans get it twice:**" in unknown
    assert "The same message" not in without
    assert "You already confirmed the same message to the same lists, <t" in exactly
    assert exactly.count("same message") == 1


async def test_one_that_is_planned_within_a_day_of_it_counts_and_one_a_day_later_does_not(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await out(phone, to="Whales", text="planned twice", when="in 30 hours")

    now = await phone.mass(to="Whales,Sleepy", text="planned twice")
    near = await phone.mass(to="Whales,Sleepy", text="planned twice", when="in 20 hours")

    assert "The same message" not in now
    assert "The same message is planned, <t:" in near


async def test_what_was_sent_outside_of_the_bridge_counts_while_fans_have_it(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    elsewhere(house, "by hand", 2)
    elsewhere(house, "by hand, long ago", 25)
    elsewhere(house, "by hand, taken back", 2, "UNSENT")

    told = await phone.mass(to="Whales", text="by hand")
    late = await phone.mass(to="Whales", text="by hand, long ago")
    gone = await phone.mass(to="Whales", text="by hand, taken back")

    assert "The same message was made outside the bridge and was sent <t:" in told
    assert "We don't know whether fans get it twice:** Fanvue doesn't say to which lists." in told
    assert "The same message" not in late
    assert "The same message" not in gone


async def test_what_was_taken_back_does_not_count(house: LiveBridge, phone: PhoneStandIn) -> None:
    await out(phone, to="Whales", text="a slip")
    (made,) = sent(house, "a slip")
    house.stage.fanvue.world.mass_messages[made["uuid"]].status = "UNSENT"

    shown = await phone.mass(to="Whales,Sleepy", text="a slip")

    assert "The same message" not in shown


async def test_what_went_out_between_preview_and_press_is_told_at_the_press(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await phone.mass(to="Whales", text="two at once")
    await out(PhoneStandIn(house), to="Sleepy", text="two at once")

    anew = await phone.tap(send(phone))
    once = len(sent(house, "two at once"))
    await phone.tap(send(phone))
    await house.until(lambda: "Mass message sent" in plain(phone.message))

    assert "This has changed since you saw it" in anew
    assert "to Sleepy. **We don't know whether fans get it twice:**" in anew
    assert once == 1
    assert len(sent(house, "two at once")) == 2


async def test_while_fanvues_list_cannot_be_read_that_is_said_and_nothing_is_stopped(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    house.stage.fanvue.faults.add("error_before", "GET", r".*mass-messages.*", status=503, count=20)

    shown = await out(phone, to="Whales", text="in the dark")
    house.stage.fanvue.faults.clear()

    assert "We can't read Fanvue's list of mass messages right now" in shown
    assert len(sent(house, "in the dark")) == 1
