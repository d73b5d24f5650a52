"""Watermarks, gaps, webhook subscriptions: what the second source remembers."""

from functools import partial

import pytest

from storage.database import Database
from storage.inbox import watermarks
from storage.inbox.watermarks import ChatMark
from storage.operations import gaps
from storage.operations.gaps import EventGap
from storage.people import webhook_subscriptions
from storage.people.webhook_subscriptions import WebhookSubscriptionRecord
from storage.records import FanId, FanvueMessageId, LinkId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR
from tests.storage.row_fixtures import REFUSALS


async def test_a_creator_begins_once_and_a_floor_is_never_lowered(database: Database) -> None:
    for now in (100, 200):
        await database.write(partial(watermarks.begin, creator=CREATOR, now=now))
    for floor in (150, 120):
        await database.write(partial(watermarks.raise_floor, creator=CREATOR, floor=floor))
    await database.write(lambda tx: watermarks.swept(tx, CREATOR, began=170, full=False))
    await database.write(lambda tx: watermarks.paid(tx, CREATOR, began=160))

    mark = await database.read(lambda tx: watermarks.get(tx, CREATOR))
    assert mark is not None
    assert (mark.floor, mark.swept_at, mark.paid_at, mark.full_at) == (150, 170, 160, 100)
    assert await database.read(lambda tx: watermarks.get(tx, OTHER_CREATOR)) is None


async def test_a_chat_has_the_mark_of_its_last_reading(database: Database) -> None:
    for number in (1, 2):
        mark = ChatMark(FanvueMessageId(f"m-{number}"), number)
        await database.write(partial(watermarks.chat_read, creator=CREATOR, fan=FAN, mark=mark))

    marks = await database.read(lambda tx: watermarks.chat_marks(tx, CREATOR, [FAN, FanId("nobody")]))
    assert marks == {FAN: ChatMark(FanvueMessageId("m-2"), 2)}


async def test_what_is_heard_is_remembered_by_kind_with_its_last_time(database: Database) -> None:
    for event, at in (("payment", 1), ("message.received", 5), ("payment", 3)):
        await database.write(partial(watermarks.heard, creator=CREATOR, event=event, at=at))

    assert await database.read(lambda tx: watermarks.heard_of(tx, CREATOR)) == {
        "payment": 3,
        "message.received": 5,
    }
    assert await database.read(lambda tx: watermarks.heard_last(tx, CREATOR)) == 5
    assert await database.read(lambda tx: watermarks.heard_last(tx, OTHER_CREATOR)) is None


async def test_a_moment_lies_in_the_gap_that_was_there_then(database: Database) -> None:
    offline = EventGap("gap-1", CREATOR, gaps.OFFLINE, began=10, ended=20)
    silent = EventGap("gap-2", CREATOR, gaps.SILENT, began=30, ended=None)
    for gap in (offline, silent):
        await database.write(partial(gaps.add, gap=gap))

    found = [await database.read(partial(gaps.around, creator=CREATOR, at=at)) for at in (9, 15, 25, 99)]
    assert found == [None, offline, None, silent]
    assert await database.read(lambda tx: gaps.silence(tx, CREATOR)) == silent

    await database.write(lambda tx: gaps.end(tx, "gap-2", at=40, recovered=7))
    assert await database.read(lambda tx: gaps.silence(tx, CREATOR)) is None


async def test_a_creator_has_one_open_silence_at_most(database: Database) -> None:
    await database.write(
        lambda tx: gaps.add(tx, EventGap("gap-1", CREATOR, gaps.SILENT, began=1, ended=None))
    )

    with pytest.raises(REFUSALS):
        await database.write(
            lambda tx: gaps.add(tx, EventGap("gap-2", CREATOR, gaps.SILENT, began=2, ended=None))
        )


async def test_a_retired_subscription_is_kept_for_a_while_and_then_forgotten(database: Database) -> None:
    new = WebhookSubscriptionRecord(
        "s-1", CREATOR, LinkId("link"), "https://bridge.example.org", ("a", "b"), b"sealed", "active", 1
    )
    await database.write(lambda tx: webhook_subscriptions.add(tx, new))
    assert list(await database.read(webhook_subscriptions.all_of)) == [new]

    await database.write(lambda tx: webhook_subscriptions.retire(tx, "s-1", now=50))
    assert await database.write(lambda tx: webhook_subscriptions.forget(tx, retired_before=50)) == 0
    assert await database.write(lambda tx: webhook_subscriptions.forget(tx, retired_before=51)) == 1
    assert list(await database.read(webhook_subscriptions.all_of)) == []
