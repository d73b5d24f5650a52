"""That a goal was reached is told once, whatever comes late, goes back or dies."""

import asyncio
from functools import partial

import pytest

from bot.engine.outbox import unpack_post
from bot.features.money.goals.feature import GoalsFeature
from bot.features.money.periods.days import Days
from bot.features.money.periods.ports import LedgerPort, LedgerSums
from storage.engine import outbox
from storage.records import CreatorId, EffectId
from tests.features.money.ledger.ledger_fixtures import comes, lists_no_more
from tests.features.money.periods.periods_scenario import PeriodsScenario

DAY = 86_400_000


class PairedLedger:
    """A ledger that answers two who ask at once when both have asked."""

    def __init__(self, ledger: LedgerPort) -> None:
        self._ledger = ledger
        self._two = asyncio.Barrier(2)

    async def earnings(self, creator: CreatorId, days: Days) -> LedgerSums:
        return await self._ledger.earnings(creator, days)

    async def kept(self, creator: CreatorId, days: Days) -> LedgerSums:
        found = await self._ledger.kept(creator, days)
        await self._two.wait()
        return found


class HeldGoalLedger(PairedLedger):
    """A ledger that answers when it is let go."""

    def __init__(self, ledger: LedgerPort) -> None:
        super().__init__(ledger)
        self.asked, self.go = asyncio.Event(), asyncio.Event()

    async def kept(self, creator: CreatorId, days: Days) -> LedgerSums:
        found = await self._ledger.kept(creator, days)
        self.asked.set()
        await self.go.wait()
        return found


async def told(bureau: PeriodsScenario) -> list[EffectId]:
    """Every alert that was ever decided."""
    rows = await bureau.database.read(
        lambda tx: tx.all("SELECT id FROM outbox WHERE kind = 'alert' ORDER BY created_at, id")
    )
    return [EffectId(row["id"]) for row in rows]


async def goal(bureau: PeriodsScenario, **options: str) -> None:
    """The owner sets one."""
    await bureau.ask("money goal set", **{"amount": "10", "span": "month", "counts": "gross", **options})


async def read(bureau: PeriodsScenario) -> None:
    """The background reads Fanvue's list, then goals are looked at."""
    bureau.clock.at += 6 * 60_000
    while await bureau.ledger.reader.look():
        pass
    await bureau.goals.watching.look()


async def test_it_is_told_when_it_is_reached_and_not_before(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await goal(bureau)
    await bureau.fan.tip(999)
    await read(bureau)
    before = await told(bureau)

    await bureau.fan.tip(1)
    await read(bureau)
    await read(bureau)

    assert before == []
    assert len(await told(bureau)) == 1


async def test_a_payment_that_was_told_live_counts_for_gross_before_it_is_listed(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2026-11-24 12:00")
    await goal(bureau)
    await goal(bureau, span="week", counts="net", amount="8")
    tip = await bureau.fan.tip(1000)
    lists_no_more(bureau, tip)
    await comes(bureau, tip)

    await bureau.goals.watching.look()

    assert len(await told(bureau)) == 1  # nobody told a net


async def test_a_refund_takes_it_below_and_it_is_not_told_again(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await goal(bureau)
    tip = await bureau.fan.tip(1000)
    await read(bureau)
    await bureau.fan.refunded(tip.id)
    await read(bureau)
    below = (await bureau.ask("money goal show")).text
    await bureau.fan.tip(5000)
    await read(bureau)

    assert "**$0.00** of **$10.00** gross (0%)" in below
    assert len(await told(bureau)) == 1


async def test_a_row_that_is_listed_late_counts_for_the_month_that_is_over(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-30 23:50")
    await goal(bureau)
    await bureau.fan.tip(1000)
    bureau.at("2026-12-01 00:10")  # nothing was read of that hour before
    await read(bureau)
    posts = await bodies(bureau)

    assert len(posts) == 1
    assert "November 2026" in posts[0]


async def test_what_was_over_when_the_goal_was_set_is_none_of_its(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-30 12:00")
    await bureau.fan.tip(1000)
    bureau.at("2026-12-01 12:00")
    await goal(bureau)
    await read(bureau)

    assert await told(bureau) == []


async def test_every_month_has_its_own_and_another_amount_is_another_goal(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await bureau.fan.tip(1000)
    for amount in ("10", "9", "10"):  # the first one again is the same
        await goal(bureau, amount=amount)
        await read(bureau)
    november = len(await told(bureau))
    bureau.at("2026-12-05 12:00")
    await bureau.fan.tip(1000)
    await read(bureau)

    assert november == 2
    assert len(await told(bureau)) == 3


async def test_two_who_look_at_once_tell_it_once(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    await bureau.fan.tip(1000)
    await bureau.ask("money earnings", period="month")
    await goal(bureau)
    first = beside(bureau, PairedLedger(bureau.ledger.books))

    async with asyncio.timeout(60):
        await asyncio.gather(first.watching.look(), first.watching.look())

    assert len(await told(bureau)) == 1


def beside(bureau: PeriodsScenario, ledger: LedgerPort) -> GoalsFeature:
    """The same goals, as another ledger answers."""
    return GoalsFeature(bureau.on, ledger=ledger, telling=bureau.telling)


@pytest.mark.parametrize("change", ["money goal off", "money goal set"])
async def test_a_goal_that_changes_while_it_is_looked_at_is_not_told(
    bureau: PeriodsScenario, change: str
) -> None:
    bureau.at("2026-11-24 12:00")
    await bureau.fan.tip(1000)
    await bureau.ask("money earnings", period="month")
    await goal(bureau)
    ledger = HeldGoalLedger(bureau.ledger.books)
    looking = asyncio.create_task(beside(bureau, ledger).watching.look())
    async with asyncio.timeout(60):
        await ledger.asked.wait()
        other = {"money goal off": {}, "money goal set": {"amount": "500"}}[change]
        await bureau.ask(change, span="month", **other)
        ledger.go.set()
        await looking

    assert await told(bureau) == []


async def bodies(bureau: PeriodsScenario) -> list[str]:
    """What the alerts say."""
    found = []
    for one in await told(bureau):
        effect = await bureau.database.read(partial(outbox.get, effect=one))
        assert effect is not None
        post = unpack_post(bureau.effects.body(effect)["post"])
        found.append("\n".join((post.title or "", *post.body)))
    return found
