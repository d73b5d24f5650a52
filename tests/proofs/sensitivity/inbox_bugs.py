"""Bugs of the team's inbox and alerts: who answers, what is held back or told."""

from tests.proofs.sensitivity.proofs import SelectedTests
from tests.proofs.sensitivity.seeded_source import Bug, Edit


def _tests(*nodes: str, cost: float = 3.0) -> tuple[SelectedTests]:
    return (SelectedTests(tuple(f"tests/{node}" for node in nodes), cost),)


INBOX = (
    Bug(
        "fold-forgets-a-line",
        "what waited behind an alert counts as told, and the message does not show it",
        (
            Edit(
                "self._shown([*fold.lines, effect, *more], target)",
                "self._shown([*fold.lines, effect], target)",
            ),
        ),
        _tests("features/operations/alerts/test_folding.py"),
    ),
    Bug(
        "fold-brings-back",
        "an alert that joins while a fan is being forgotten shows them again",
        (
            Edit(
                "        stream=stream,\n    )\n    return row is not None",
                "        stream=stream,\n    )\n    return row is not None and not stream",
                beside="Alerts that share a message, and alerts that wait to join it.",
            ),
        ),
        _tests("features/operations/alerts/test_redrawn_messages.py"),
    ),
    Bug(
        "late-edit-stays",
        "what Discord carries out late, after a newer edit, stays as it is",
        (
            Edit(
                "        if effect.attempt_started is not None:\n",
                "        if effect.attempt_started is not None and not place:\n",
                beside="The one rule for edits that Discord may carry out late",
            ),
        ),
        _tests("features/operations/problems/test_late_edits.py"),
    ),
    Bug(
        "late-edit-brings-back",
        "an edit that is made once more shows what was true before a newer one",
        (
            Edit(
                "            if not repeats or not self._effects.body(waits):\n",
                "            if not self._effects.body(waits):\n",
            ),
        ),
        _tests("features/operations/problems/test_late_edits.py"),
    ),
    Bug(
        "everybody-holds-the-fan",
        "who presses Reply second is not told that somebody else answers",
        (
            Edit(
                "    return None if holder is None or holder == member else ",
                "    return None if holder is None or now else ",
            ),
        ),
        _tests("features/inbox/claims/test_claiming.py"),
    ),
    Bug(
        "blocked-leaves",
        "what the guard blocks goes out",
        (
            Edit(
                "            return CheckRefusal(texts.refused(acts))\n",
                "            return CheckPass()\n",
            ),
        ),
        _tests("features/inbox/guard/test_front_door.py", cost=6.0),
    ),
    Bug(
        "every-trainee-sends",
        "nobody's reply waits for a lead",
        (
            Edit(
                "    return standing is not None and Permission.REPLY in standing.permissions\n",
                "    return standing is not None\n",
            ),
        ),
        _tests("features/inbox/approvals/test_front_door.py", cost=6.0),
    ),
    Bug(
        "two-leads-two-words",
        "a reply that another lead has decided about is decided about again",
        (
            Edit(
                '        if kept.draft.state != "open" or is_over(',
                "        if is_over(",
            ),
            Edit(
                "        if not await self._kept.settle(tx, kept.draft, how, by):\n",
                "        if not await self._kept.settle(tx, kept.draft, how, by) and how == 'never':\n",
            ),
        ),
        _tests("features/inbox/approvals/test_deciding.py"),
    ),
    Bug(
        "pinged-at-night",
        "quiet hours are loud",
        (
            Edit(
                "            if await quiet_now(tx, held.creator, now):\n",
                "            if await quiet_now(tx, held.creator, now) and now < 0:\n",
            ),
        ),
        _tests("features/inbox/timers/test_pinging.py"),
    ),
    Bug(
        "pings-stay",
        "a ping about a fan who was answered stands for ever",
        (
            Edit(
                "        if since is None or since > before.waiting_since or",
                "        if since == 0 or",
            ),
        ),
        _tests("features/inbox/timers/test_pinging.py"),
    ),
    Bug(
        "read-without-reading",
        "a wish to mark a chat as read covers what came in after it",
        (
            Edit(
                "        if mark.read and await self._newest(effect.creator, fan) != mark.newest:\n",
                "        if mark.read and not mark.newest and mark.nickname:\n",
            ),
        ),
        _tests("features/inbox/chat_settings/test_front_door.py", cost=8.0),
    ),
    Bug(
        "cancelled-by-anybody",
        "a reply that waits for its time is cancelled by whoever presses",
        (
            Edit(
                " and command.actor == actor else None\n",
                " and command.actor != 0 else None\n",
            ),
        ),
        _tests("features/inbox/holding/test_cancelling.py"),
    ),
    Bug(
        "unread-put-aside",
        "a fan is closed whose last line nobody can have read",
        (
            Edit(
                "before=now - self._unread)",
                "before=now + 86_400_000)",
            ),
        ),
        _tests("features/inbox/snooze/test_snoozing.py"),
    ),
    Bug(
        "cheaper-than-the-floor",
        "what costs less than the floor of a role leaves",
        (
            Edit(
                "        if limits.floor is not None and price < limits.floor:\n",
                "        if limits.floor is not None and price < 0:\n",
            ),
        ),
        _tests("features/inbox/pricing"),
    ),
    Bug(
        "sold-twice",
        "nobody is asked about what the fan has bought already",
        (
            Edit(
                "        if not before or reply.confirmed",
                "        if before or reply.confirmed",
            ),
        ),
        _tests(
            "features/inbox/purchases/test_front_door.py::test_without_a_price_nothing_is_asked_but_it_is_remembered",
            cost=20.0,
        ),
    ),
    Bug(
        "lost-is-history",
        "what got lost after the link is taken for history",
        (
            Edit(
                "    border = before if mark is None else min(mark.floor, before)\n",
                "    border = before if mark is not None else 0\n",
            ),
        ),
        _tests("features/inbox/history/test_front_door.py", cost=20.0),
    ),
)
