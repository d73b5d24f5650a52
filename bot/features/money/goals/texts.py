"""Goals in words: as exactly as their reader sees figures (pure)."""

from collections.abc import Sequence

from bot.features.money.goals.progress import GoalProgress
from bot.features.money.goals.span_rules import MONTH, WEEK, worded
from bot.features.money.periods.bands import Show
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Post
from bot.text.render import money
from bot.text.safe_text import one_line, safe
from storage.money.goals import Goal
from storage.records import Cents, Link

_HANDLE = 40
NONE = msgid("@{handle} has no goal yet. A lead who sees exact figures sets one: `/money goal set`.")
NOT_EXACT = msgid(
    "Only someone who sees exact figures can set a goal, because it shows when earnings "
    "reached it. The owner can allow that with `/team grant`. No changes made."
)
SET = {  # by the span, and whether the net counts
    (WEEK, True): msgid(
        "The goal of @{handle} for each week is now **{amount}** net, this week "
        "included. The alerts channel announces it; see progress in `/money goal show`."
    ),
    (WEEK, False): msgid(
        "The goal of @{handle} for each week is now **{amount}** gross, this week "
        "included. The alerts channel announces it; see progress in `/money goal show`."
    ),
    (MONTH, True): msgid(
        "The goal of @{handle} for each month is now **{amount}** net, this month "
        "included. The alerts channel announces it; see progress in `/money goal show`."
    ),
    (MONTH, False): msgid(
        "The goal of @{handle} for each month is now **{amount}** gross, this month "
        "included. The alerts channel announces it; see progress in `/money goal show`."
    ),
}
OFF = {
    WEEK: msgid("@{handle} no longer has a goal for each week."),
    MONTH: msgid("@{handle} no longer has a goal for each month."),
}
NO_GOAL = {
    WEEK: msgid("@{handle} had no goal for each week. See the goals in `/money goal show`."),
    MONTH: msgid("@{handle} had no goal for each month. See the goals in `/money goal show`."),
}
NO_AMOUNT = msgid(
    "That isn't an amount for a goal. Write dollars from 1 to 9,999,999, for example 5000. No changes made."
)
_ESTIMATE = msgid("The projected total is an estimate: every day like the average of the whole days so far.")
# Translators: what has come in, and the goal.
_NET = msgid("**{came}** of **{goal}** net")
_GROSS = msgid("**{came}** of **{goal}** gross")
_RANGES = msgid("Pace is hidden because you see ranges only.")


def shown(stands: Sequence[GoalProgress], link: Link, show: Show) -> Post:
    """All goals of a creator."""
    notes = [_zone(stands[0]), tr("Net is after Fanvue's fee. Refunds deducted.")]
    if show.note is not None:
        notes.append(f"{show.note} {tr(_RANGES)}")
    elif any(one.pace.estimate is not None for one in stands):
        notes.append(tr(_ESTIMATE))
    if any(one.pending for one in stands):
        notes.append(tr("For some payments Fanvue gave no net yet: they are not in the net."))
    if any(one.others for one in stands):
        notes.append(tr("Only dollars count towards a goal."))
    return Post(
        title=tr("Goals of {name}", name=_name(link)),
        body=tuple(f"**{_upper(worded(one.goal.span, one.days))}**\n{line(one, show)}" for one in stands),
        small="\n".join(notes),
    )


def beside(stand: GoalProgress, show: Show) -> str:
    """One goal, as /money earnings says it below its sums."""
    return tr(
        "Goal of {period}: {progress}", period=worded(stand.goal.span, stand.days), progress=line(stand, show)
    )


def line(stand: GoalProgress, show: Show) -> str:
    """One goal's progress. In ranges a share, or a day's need, would give the exact sum away."""
    goal, came, left = stand.goal, stand.came, stand.pace.days_left
    head = tr(_NET if goal.net else _GROSS, came=show.money(came), goal=show.money(goal.cents))
    if came >= goal.cents:
        return tr("{head}: reached.", head=head)
    if not left:
        return tr("{head}: not reached.", head=head)
    if show.note is not None:
        return tr_many(
            "{head}: not reached yet; {n} day to go, today included.",
            "{head}: not reached yet; {n} days to go, today included.",
            left,
            head=head,
        )
    share = max(came, 0) * 100 // goal.cents
    missing = tr_many(
        "{missing} to go in {n} day, today included: {each} a day",
        "{missing} to go in {n} days, today included: {each} a day",
        left,
        missing=money(stand.pace.missing),
        each=money(stand.pace.each),
    )
    # Translators: {goal} is such as “$50.00 of $100.00 net”, {missing} “$50.00 to go in 2 days, …”
    said = tr("{goal} ({percent}%). {missing}.", goal=head, percent=number_text(share), missing=missing)
    return f"{said}{_end(stand)}"


def _end(stand: GoalProgress) -> str:
    told, whole = stand.pace.estimate, stand.pace.whole_days
    if told is None:
        return "" if whole else tr(" No whole day is over yet, so there is no pace.")
    return tr_many(
        " At the pace of the one whole day so far it ends at about {estimate}.",
        " At the pace of the {n} whole days so far it ends at about {estimate}.",
        whole,
        estimate=round_money(told),
    )


def round_money(cents: Cents) -> str:
    """An estimate, without cents that would look exact."""
    return money(cents // 100 * 100).removesuffix(".00")


def amount(goal: Goal) -> str:
    """A goal to the cent."""
    return money(goal.cents)


def _zone(stand: GoalProgress) -> str:
    return tr("Days of {zone}; a week begins on Monday.", zone=stand.days.zone.key)


def _name(link: Link) -> str:
    return f"@{safe(one_line(link.handle, _HANDLE))}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
