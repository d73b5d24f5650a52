"""A press that is none to this question, or is too late, reassigns nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.access.permits import Access, Actor
from bot.access.policy import Action
from bot.features.money.credit.feature import CreditFeature
from bot.features.money.periods.days import Days
from bot.features.money.periods.ports import LedgerSums
from bot.relay.reassignment import ReassignmentWish
from storage.money import earnings
from storage.money.earnings import LedgerRow
from storage.records import CreatorId, DiscordId, DraftId
from tests.confirmations import pressed_by_mistake, ref_of, yes_to
from tests.relay.relay_scenario import CREATOR, GUILD, MAYA, RelayScenario, running

OWNER, TOM = Actor(MAYA, GUILD), DiscordId(12)
ROW = "3f09ab41c2d5e6f7" * 2
_MINUTE = 60_000


class UnaskedLedger:
    """A ledger that nobody asks."""

    async def earnings(self, creator: CreatorId, days: Days) -> LedgerSums:
        raise AssertionError(f"nobody reads {creator} of {days}")

    async def kept(self, creator: CreatorId, days: Days) -> LedgerSums:
        raise AssertionError(f"nobody looks at {creator} of {days}")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[RelayScenario]:
    async with running(tmp_path) as ready:
        line = LedgerRow(ROW, 50, "tip", 700, 560, "USD")
        await ready.database.write(lambda tx: earnings.put(tx, CREATOR, line))
        yield ready


async def asked(world: RelayScenario, credit: CreditFeature) -> str:
    """The owner is asked whether this sale is to be Tom's; what its buttons name."""
    permit = await Access(world.database).authorize(OWNER, Action.CREDIT_REASSIGN, CREATOR)
    assert permit is not None
    return ref_of(
        await credit.moving.ask(permit, ReassignmentWish(ROW[:10], TOM, back=False, why="he sold it"))
    )


async def moved(world: RelayScenario) -> int:
    rows = await world.database.read(
        lambda tx: tx.all("SELECT 1 AS one FROM credit_moves WHERE state = 'done'")
    )
    return len(rows)


async def test_a_foreign_press_reassigns_nothing(world: RelayScenario) -> None:
    credit = CreditFeature(world.ground(), UnaskedLedger(), posted="x", hours=24)
    yes = yes_to(Action.CREDIT_REASSIGN, await asked(world, credit), OWNER, CREATOR)

    await pressed_by_mistake(yes, credit.moving.yes)
    before = await moved(world)
    said = await credit.moving.yes(yes)

    assert before == 0
    assert "Done." in said
    assert await moved(world) == 1
    assert "This has expired or was already answered" in await credit.moving.yes(yes)


async def test_after_a_no_or_too_late_nothing_is_reassigned(world: RelayScenario) -> None:
    credit = CreditFeature(world.ground(), UnaskedLedger(), posted="x", hours=24)
    permit = await Access(world.database).authorize(OWNER, Action.CREDIT_REASSIGN, CREATOR)
    assert permit is not None
    first, second = await asked(world, credit), await asked(world, credit)

    left = await credit.moving.no(permit, DraftId(first))
    after_no = await credit.moving.yes(yes_to(Action.CREDIT_REASSIGN, first, OWNER, CREATOR))
    world.clock.at += 16 * _MINUTE
    too_late = await credit.moving.yes(yes_to(Action.CREDIT_REASSIGN, second, OWNER, CREATOR))

    assert left == "No changes made."
    assert "This has expired or was already answered" in after_no
    assert "This has expired or was already answered" in too_late
    assert await moved(world) == 0
