"""What the Discord stand-in's own ledger says of threads that were awake."""

from collections.abc import Iterable, Iterator

from bot.sandbox.discord.ledger import DiscordLedger, DiscordLedgerEntry

_WAKE = {"thread_created", "thread_woken"}
_SLEEP = {"thread_archived", "thread_deleted"}


def awake(entries: Iterable[DiscordLedgerEntry]) -> Iterator[int]:
    """How many threads were awake after each entry, oldest first."""
    threads: set[int] = set()
    for entry in entries:
        thread = entry.data.get("thread_id")
        if entry.kind in _WAKE or (entry.kind == "thread_updated" and not entry.data["archived"]):
            threads.add(entry.data["thread_id"])
        elif entry.kind in _SLEEP or entry.kind == "thread_updated":
            threads.discard(entry.data["thread_id"])
        if thread is not None:
            yield len(threads)


def most_awake(ledger: DiscordLedger) -> int:
    """The most that ever were awake at once."""
    return max(awake(ledger), default=0)


def archived(ledger: DiscordLedger, since: int = 0) -> list[int]:
    """The threads that the bot archived, in order."""
    return [entry.data["thread_id"] for entry in ledger.of("thread_updated", since=since, archived=True)]
