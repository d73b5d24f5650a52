"""Rows A11 and B1 to B7: what no webhook told, and in which order it shows."""

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial

import pytest

from bot.relay.bursts import MOST
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import MessageRecord
from tests.proofs.faults.live_bridge import PATIENCE, SPEED, LiveBridge, housed

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOURS = timedelta(hours=3)
SEND = r"/message$"


async def unheard(house: LiveBridge, fan: StandInFan, *texts: str) -> list[MessageRecord]:
    """A fan writes, and no webhook ever tells of it."""
    before = len(fan.bond.messages)
    for text in texts:
        await house.told(fan.write(text))
    return fan.bond.messages[before:]


def long_ago(messages: Sequence[MessageRecord]) -> None:
    """These messages are some hours old."""
    for message in messages:
        message.sent_at -= HOURS


async def down(house: LiveBridge) -> None:
    """The bridge dies, and turns out to have been linked and looking since early this morning."""
    await house.stage.bridge.kill()
    with closing(sqlite3.connect(house.database)) as connection, connection:
        connection.execute(
            """UPDATE watermarks SET floor_at = floor_at - 14400000,
                                     swept_at = COALESCE(swept_at, floor_at) - 14400000"""
        )
        connection.execute("UPDATE inbox SET received_at = received_at - 14400000")


def texts_of(house: LiveBridge, fan: StandInFan, prefix: str) -> list[str]:
    """The first lines of a fan's messages, as they stand in the thread."""
    return [text for line in house.lines(fan) if (text := line.split("\n")[0]).startswith(prefix)]


@pytest.mark.fault("B1")
async def test_five_hundred_messages_of_three_hours_are_caught_up_in_order_under_a_note(
    house: LiveBridge,
) -> None:
    fans = [house.fan("Bea") for _ in range(40)]
    await asyncio.gather(*(house.greeted(fan) for fan in fans[:5]))
    await down(house)
    for number in range(500):
        await unheard(house, fans[number % 40], f"missed {number:03d}")
    for fan in fans:
        long_ago([message for message in fan.bond.messages if str(message.text).startswith("missed")])

    await house.stage.bridge.start()
    await house.until(
        lambda: house.posted >= 500 / MOST and sum(len(texts_of(house, fan, "missed")) for fan in fans) >= 500
    )

    for index, fan in enumerate(fans):
        assert texts_of(house, fan, "missed") == [f"missed {number:03d}" for number in range(index, 500, 40)]
        assert len(house.with_words(fan, "While the bridge was offline")) == 1
        assert all("sent <t:" in line for line in house.with_words(fan, "missed"))
    assert house.stage.discord.ledger.count("ping") == 0
    assert (
        house.rows("SELECT COUNT(*) AS n FROM inbox WHERE source = 'sweep' AND state = 'done'")[0]["n"] >= 500
    )


