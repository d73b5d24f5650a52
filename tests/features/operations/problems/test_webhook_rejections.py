"""The webhooks' address: what is counted, within which bounds, and what is told."""

import pytest

from bot.engine.metrics import BridgeMetrics
from bot.features.operations.problems.webhook_rejections import WebhookRejectionCounter, WebhookSecretSet
from storage.operations import webhook_rejections
from tests.features.operations.problems.problems_scenario import ProblemsScenario

KEYS = WebhookSecretSet(lambda: ("first", "second", "made"), fixed=2)


async def alerts(office: ProblemsScenario) -> int:
    """How many alerts were added."""
    rows = await office.database.read(lambda tx: tx.all("SELECT id FROM outbox WHERE kind = 'alert'"))
    return len(rows)


async def test_a_flood_of_sources_is_counted_in_few_rows_and_no_count_is_lost(
    office: ProblemsScenario,
) -> None:
    for number in range(3_000):
        office.desk.door.refused(KEYS, "wrong", f"2001:db8::{number:x}")
    await office.desk.door.store()

    rows = await office.database.read(lambda tx: webhook_rejections.since(tx, ""))
    assert len(rows) == webhook_rejections.MOST + 1
    assert sum(row.number for row in rows) == 3_000
    assert not any("2001:db8" in row.source for row in rows)


async def test_the_same_address_is_the_same_source_on_the_next_day_and_after_a_month_it_is_forgotten(
    office: ProblemsScenario,
) -> None:
    for _ in range(2):
        office.desk.door.refused(KEYS, "missing", "192.0.2.7")
        await office.desk.door.store()
        office.clock.at += 86_400_000
    rows = await office.database.read(lambda tx: webhook_rejections.since(tx, ""))
    office.clock.at += 31 * 86_400_000
    await office.desk.door.store()

    assert len({row.day for row in rows}) == 2
    assert len({row.source for row in rows}) == 1
    assert await office.database.read(lambda tx: webhook_rejections.since(tx, "")) == []


async def test_a_secret_is_known_by_a_hash_and_by_where_it_is_set(office: ProblemsScenario) -> None:
    for key in (0, 2, 2):
        office.desk.door.signed(KEYS, key)
    await office.desk.door.store()

    used = await office.database.read(webhook_rejections.keys)
    assert sorted((row.place, row.number) for row in used) == [
        ("FANVUE_WEBHOOK_SECRETS 1", 1),
        ("subscription", 2),
    ]


@pytest.mark.parametrize("between", ["missing", None])
async def test_three_in_a_row_are_an_alarm_and_anything_between_them_begins_anew(
    office: ProblemsScenario, between: str | None
) -> None:
    for reason in ("stale", "stale", between, "stale", "stale"):
        if reason is None:
            office.desk.door.signed(KEYS, 0)
        else:
            office.desk.door.refused(KEYS, reason, "192.0.2.7")
    before = await office.desk.door.clock_probe()
    office.desk.door.refused(KEYS, "stale", "192.0.2.7")
    await office.desk.door.store()

    assert before is None
    assert await office.desk.door.clock_probe() is not None
    assert "must set the clock" in str(await office.look())
    assert await alerts(office) == 1


async def test_an_alarm_that_comes_and_goes_is_told_once_in_an_hour(office: ProblemsScenario) -> None:
    for _ in range(3):
        for _ in range(3):
            office.desk.door.refused(KEYS, "stale", "192.0.2.7")
        await office.desk.door.store()
        office.desk.door.signed(KEYS, 0)
        await office.desk.door.store()

    assert await alerts(office) == 1
    assert await office.desk.door.clock_probe() is None


@pytest.mark.parametrize(("signed", "needed"), [(None, 1), (2, 10), (0, 10)])
async def test_a_secret_that_never_signed_is_suspected_at_once_and_any_other_after_ten(
    office: ProblemsScenario, signed: int | None, needed: int
) -> None:
    if signed is not None:
        office.desk.door.signed(KEYS, signed)
    found: list[bool] = []
    for _ in range(needed):
        office.desk.door.refused(KEYS, "missing", "192.0.2.7")  # anybody's, and no sign of a wrong secret
        office.desk.door.refused(KEYS, "wrong", "192.0.2.7")
        await office.desk.door.store()
        found.append(await office.desk.door.secret_probe() is not None)
    await office.desk.door.store()
    board, raised = str(await office.look()), await alerts(office)
    office.desk.door.refused(KEYS, "stale", "192.0.2.7")  # late, and the secret is right
    await office.desk.door.store()

    assert found == [False] * (needed - 1) + [True]
    assert "FANVUE\\_WEBHOOK\\_SECRETS" in board or "FANVUE_WEBHOOK_SECRETS" in board
    assert raised == 1
    assert await office.desk.door.secret_probe() is None
    assert (
        await office.database.read(lambda tx: webhook_rejections.alarm(tx, webhook_rejections.WRONG)) is None
    )


async def test_a_secret_that_was_changed_is_not_suspected_for_what_came_before(
    office: ProblemsScenario,
) -> None:
    office.desk.door.refused(KEYS, "wrong", "192.0.2.7")
    await office.desk.door.store()
    raised = await office.database.read(lambda tx: webhook_rejections.alarm(tx, webhook_rejections.WRONG))
    begun = another(office)

    await begun.recall()
    await begun.store()

    assert raised is not None
    assert await begun.secret_probe() is None
    assert (
        await office.database.read(lambda tx: webhook_rejections.alarm(tx, webhook_rejections.WRONG)) is None
    )


def another(office: ProblemsScenario) -> WebhookRejectionCounter:
    """The door of another process."""
    return WebhookRejectionCounter(office.ground(), hint=lambda _creator: None, metrics=BridgeMetrics())


async def test_of_two_doors_the_one_that_finds_all_well_ends_no_alarm_of_the_other(
    office: ProblemsScenario,
) -> None:
    there = office.desk.door
    other = another(office)
    for _ in range(3):
        there.refused(KEYS, "stale", "192.0.2.7")
    await there.store()
    other.signed(KEYS, 0)
    await other.store()
    raised = await office.database.read(lambda tx: webhook_rejections.alarm(tx, webhook_rejections.STALE))

    there.signed(KEYS, 0)
    await there.store()

    assert raised is not None
    assert (
        await office.database.read(lambda tx: webhook_rejections.alarm(tx, webhook_rejections.STALE)) is None
    )
