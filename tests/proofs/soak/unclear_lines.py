"""Lines of which Fanvue told too little, known by the ids that are remembered."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from bot.sandbox.fanvue.records import BROADCAST

Line = tuple[str, str, str, str]  # creator, fan, what it is, its words

UNCLEAR = "unclear"  # Fanvue did not tell whose it is, what it is, or what it says
TIP = "🎁 A tip"  # a live event does not say how much; the alert does
GIFT = "🎁 A gift, it seems: Fanvue shows it"
EMPTY, UNTOLD = "a message without text", "Fanvue doesn't send its text"
_TITLES = ("### Fanvue doesn't say", "### Fanvue doesn't send", "### Fanvue calls this")


def line_of(entry: FanvueLedgerEntry) -> Line:
    """How a message of Fanvue's ledger must stand on Discord."""
    text = entry["text"] or (TIP if entry["type"] == "TIP" else GIFT)
    if entry["sender"] == "fan":
        return entry["creator"], entry["fan"], "fan", text
    ours = "elsewhere" if entry["client_id"] is None else "reply"
    return entry["creator"], entry["fan"], "mass" if entry["type"] == BROADCAST else ours, text


def is_unclear(title: str) -> bool:
    """Whether a line says of itself that nobody knows whose it is, or what."""
    return title.startswith(_TITLES)


def blank(title: str, shown: Sequence[str], words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The lines of a message that have no words, with what stands in their place."""
    small = [text for text in shown if text.startswith("-# ")]
    marks = [mark for text in small for mark in (EMPTY, UNTOLD) if mark in text]
    if not marks and not words and is_unclear(title):
        marks = [UNTOLD]
    for mark in marks:
        yield UNCLEAR, mark


def cleared(
    lines: Iterable[tuple[int, Line]], entries: Mapping[str, Line], shown: Mapping[int, Sequence[str]]
) -> Counter[Line]:
    """All lines; an unclear one counts as the message that the bridge remembers to have shown just there.

    One that stands for nothing there is left as it is, and is one too many. `entries`: Fanvue's messages by
    their ids; `shown`: which of them stand in which message on Discord.
    """
    by_message: dict[int, list[Line]] = defaultdict(list)
    for message, line in lines:
        by_message[message].append(line)
    found = Counter[Line]()
    for message, there in by_message.items():
        plain = [line for line in there if line[2] != UNCLEAR]
        behind = Counter(entries[uuid] for uuid in shown.get(message, ()) if uuid in entries)
        behind -= Counter(plain)
        found.update(plain)
        for line in there:
            if line[2] == UNCLEAR:
                meant = next((one for one in behind if _may_mean(line, one)), line)
                behind -= Counter([meant])
                found[meant] += 1
    return found


def _may_mean(shown: Line, meant: Line) -> bool:
    """Of what is called empty there was nothing to say; what is not told may be anything."""
    words = shown[3] in (UNTOLD, meant[3]) or (shown[3] == EMPTY and meant[3] in (GIFT, TIP))
    return words and shown[:2] == meant[:2]
