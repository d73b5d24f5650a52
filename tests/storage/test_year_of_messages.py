"""After a year of messages nothing walks through all of them to find a few."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from storage.database import Database, Transaction
from storage.engine import audit_log, outbox, queues
from storage.inbox import cards, fans, idle_threads, messages, unread_lines, waiting_fans
from storage.money import credit_sent
from storage.operations import alert_groups, attention, quarantine
from storage.people import pruning, removals, retention, text_erasure, unsent_messages
from storage.records import DiscordId, Fan, Stream, ThreadKey
from tests.storage.query_plans import plan_of, whole_tables
from tests.storage.record_fixtures import CREATOR, FAN
from tests.storage.statement_log import said

NOW = 10_000_000_000
STREAM = Stream("dc:a stream")
Work = Callable[[Transaction], Awaitable[Any]]
WORKS: dict[str, Work] = {
    "whether a board is on its way": lambda tx: outbox.awaited(tx, STREAM),
    "what was being sent": queues.sending,
    "what waits on a network": lambda tx: queues.waiting(tx, CREATOR, "discord"),
    "what waits, by its kind": lambda tx: queues.by_kind(tx, CREATOR),
    "whose looks begin together": lambda tx: outbox.due_fans(tx, CREATOR, "media.look", now=NOW, most=49),
    "what a fan wrote last": lambda tx: messages.newest_in(tx, CREATOR, FAN),
    "effects of a kind": lambda tx: outbox.open_of_kind(tx, CREATOR, "chat.send"),
    "an alert that is being posted": lambda tx: alert_groups.busy(tx, STREAM),
    "alerts that share a message": lambda tx: alert_groups.sharing(tx, STREAM, "1:2"),
    "up to where a member has read": lambda tx: unread_lines.shown_until(tx, STREAM, before=NOW),
    "whether a fan's reply is in trouble": lambda tx: cards.in_trouble(tx, CREATOR, FAN),
    "what waits for a person": lambda tx: attention.waiting(tx, CREATOR, limit=9),
    "what was put aside": lambda tx: quarantine.put_aside(tx, CREATOR, limit=9),
    "what a new sign-in lets go on": lambda tx: unsent_messages.release(tx, CREATOR),
    "who waits": lambda tx: waiting_fans.standing(tx, CREATOR, now=NOW, limit=9),
    "whom a fan could be taken for": lambda tx: fans.alike(tx, Fan(CREATOR, FAN, "nora", "Nora", None, 0)),
    "which threads may rest": lambda tx: idle_threads.idle(tx, [DiscordId(5)], now=NOW),
    "everybody": retention.everybody,
    "who did anything": lambda tx: audit_log.actors(tx, CREATOR, limit=9),
    "texts that are over": lambda tx: text_erasure.due(tx, CREATOR, before=NOW, limit=9),
    "records that are over": lambda tx: pruning.records(tx, CREATOR, before=NOW, limit=9),
    "money that is over": lambda tx: pruning.money(tx, CREATOR, before=NOW, limit=9),
    "credit that is over": lambda tx: credit_sent.prune(tx, CREATOR, before=NOW, limit=9),
    "the next replies for credit": lambda tx: credit_sent.next_sent(tx, CREATOR, after=0, limit=9),
    "replies without credit": lambda tx: credit_sent.missing(tx, CREATOR, after=0, until=NOW),
    "threads with old lines": lambda tx: removals.threads_due(
        tx, CREATOR, before=NOW, after=ThreadKey(""), limit=9
    ),
    "alerts too old for their message": lambda tx: alert_groups.over(tx, CREATOR, before=NOW),
    "old alerts": lambda tx: removals.take_alerts(tx, CREATOR, DiscordId(5), before=NOW),
    "old alerts elsewhere": lambda tx: removals.alerts_elsewhere(
        tx, CREATOR, DiscordId(5), before=NOW, limit=9
    ),
    "old comments": lambda tx: removals.comments_due(tx, CREATOR, before=NOW, limit=9),
}
# Tables that a year fills, by the names that queries give them, and the indexes that it does not.
_BIG = (
    r"(?:inbox|outbox|messages|commands|claims|audit|credit_sent|payments|earnings_told|template_uses|fans|talks"
    r"|typed_messages|threads|cards|l|s|sent|kept)"
)
_SMALL = (
    r"(?!outbox_open|outbox_attention|outbox_alerts|outbox_texts|inbox_new|inbox_quarantined|commands_texts)"
)
_WHOLE = re.compile(rf"\bSCAN {_BIG}(?! USING INDEX outbox_open)\b|\bSeq Scan on {_BIG}\b")
_WALKS = re.compile(rf"^SEARCH {_BIG} USING (?:COVERING )?INDEX {_SMALL}\w+ \((?:creator_uuid|stream)=\?\)")
_IN_ORDER = {"up to where a member has read"}  # backwards through an index to the first that fits


@pytest.mark.parametrize("what", WORKS)
async def test_what_is_looked_for_is_found_by_an_index(known: Database, url: str, what: str) -> None:
    plans = [
        step
        for sql, given in await said(known, WORKS[what])
        for step in await plan_of(known, url, sql, given)
    ]

    assert plans
    assert [step for step in whole_tables(plans) if _WHOLE.search(step)] == []
    if what not in _IN_ORDER:
        assert [step for step in plans if _WALKS.search(step)] == []


async def test_alerts_too_old_for_their_message_are_found_among_alerts_alone(
    known: Database, url: str
) -> None:
    """Else every night all writers wait while a year of lines is read."""
    asked = await said(known, WORKS["alerts too old for their message"])
    plan = [step for sql, given in asked for step in await plan_of(known, url, sql, given)]

    assert [step for step in plan if "outbox_alerts_of" in step]
    assert [step for step in plan if " outbox_" in step and "outbox_alerts_of" not in step] == []
