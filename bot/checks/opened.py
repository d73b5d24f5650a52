"""Builds replies together with all that is looked at before one leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checks.check import Check, Lane, NoLane
from bot.checks.colleague import Colleague
from bot.checks.gate import Checks
from bot.checks.kept import KeptReplies
from bot.checks.pressing import Pressing
from bot.checks.resuming import Resuming
from bot.checks.stale import StaleDraft
from bot.relay.context import Context
from bot.relay.replies import ReplyService


@dataclass(frozen=True)
class Answering:
    """The parts that the rest of the program speaks to."""

    replies: ReplyService
    pressing: Pressing
    resuming: Resuming  # at start
    checks: Checks
    kept: KeptReplies


def open_answering(on: Context, *, more: Sequence[Check] = (), lane: Lane | None = None) -> Answering:
    """Replies, looked at for news, for colleagues, and by `more`; questions are shown in this order."""
    trail = on.effects.trail
    lane = lane or NoLane()
    kept = KeptReplies(clock=on.clock, ids=on.ids, derived=on.effects.ids, ended=lane.ended)
    checks = Checks(
        checks=(StaleDraft(on.effects), Colleague(), *more),
        kept=kept,
        lane=lane,
        trail=trail,
        unread=on.waits.unread,
    )
    replies = ReplyService(
        database=on.database,
        commands=on.commands,
        effects=on.effects,
        dispatch=on.dispatch,
        clock=on.clock,
        talks=on.talks,
        gate=checks,
    )
    pressing = Pressing(
        database=on.database,
        commands=on.commands,
        checks=checks,
        kept=kept,
        leave=replies,
        trail=trail,
        clock=on.clock,
        unread=on.waits.unread,
    )
    resuming = Resuming(
        database=on.database,
        commands=on.commands,
        kept=kept,
        clock=on.clock,
        answer=on.waits.answer,
        unread=on.waits.unread,
        lane=lane,
    )
    return Answering(replies, pressing, resuming, checks, kept)
