"""The budget of IDENTIFYs outlives restarts."""

from pathlib import Path

from bot.discord.identify_budget import DAY, DailyIdentifyBudget, budget_in_file


class IdentifyClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.time = 10 * DAY

    def now(self) -> int:
        return self.time


async def test_the_201st_in_a_day_waits_until_the_first_is_a_day_old() -> None:
    clock = IdentifyClock()
    budget = DailyIdentifyBudget(clock=clock)
    for _ in range(200):
        assert await budget.wait() == 0
        await budget.spend()
        clock.time += 1000

    assert await budget.wait() == DAY - 200_000

    clock.time += await budget.wait()
    assert await budget.wait() == 0


async def test_a_restart_does_not_forget_what_was_spent(tmp_path: Path) -> None:
    clock = IdentifyClock()
    file = tmp_path / "identify.json"
    first = budget_in_file(file, clock=clock, per_day=2)
    await first.spend()
    await first.spend()

    again = budget_in_file(file, clock=clock, per_day=2)

    assert await again.wait() == DAY


async def test_a_broken_file_counts_as_empty_and_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "identify.json"
    file.write_text("{half", encoding="ascii")
    clock = IdentifyClock()
    budget = budget_in_file(file, clock=clock, per_day=1)

    assert await budget.wait() == 0
    await budget.spend()

    assert await budget_in_file(file, clock=clock, per_day=1).wait() == DAY


async def test_only_the_last_day_is_kept() -> None:
    clock = IdentifyClock()
    kept: list[list[int]] = []
    budget = DailyIdentifyBudget(clock=clock, kept=[clock.time - 2 * DAY, clock.time - 5], keep=kept.append)

    await budget.spend()

    assert kept == [[clock.time - 5, clock.time]]
