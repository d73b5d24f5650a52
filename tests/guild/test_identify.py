"""The budget of IDENTIFYs outlives restarts."""

from pathlib import Path

from bot.guild.identify import DAY, DailyBudget, budget_in_file


class Wristwatch:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.time = 10 * DAY

    def now(self) -> int:
        return self.time


def test_the_201st_in_a_day_waits_until_the_first_is_a_day_old() -> None:
    clock = Wristwatch()
    budget = DailyBudget(clock=clock)
    for _ in range(200):
        assert budget.wait() == 0
        budget.spend()
        clock.time += 1000

    assert budget.wait() == DAY - 200_000

    clock.time += budget.wait()
    assert budget.wait() == 0


def test_a_restart_does_not_forget_what_was_spent(tmp_path: Path) -> None:
    clock = Wristwatch()
    file = tmp_path / "identify.json"
    first = budget_in_file(file, clock=clock, per_day=2)
    first.spend()
    first.spend()

    again = budget_in_file(file, clock=clock, per_day=2)

    assert again.wait() == DAY


def test_a_broken_file_counts_as_empty_and_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "identify.json"
    file.write_text("{half", encoding="ascii")
    clock = Wristwatch()
    budget = budget_in_file(file, clock=clock, per_day=1)

    assert budget.wait() == 0
    budget.spend()

    assert budget_in_file(file, clock=clock, per_day=1).wait() == DAY


def test_only_the_last_day_is_kept() -> None:
    clock = Wristwatch()
    kept: list[list[int]] = []
    budget = DailyBudget(clock=clock, kept=[clock.time - 2 * DAY, clock.time - 5], keep=kept.append)

    budget.spend()

    assert kept == [[clock.time - 5, clock.time]]
