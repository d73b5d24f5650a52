"""Tells which rules treat alerts alike: these can share a message (pure)."""

import hashlib
from collections.abc import Callable

from storage.operations.alert_rules import NOBODY, AlertRule

_LENGTH = 10

# A kind → how the rule of now has it told; None: it is told no more.
Treated = Callable[[str], str | None]


def treatment(rule: AlertRule) -> str:
    """The same word for rules that say the same of where, when, and whom it calls; '' where nothing is said.

    A member's amount holds only as long as they see figures, so what has one is told apart.
    """
    hours = None if rule.quiet_from is None else (rule.quiet_from, rule.quiet_to, rule.zone, rule.vips)
    said = (
        None if rule.channel is None else (rule.channel, rule.money),
        None if rule.mention_id is None else (rule.mention, rule.mention_id),
        hours,
        rule.money if rule.threshold and rule.member != NOBODY else None,
    )
    if not any(said):
        return ""
    return hashlib.sha256(repr(said).encode()).hexdigest()[:_LENGTH]