@pytest.mark.fault("B2")
async def test_a_message_older_than_the_last_look_is_found_and_shown_with_its_time(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    await house.greeted(fan)
    await down(house)
    (old,) = await unheard(house, fan, "an old one")
    long_ago([old])
    await unheard(house, fan, "a new one")

    await house.stage.bridge.start()
    await asyncio.gather(house.shows(fan, "an old one"), house.shows(fan, "a new one"))

    assert [len(house.with_words(fan, words)) for words in ("an old one", "a new one")] == [1, 1]
    assert "sent <t:" in house.with_words(fan, "an old one")[0]


@pytest.mark.fault("B2")
async def test_a_chat_that_moves_to_the_first_page_while_the_second_is_read_is_not_missed(
    house: LiveBridge,
) -> None:
    fans = [house.fan("Bea") for _ in range(60)]
    await house.stage.bridge.kill()
    for fan in fans:
        await unheard(house, fan, "page by page")
    house.stage.fanvue.faults.add("delay", "GET", r"/chats$", seconds=0.0)  # the first page is answered
    second = house.stage.fanvue.faults.hold("GET", r"/chats$")
    starting = asyncio.create_task(house.restart(SWEEP_SECONDS="20"))
    await second.reached(PATIENCE)
    await unheard(house, fans[0], "meanwhile")
    second.release()
    await starting
    await house.until(lambda: all(house.with_words(fan, "page by page") for fan in fans))
    await house.shows(fans[0], "meanwhile")

    assert [len(house.with_words(fan, "page by page")) for fan in fans] == [1] * 60
    assert len(house.with_words(fans[0], "meanwhile")) == 1


@pytest.mark.fault("B3")
async def test_fifty_events_in_reverse_after_a_start_are_shown_in_order(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    await house.greeted(fan)
    swept = "SELECT swept_at FROM watermarks"
    await house.stage.bridge.kill()
    before = house.rows(swept)
    await house.restart(WINDOW_DIVISOR="1")  # two seconds are two seconds here
    try:
        await house.stored(lambda: house.rows(swept) != before)
        raws = [raw for n in range(50) for raw in await house.told(fan.write(f"in order {n:02d}"))]
        assert [await house.post(raw) for raw in reversed(raws)] == [200] * 50
        await house.until(lambda: len(texts_of(house, fan, "in order")) >= 50)
    finally:
        await house.restart(WINDOW_DIVISOR=str(SPEED))

    assert texts_of(house, fan, "in order") == [f"in order {n:02d}" for n in range(50)]


@pytest.mark.fault("B4")
async def test_one_message_that_cannot_be_read_is_put_aside_and_the_others_are_shown(
    house: LiveBridge,
) -> None:
    fan = house.fan("Bea")
    await house.greeted(fan)
    await house.stage.bridge.kill()
    rows = await unheard(house, fan, *(f"page {number:02d}" for number in range(50)))
    rows[20].uuid = 13  # type: ignore[assignment]  # what no contract allows
    await house.stage.bridge.start()
    await house.until(lambda: len(texts_of(house, fan, "page")) >= 49)
    await house.shows(fan, "open it in Fanvue")
    house.stage.fanvue.contract_errors.clear()  # the poison is ours

    assert texts_of(house, fan, "page") == [f"page {n:02d}" for n in range(50) if n != 20]
    aside = house.rows("SELECT state FROM inbox WHERE kind = 'message.unreadable'")
    assert aside == [{"state": "quarantined"}]


@pytest.mark.fault("B5")
async def test_an_own_reply_that_comes_back_by_webhook_and_by_sweep_stays_one_line(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    thread = await house.greeted(fan)
    await house.reply(thread, text="it is me")
    await house.shows(fan, "✓ Sent")
    await house.restart()
    house.stage.fanvue.world.automated(fan, "AUTOMATED_NEW_SUBSCRIBER", "welcome aboard")
    await house.shows(fan, "welcome aboard")

    assert len(house.with_words(fan, "it is me")) == 1
    (own,) = fan.inbox()[:1]
    assert house.rows("SELECT outbox_id FROM claims WHERE external_id = ?", own.uuid) == [
        {"outbox_id": house.sends(fan)[0]["id"]}
    ]
    (automated,) = house.with_words(fan, "welcome aboard")
    assert "Sent by an automation on Fanvue" in automated
    assert house.with_words(fan, "not through Discord") == []


@pytest.mark.fault("B6")
async def test_reading_a_chat_for_a_lost_reply_or_a_sweep_leaves_it_unread(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    thread = await house.greeted(fan)
    unread = fan.bond.unread
    house.stage.fanvue.faults.add("lose_answer", "POST", SEND)
    await house.reply(thread, text="did it arrive")
    await house.shows(fan, "✓ Sent")
    await house.stage.bridge.kill()
    await unheard(house, fan, "found by reading")
    await house.stage.bridge.start()
    await house.shows(fan, "found by reading")

    assert (unread, fan.bond.unread) == (1, 2)


@pytest.mark.fault("B7")
async def test_a_first_link_shows_history_from_now_on_only(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with housed(tmp_path_factory.mktemp("history"), open_house=False) as house:
        fans = [house.fan("Old") for _ in range(20)]
        for number in range(2_000):
            await unheard(house, fans[number % 20], f"old {number}")
        await house.play.open_house()
        floor = await house.stored(lambda: house.rows("SELECT floor_at, swept_at FROM watermarks"))
        await unheard(house, fans[0], "fresh, and untold")
        await house.restart()
        await house.shows(fans[0], "fresh, and untold")

        newest = max(message.sent_at.timestamp() for fan in fans[1:] for message in fan.bond.messages)
        assert floor[0]["floor_at"] >= int(newest * 1000)
        assert [len(house.threads(fan)) for fan in fans] == [1] + [0] * 19
        assert texts_of(house, fans[0], "old") == []


async def _written_until_noticed(house: LiveBridge, fan: StandInFan) -> None:
    """The fan goes on writing, and each message is found by looking, until the silence is told."""
    for number in range(100):
        words = f"unheard {number}"
        await fan.write(words)
        await house.until(partial(_found_or_told, house, fan, words))
        if house.alerts("Live events are silent"):
            return


def _found_or_told(house: LiveBridge, fan: StandInFan, words: str) -> bool:
    return bool(house.with_words(fan, words) or house.alerts("Live events are silent"))


@pytest.mark.fault("A11")
async def test_webhooks_that_stop_are_noticed_told_once_and_told_again_when_they_are_back(
    house: LiveBridge,
) -> None:
    await house.restart(SILENCE_SECONDS="40", SWEEP_SECONDS="20", SWEEP_SILENT_SECONDS="20")
    fan = house.fan("Bea")
    await house.greeted(fan)
    hooks = house.stage.fanvue.faults.webhooks
    hooks.off = True

    async with asyncio.timeout(30):
        await _written_until_noticed(house, fan)
    status, report = await house.admin("readyz")
    said = json.loads(report)
    await fan.write("still unheard")
    await house.shows(fan, "still unheard")
    assert len(house.alerts("Live events are silent")) == 1
    assert status == 200  # it serves; what is amiss stands beside that
    assert "silent" in json.dumps(said)
    assert len(house.rows("SELECT id FROM gaps WHERE kind = 'silent' AND ended IS NULL")) == 1

    hooks.off = False
    await fan.write("heard again")
    await house.alerted("Live events are back")
    assert house.alerts("recovered")
    assert [
        row["recovered"] >= 1 for row in house.rows("SELECT recovered FROM gaps WHERE kind = 'silent'")
    ] == [True]
    assert len(house.with_words(fan, "heard again")) <= 1
    await house.restart(SILENCE_SECONDS="900", SWEEP_SECONDS="300", SWEEP_SILENT_SECONDS="60")
