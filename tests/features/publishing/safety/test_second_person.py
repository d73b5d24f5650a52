"""The whole program: a mass message to very many takes a second person."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
import pytest_asyncio

from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.discord.people import DiscordPerson
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.features.publishing.safety.safety_fixtures import (
    ASKS,
    asked,
    confirmed,
    limits,
    looks,
    may_not_send,
    may_send,
    runs,
    send,
    sent,
    until_sent,
)
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def mara(house: LiveBridge, phone: PhoneStandIn) -> AsyncIterator[DiscordPerson]:
    """She may send mass messages as well, and above two recipients a second person is asked."""
    await may_send(house, "mara")
    await limits(house, second_above="2", hold="off")
    yield house.stage.members["mara"]
    await limits(house, second_above="off")


async def presses(house: LiveBridge, who: DiscordPerson, shown: StandInMessage, label: str, says: str) -> str:
    """A press under what somebody looks at; that message says what comes of it."""
    await who.click(shown, label)
    await house.until(lambda: says in plain(shown))
    return plain(shown)


async def test_the_button_says_that_a_second_person_is_asked_and_only_theirs_sends_it(
    house: LiveBridge, phone: PhoneStandIn, mara: DiscordPerson
) -> None:
    await phone.mass(to="Trio", text="who sends it")
    first = labels(phone.message)
    await phone.tap("Cancel")
    second = labels(await looks(mara, await asked(phone, "says who")))

    assert first[0] == ASKS
    assert second[0] == "Send to up to 3 fans"


async def test_the_second_person_sees_all_of_it_privately_and_it_is_sent_once(
    house: LiveBridge, phone: PhoneStandIn, mara: DiscordPerson
) -> None:
    line = await asked(phone, "seen by two")
    none = list(sent(house, "seen by two"))
    shown = await looks(mara, line)
    whole, offered = plain(shown), labels(shown)
    await presses(house, mara, shown, send_of(shown), "on its way")
    await until_sent(house, phone)
    await house.alerted(f"confirmed by <@{phone.who.user.id}> and <@{mara.user.id}>")
    again = await looks(mara, line)

    assert "seen by two" not in plain(line)
    assert "asks a second person to confirm it" in plain(line)
    assert none == []
    assert "seen by two" in whole
    assert "Trio" in whole
    assert "More than 2" not in whole  # what only the first person does
    assert offered == ["Send to up to 3 fans", "Refuse"]
    assert len(sent(house, "seen by two")) == 1
    assert "confirmed it too" in plain(again)
    assert labels(again) == []


async def test_whoever_proposed_it_cannot_confirm_it_but_takes_it_back(
    house: LiveBridge, phone: PhoneStandIn, mara: DiscordPerson
) -> None:
    line = await asked(phone, "mine alone")
    theirs = await looks(mara, line)
    own = await looks(phone.who, line)
    offered = labels(own)
    await presses(house, phone.who, own, "Take back", "Not sent.")
    late = await (await mara.click(theirs, send_of(theirs))).done(PATIENCE)

    assert offered == ["Take back"]
    assert "This is settled" in late.text
    assert sent(house, "mine alone") == []


async def test_refused_it_is_never_sent_and_who_proposed_it_reads_so(
    house: LiveBridge, phone: PhoneStandIn, mara: DiscordPerson
) -> None:
    shown = await looks(mara, await asked(phone, "refused"))
    await presses(house, mara, shown, "Refuse", "Not sent.")
    await house.until(lambda: "refused it. Not sent. Make a new one with /mass new." in plain(phone.message))
    await house.alerted(f"<@{mara.user.id}> refused it. Not sent.")

    assert sent(house, "refused") == []


async def test_two_who_confirm_at_once_send_one(
    house: LiveBridge, phone: PhoneStandIn, mara: DiscordPerson
) -> None:
    await may_send(house, "theo")
    theo = house.stage.members["theo"]
    line = await asked(phone, "two at once")
    both = [(mara, await looks(mara, line)), (theo, await looks(theo, line))]
    await asyncio.gather(*(who.click(shown, send_of(shown)) for who, shown in both))
    outcomes = ("on its way", "This is settled")

    def told() -> list[str]:
        return [words for words in outcomes for _, shown in both if words in plain(shown)]

    await house.until(lambda: len(told()) >= len(both))  # the press is taken before its message changes
    await until_sent(house, phone)
    await may_not_send(house, "theo")

    assert len(sent(house, "two at once")) == 1
    assert told() == [*outcomes]


async def test_it_survives_a_kill_between_the_two_presses(
    house: LiveBridge, phone: PhoneStandIn, mara: DiscordPerson
) -> None:
    line = await asked(phone, "across a kill")
    await house.stage.bridge.kill()
    await house.stage.bridge.start()
    shown = await looks(mara, line)
    await presses(house, mara, shown, send_of(shown), "on its way")
    await until_sent(house, phone)

    assert len(sent(house, "across a kill")) == 1


async def test_an_audience_that_grew_meanwhile_has_to_be_proposed_anew(
    house: LiveBridge, phone: PhoneStandIn, mara: DiscordPerson
) -> None:
    shown = await looks(mara, await asked(phone, "to three only"))
    world, stage = house.stage.fanvue.world, house.stage
    (trio,) = [one for one in world.lists.values() if one.name == "Trio"]
    newcomer = house.fan("Dee")
    trio.members.append(newcomer.uuid)
    said = await presses(house, mara, shown, send_of(shown), "has changed since it was proposed")
    trio.members.remove(newcomer.uuid)
    await house.alerted("it has changed since it was proposed. Not sent.")

    assert "run /mass new again" in said
    assert sent(house, "to three only") == []
    assert stage.discord.contract_errors == []


async def test_a_pause_and_a_lost_right_count_at_the_second_press(
    house: LiveBridge, phone: PhoneStandIn, mara: DiscordPerson
) -> None:
    shown = await looks(mara, await asked(phone, "while paused"))
    await runs(phone.who, house, "pause creator")
    paused = await presses(house, mara, shown, send_of(shown), "Paused by its owner")
    await runs(phone.who, house, "pause off")
    hers = PhoneStandIn(house, mara)
    own = await looks(phone.who, await asked(hers, "by somebody without the right"))
    await may_not_send(house, "mara")
    lost = await presses(house, phone.who, own, send_of(own), "may no longer send mass messages")

    assert "Not sent." in paused
    assert "The person who proposed it may no longer send mass messages" in lost
    assert sent(house, "while paused") == sent(house, "by somebody without the right") == []


async def test_unanswered_for_a_day_it_ends_and_says_so(
    house: LiveBridge, phone: PhoneStandIn, mara: DiscordPerson
) -> None:
    line = await asked(phone, "unanswered")
    shown = await looks(mara, line)
    await house.stage.bridge.stop()
    with closing(sqlite3.connect(house.database)) as connection, connection:
        connection.execute("UPDATE mass_requests SET until_at = 1 WHERE state = 'open'")
    await house.stage.bridge.start()
    await house.alerted("nobody answered within 24 hours. Not sent.")
    await house.until(lambda: "Nobody answered within 24 hours" in plain(phone.message))
    late = await (await mara.click(shown, send_of(shown))).done(PATIENCE)
    await house.until(lambda: labels(line) == [])

    assert "This is settled" in late.text
    assert "it is no longer waiting" in plain(line)
    assert sent(house, "unanswered") == []


async def test_where_nobody_else_may_the_first_person_reads_how_that_is_changed(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await may_not_send(house, "mara")
    await limits(house, second_above="2", hold="off")
    await phone.mass(to="Trio", text="all alone")
    refused = await phone.tap(send(phone))
    off = await limits(house, second_above="off")
    await confirmed(phone, "enough alone", "Mass message sent to 3 fans")

    assert "Not sent: a second person must confirm this" in refused
    assert "/mass limits second_above:off" in refused
    assert "No second confirmation needed" in off
    assert sent(house, "all alone") == []
    assert len(sent(house, "enough alone")) == 1


def send_of(shown: StandInMessage) -> str:
    """The label of the button that sends it."""
    return next(label for label in labels(shown) if label.startswith("Send"))
