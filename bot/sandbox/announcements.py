"""Reads which events the alerts channel tells of, also those that share a message."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.sandbox.discord.model import StandInMessage, walk
from bot.sandbox.fanvue.ledger import FanvueLedgerEntry

_WHY = "Why did I get this?"  # under each alert that was decided by rules
_CHAT = "Open the chat"  # under one that was not, since the creator had no server yet
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_AMOUNT = re.compile(r"\*\*(-?\$[\d,]+\.\d\d)\*\*")
# Behind a name that another fan has, too, there are digits.
_HANDLE = re.compile(r"@(\S+?)(?: · [0-9a-f]{4}\b)?[,:]?(?=\s|$)")
_COUNTED = re.compile(r"([\d,]+) ([a-z ]+?)(?: \((-?\$[\d,]+\.\d\d)\))?(?:, |$)")
_BEFORE = re.compile(r"… and ([\d,]+) before\.")
# What an alert begins with, by what it is about, and how several of them are counted.
_BEGINNINGS = {
    "subscriber": ("New subscriber",),
    "renewal": ("Subscription renewed",),
    "renewal-off": ("Renewal switched off", "Renewal switched on again", "Renewal changed"),
    "expiry": ("Subscription ended",),
    "follower": ("New follower",),
    "tip": ("A tip",),
    "purchase": (
        "A paid message was opened",
        "A post was bought",
        "A media link was bought",
        "A checkout link was paid",
        "New earnings",
    ),
    "refund": ("A payment was refunded",),
    "dispute": ("A payment was disputed",),
    "warning": ("A payment may be disputed",),
    "plan": ("An installment was paid", "An installment was not paid", "All installments are paid"),
}
_COUNTS = {
    "new subscriber": "subscriber",
    "new subscribers": "subscriber",
    "renewed subscription": "renewal",
    "renewed subscriptions": "renewal",
    "renewal switched off or on": "renewal-off",
    "renewals switched off or on": "renewal-off",
    "ended subscription": "expiry",
    "ended subscriptions": "expiry",
    "new follower": "follower",
    "new followers": "follower",
    "tip": "tip",
    "tips": "tip",
    "purchase": "purchase",
    "purchases": "purchase",
    "refund": "refund",
    "refunds": "refund",
    "dispute": "dispute",
    "disputes": "dispute",
    "possible dispute": "warning",
    "possible disputes": "warning",
    "installment": "plan",
    "installments": "plan",
}
_THERE = {"top spender online", "top spenders online"}
# What Fanvue tells that the team's alerts channel must show, and as what.
_KINDS = {
    "creator.subscription.activated": "subscriber",
    "creator.subscription.renewed": "renewal",
    "creator.subscription.deactivated": "expiry",
    "creator.subscription.cancel_at_period_end_changed": "renewal-off",
    "creator.follow.created": "follower",
    "creator.payment.succeeded": "purchase",
    "creator.refund.created": "refund",
    "creator.dispute.created": "dispute",
}


class AnnouncedEvent(NamedTuple):
    """One event as an alert names it: its kind, the person, and the dollars as they are shown."""

    kind: str
    handle: str
    amount: str


@dataclass(frozen=True)
class AlertContent:
    """One message's content: the events that it names, and how many more of each kind it only counts."""

    named: tuple[AnnouncedEvent, ...]
    unnamed: Mapping[str, int]
    sums: Mapping[str, int]  # cents of all of a kind, where the message says so

    @property
    def number(self) -> int:
        return len(self.named) + sum(self.unnamed.values())


class AlertUnreadable(ValueError):
    """Raised for a message whose counts and lines do not fit each other; its text says how."""


def wanted_of(entry: FanvueLedgerEntry) -> AnnouncedEvent | None:
    """The alert that an event of Fanvue's ledger must give; None: it is no alert.

    A subscription's payment is told by the subscription's own event: one notice, not two.
    """
    data, kind = entry["data"], _KINDS.get(entry["type"])
    if kind is None or data.get("source") in {"subscription", "renewal"}:
        return None
    person: Mapping[str, str] = data.get("purchaser") or data.get("follower") or {}
    cents = data.get("gross", data.get("amount"))
    if kind in {"refund", "dispute"} and cents is not None:
        cents = -abs(cents)
    kind = "tip" if data.get("source") == "tip" else kind
    return AnnouncedEvent(kind, person.get("handle", ""), "" if cents is None else dollars(cents))


