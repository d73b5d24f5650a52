"""Goals in words: as exactly as their reader sees figures (pure)."""

from collections.abc import Sequence

from bot.features.money.goals.progress import GoalProgress
from bot.features.money.goals.span_rules import worded
from bot.features.money.periods.bands import Show
from bot.model.ports import Post
from bot.text.render import money
from bot.text.safe_text import one_line, safe
from storage.money.goals import Goal
from storage.records import Cents, Link

_HANDLE = 40
NONE = "@{handle} has no goal yet. A lead who sees exact figures sets one: `/money goal set`."
NOT_EXACT = (
    "Only someone who sees exact figures can set a goal, because it shows when earnings reached "
    "it. The owner can allow that with `/team grant`. No changes made."
)
SET = (
    "The goal of @{handle} for each {span} is now **{amount}** {kind}, this {span} included. The "
    "alerts channel announces it; see progress in `/money goal show`."
)
OFF = "@{handle} no longer has a goal for each {span}."
NO_GOAL = "@{handle} had no goal for each {span}. See the goals in `/money goal show`."
NO_AMOUNT = (
    "That isn't an amount for a goal. Write dollars from 1 to 9,999,999, for example 5000. No changes made."
)
_PENDING = "For some payments Fanvue gave no net yet: they are not in the net."
_OTHERS = "Only dollars count towards a goal."
_ESTIMATE = "The projected total is an estimate: every day like the average of the whole days so far."
_RANGES = "Pace is hidden because you see ranges only."


def shown(stands: Sequence[GoalProgress], link: Link, show: Show) -> Post:
    """All goals of a creator."""
    notes = [_zone(stands[0]), "Net is after Fanvue's fee. Refunds deducted."]
    if show.note is not None:
        notes.append(f"{show.note} {_RANGES}")
    elif any(one.pace.estimate is not None for one in stands):
        notes.append(_ESTIMATE)
    if any(one.pending for one in stands):
        notes.append(_PENDING)
    if any(one.others for one in stands):
        notes.append(_OTHERS)
    return Post(
        title=f"Goals of {_name(link)}",
        body=tuple(f"**{_upper(worded(one.goal.span, one.days))}**\n{line(one, show)}" for one in stands),
        small="\n".join(notes),
    )


def beside(stand: GoalProgress, show: Show) -> str:
    """One goal, as /money earnings says it below its sums."""
    return f"Goal of {worded(stand.goal.span, stand.days)}: {line(stand, show)}"


def line(stand: GoalProgress, show: Show) -> str:
    """One goal's progress. In ranges a share, or a day's need, would give the exact sum away."""
    goal, came, left = stand.goal, stand.came, stand.pace.days_left
    kind = "net" if goal.net else "gross"
    head = f"**{show.money(came)}** of **{show.money(goal.cents)}** {kind}"
    if came >= goal.cents:
        return f"{head}: reached."
    if not left:
        return f"{head}: not reached."
    days = f"{left} day{'' if left == 1 else 's'}, today included"
    if show.note is not None:
        return f"{head}: not reached yet; {left} day{'' if left == 1 else 's'} to go, today included."
    share = max(came, 0) * 100 // goal.cents
    missing = f"{money(stand.pace.missing)} to go in {days}: {money(stand.pace.each)} a day"
    return f"{head} ({share}%). {missing}.{_end(stand)}"


def _end(stand: GoalProgress) -> str:
    told, whole = stand.pace.estimate, stand.pace.whole_days
    if told is None:
        return "" if whole else " No whole day is over yet, so there is no pace."
    over = f"the {whole} whole days so far" if whole > 1 else "the one whole day so far"
    return f" At the pace of {over} it ends at about {round_money(told)}."


def round_money(cents: Cents) -> str:
    """An estimate, without cents that would look exact."""
    return money(cents // 100 * 100).removesuffix(".00")


def amount(goal: Goal) -> str:
    """A goal to the cent."""
    return money(goal.cents)


def _zone(stand: GoalProgress) -> str:
    return f"Days of {stand.days.zone.key}; a week begins on Monday."


def _name(link: Link) -> str:
    return f"@{safe(one_line(link.handle, _HANDLE))}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
