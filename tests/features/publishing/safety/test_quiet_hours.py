"""The whole program: a mass message in quiet hours says so, and is never stopped."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house of its own, in which three fans are on a list."""
    async with housed(tmp_path_factory.mktemp("quiet")) as made:
        members = [made.fan(name) for name in ("Ada", "Bo", "Cy")]
        made.stage.fanvue.world.add_list(made.stage.creator, "Trio", members)
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


@pytest_asyncio.fixture(loop_scope="module")
async def phone(house: LiveBridge) -> AsyncIterator[PhoneStandIn]:
    """The owner's; there are no quiet hours."""
    await quiet(house, "off")
    yield PhoneStandIn(house)


async def quiet(house: LiveBridge, hours: str = "", by: str = "") -> str:
    """/mass limits; what it answers."""
    stage = house.stage
    who = stage.members[by] if by else stage.owner
    options = {"quiet": hours} if hours else {}
    answer = await who.slash(stage.guild, stage.lobby, "mass limits", **options)
    return (await answer.done(PATIENCE)).text


def around(moment: datetime) -> tuple[str, str]:
    """Quiet hours in which this moment is, and when they end; the creator's clock is UTC."""
    ends = f"{moment + timedelta(hours=2):%H:%M}"
    return f"{moment - timedelta(hours=1):%H:%M}-{ends}", ends


def sent(house: LiveBridge, text: str) -> list[FanvueLedgerEntry]:
    """The mass messages with this text that Fanvue has accepted."""
    return [one for one in house.stage.fanvue.ledger.of("mass") if one["text"] == text]


def send(phone: PhoneStandIn) -> str:
    """The label of the button that sends it."""
    return next(label for label in labels(phone.message) if label.startswith(("Send", "Schedule", "Change")))


async def told(house: LiveBridge, phone: PhoneStandIn, words: str) -> None:
    """The answer says so."""
    await house.until(lambda: words in plain(phone.message))


async def test_without_a_choice_no_hour_is_quiet(house: LiveBridge, phone: PhoneStandIn) -> None:
    holds = await quiet(house)
    shown = await phone.mass(to="Trio", text="any time")

    assert "No quiet hours for mass messages." in holds
    assert "Above 500 recipients" in holds
    assert "Quiet hours" not in shown
    assert send(phone) == "Send to up to 3 fans"


async def test_in_quiet_hours_it_says_so_and_goes_out_if_somebody_confirms(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    hours, ends = around(datetime.now(UTC))
    await quiet(house, hours)

    shown = await phone.mass(to="Trio", text="If you confirm, it is sent anyway")
    label, offered = send(phone), labels(phone.message)
    await phone.tap(label)
    await told(house, phone, "Mass message sent to 3 fans")

    assert "Quiet hours now:" in shown
    assert label == "Send in quiet hours to up to 3 fans"
    assert offered == [label, f"At {ends}", "Media …", "Cancel"]
    (made,) = sent(house, "If you confirm, it is sent anyway")
    assert made["scheduled_at"] is None


async def test_one_press_plans_it_for_their_end_and_one_more_confirms_that(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    hours, ends = around(datetime.now(UTC))
    await quiet(house, hours)
    await phone.mass(to="Trio", text="in the morning")

    planned = await phone.tap(f"At {ends}")
    label, none = send(phone), sent(house, "in the morning")
    await phone.tap(label)
    await told(house, phone, "Mass message scheduled for")

    assert f"{ends} (UTC)" in planned
    assert "Quiet hours" not in planned
    assert label == "Schedule for up to 3 fans"
    assert none == []
    (made,) = sent(house, "in the morning")
    assert f"{made['scheduled_at']:%H:%M}" == ends


async def test_a_draft_that_is_planned_for_their_end_is_gone_once_that_is_confirmed(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    hours, ends = around(datetime.now(UTC))
    await quiet(house, hours)
    await phone.mass(text="from a draft")
    await phone.fill("Find a list", to="Trio")
    await phone.tap("Preview")

    await phone.tap(f"At {ends}")
    offered = labels(phone.message)
    changed = await phone.tap("Change it")
    await phone.tap("Preview")
    await phone.tap(f"At {ends}")
    await phone.tap("Schedule for up to 3 fans")
    await told(house, phone, "Mass message scheduled for")
    again = await phone.mass()

    assert offered == ["Schedule for up to 3 fans", "Cancel", "Change it"]
    assert "from a draft" in changed
    assert len(sent(house, "from a draft")) == 1
    assert "from a draft" not in again


async def test_what_is_planned_for_quiet_hours_says_so_too(house: LiveBridge, phone: PhoneStandIn) -> None:
    moment = datetime.now(UTC) + timedelta(hours=8)
    hours, ends = around(moment)
    await quiet(house, hours)

    shown = await phone.mass(to="Trio", text="at night", when=f"{moment:%Y-%m-%d %H:%M}")

    assert "Quiet hours at that time:" in shown
    assert send(phone) == "Schedule in quiet hours for up to 3 fans"
    assert f"At {ends}" in labels(phone.message)


async def test_hours_that_came_after_the_preview_are_told_at_the_press(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await phone.mass(to="Trio", text="seen before")
    await quiet(house, around(datetime.now(UTC))[0])

    anew = await phone.tap("Send to up to 3 fans")
    none = sent(house, "seen before")
    await phone.tap("Send in quiet hours to up to 3 fans")
    await told(house, phone, "Mass message sent to 3 fans")

    assert "This has changed since you saw it" in anew
    assert none == []
    assert len(sent(house, "seen before")) == 1


async def test_a_change_of_a_planned_one_into_quiet_hours_says_so(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    moment = datetime.now(UTC) + timedelta(hours=8)
    await phone.mass(to="Trio", text="to be moved", when=f"{moment - timedelta(hours=4):%Y-%m-%d %H:%M}")
    await phone.tap(send(phone))
    await told(house, phone, "Mass message scheduled for")
    (made,) = sent(house, "to be moved")
    hours, ends = around(moment)
    await quiet(house, hours)
    stage = house.stage

    changed = await stage.owner.slash(
        stage.guild, stage.lobby, "mass change", campaign=made["uuid"], when=f"{moment:%Y-%m-%d %H:%M}"
    )
    answer = await changed.done(PATIENCE)

    assert answer.message is not None
    assert "Quiet hours at that time:" in answer.text
    assert labels(answer.message) == ["Change it, in quiet hours", f"At {ends}", "Cancel"]


async def test_leads_set_them_and_nobody_else(house: LiveBridge, phone: PhoneStandIn) -> None:
    done = await quiet(house, "23:00-8:00")
    wrong = await quiet(house, "at night")
    denied = await quiet(house, "off", "mara")
    holds = await quiet(house)

    assert "From now on: quiet hours for mass messages: 23:00 to 08:00 (UTC)." in done
    assert "/settings zone" in done
    assert wrong.startswith("Write quiet hours as “23:00-08:00”")
    assert "You don't have access to this here" in denied
    assert "Quiet hours for mass messages: 23:00 to 08:00" in holds