def told_in(message: StandInMessage) -> AlertContent | None:
    """A message's content; None: it is no alert of an event. Raises Unreadable."""
    labels = {part.get("label") for part in walk(message.components)}
    lines = [_ESCAPE.sub(r"\1", line) for line in message.text.splitlines()]
    title = lines[0].removeprefix("### ").removeprefix("**").removesuffix("**") if lines else ""
    kind = _kind(title)
    if kind is not None and labels & {_WHY, _CHAT}:
        return AlertContent((_named(kind, "\n".join(lines[1:])),), {}, {})
    return _folded(title, lines[1:]) if _WHY in labels else None


def told_of(told: Iterable[AlertContent], wanted: Counter[AnnouncedEvent]) -> Counter[AnnouncedEvent]:
    """The count of each told event. Only counted ones stand for those of their kind named nowhere.

    If more is counted than is named nowhere, the rest is told of nobody, which nothing wanted.
    """
    read = list(told)
    there = Counter(one for each in read for one in each.named)
    counted: Counter[str] = Counter()
    for each in read:
        counted.update(each.unnamed)
    missing = wanted - there
    for kind, often in counted.items():
        rest = [one for one in sorted(missing.elements()) if one.kind == kind][:often]
        there.update(rest)
        if often > len(rest):
            there[AnnouncedEvent(kind, "", "counted too often")] += often - len(rest)
    return there


def wrong_sums(told: Iterable[AlertContent], wanted: Counter[AnnouncedEvent]) -> list[str]:
    """Sums that do not come to what Fanvue's ledger has; meant for when every event is told."""
    read, found = list(told), list[str]()
    for kind in {kind for each in read for kind in each.sums}:
        amounts = [one.amount for one in wanted.elements() if one.kind == kind]
        shown = sum(
            each.sums[kind]
            if kind in each.sums
            else sum(_cents(one.amount) for one in each.named if one.kind == kind)
            for each in read
        )
        if shown != sum(map(_cents, amounts)):
            found.append(f"sums of {kind} come to {dollars(shown)}")
    return found


def dollars(cents: int) -> str:
    """As an alert shows them."""
    return f"{'-' if cents < 0 else ''}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def _cents(shown: str) -> int:
    return int(shown.replace("$", "").replace(",", "").replace(".", "") or 0)


def _kind(line: str) -> str | None:
    for kind, beginnings in _BEGINNINGS.items():
        if line in beginnings or line.startswith(tuple(f"{one} · " for one in beginnings)):
            return kind
    return None


def _named(kind: str, words: str) -> AnnouncedEvent:
    line = next((one for one in words.splitlines() if "@" in one), "")
    handles, amount = _HANDLE.findall(line), _AMOUNT.search(words)
    return AnnouncedEvent(kind, handles[-1] if handles else "", amount[1] if amount else "")


def _folded(title: str, lines: list[str]) -> AlertContent | None:
    counted, sums = Counter[str](), dict[str, int]()
    counts = _COUNTED.findall(title)
    # What the bridge itself found out stands under the same rules, and is no event; nor is who was there.
    if not counts or {noun for _, noun, _ in counts} <= _THERE:
        return None
    for number, noun, total in counts:
        if noun not in _COUNTS:
            raise AlertUnreadable(f"“{title}” counts {noun}")
        counted[_COUNTS[noun]] += int(number.replace(",", ""))
        if total:
            sums[_COUNTS[noun]] = _cents(total)
    named = [_named(kind, line) for line in lines if (kind := _kind(line)) is not None]
    before = sum(int(found[1].replace(",", "")) for line in lines if (found := _BEFORE.match(line)))
    unnamed = counted.copy()
    unnamed.subtract(one.kind for one in named)
    if not counted or min(unnamed.values()) < 0 or unnamed.total() != before:
        raise AlertUnreadable(f"“{title}” stands above {len(named)} lines and {before} more")
    return AlertContent(tuple(named), +unnamed, sums)
