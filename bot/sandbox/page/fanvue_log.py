"""Fanvue's traffic in words: the newest entries of its ledger."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from bot.sandbox.fanvue.records import UserId
from bot.sandbox.fanvue.state import FanvueState

Json = dict[str, Any]
SHOWN = 60
_FAULTS = {
    "down": "Fanvue is down: the connection was cut",
    "lose_answer": "Taken, but the answer was lost",
    "too_many": "Refused: too many requests (429)",
}
_TOKENS = {
    "token.issued": "A sign-in was granted: tokens handed out",
    "token.refreshed": "Tokens were renewed",
    "token.revoked": "Tokens were revoked",
}


def received(state: FanvueState) -> list[Json]:
    """The newest lines first: {number, at, tone, text}; tone is good, bad or quiet."""
    return list(islice(_told(state), SHOWN))


def _told(state: FanvueState) -> Iterator[Json]:
    for entry in reversed(tuple(state.ledger)):
        family = entry.kind.partition(".")[0]
        words = _WORDS.get(family, _nothing)(state, entry)
        if words is not None:
            tone, text = words
            yield {"number": entry.number, "at": entry.at.isoformat(), "tone": tone, "text": text}


Words = tuple[str, str] | None


def _message(state: FanvueState, entry: FanvueLedgerEntry) -> Words:
    handle = state.accounts[UserId(entry["fan"])].handle
    text = f"“{entry['text']}”" if entry["text"] else "(no text)"
    price = f", ${entry['price'] / 100:.2f}" if entry["price"] else ""
    media = f", {len(entry['media'])} media" if entry["media"] else ""
    if entry["sender"] == "fan":
        return "quiet", f"From @{handle}: {text}{media}{price}"
    by = "through the bridge" if entry["client_id"] else "past the bridge"
    return "good", f"To @{handle}, {by}: {text}{media}{price}"


def _webhook(_: FanvueState, entry: FanvueLedgerEntry) -> Words:
    what = f"Webhook {entry['type'].removeprefix('creator.')}"
    again = f", attempt {entry['attempt']}" if entry["attempt"] > 1 else ""
    match entry.kind:
        case "webhook.answered":
            return "quiet" if entry["status"] < 300 else "bad", f"{what}: answered {entry['status']}{again}"  # noqa: PLR2004 - HTTP's 2xx
        case "webhook.failed":
            return "bad", f"{what}: nobody took it{again}; it is tried again later"
        case "webhook.dropped":
            return "bad", f"{what}: never sent, webhooks are off"
        case "webhook.duplicated":
            return "quiet", f"{what}: is sent twice"
        case "webhook.gave_up":
            return "bad", f"{what}: given up after {entry['attempt']} attempts"
    return None


def _fault(_: FanvueState, entry: FanvueLedgerEntry) -> Words:
    words = _FAULTS.get(entry["fault"], f"Fault {entry['fault']}")
    return "bad", f"{words} ({entry['method']} {entry['path']})"


def _token(_: FanvueState, entry: FanvueLedgerEntry) -> Words:
    return ("quiet", _TOKENS[entry.kind]) if entry.kind in _TOKENS else None


def _nothing(_: FanvueState, __: FanvueLedgerEntry) -> Words:
    return None


_WORDS: dict[str, Callable[[FanvueState, FanvueLedgerEntry], Words]] = {
    "message": _message,
    "webhook": _webhook,
    "fault": _fault,
    "token": _token,
}
