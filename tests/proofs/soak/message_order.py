"""Whether what came one after the other stands so, on Discord and on Fanvue."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from tests.database_reader import opened
from tests.proofs.soak.ledger_comparison import SoakFindings, placed
from tests.proofs.soak.soak_scenario import SoakScenario
from tests.proofs.soak.unclear_lines import Line

# What a person had sent again, after others of its stream had passed it, comes when they say so.
_DONE = """SELECT stream, kind, external_id FROM outbox WHERE state = 'done' AND external_id IS NOT NULL
    AND kind IN ('post', 'post.join', 'reply.post', 'chat.send')
    AND NOT EXISTS (SELECT 1 FROM audit WHERE cause = outbox.id AND action = 'reply.again')
    ORDER BY stream, seq"""
_RECEIVED = "creator.message.received"


@dataclass(frozen=True)
class WrittenMessage:
    """A fan's message: when it was written, and when its webhook was answered, as places in Fanvue's ledger.

    `stands`: its place among all lines of its thread.
    """

    text: str
    at: int
    told: int
    stands: int


def inversions(town: SoakScenario) -> list[str]:
    """Each that stands too high, with a sentence."""
    found = [sentence for chat in _chats(town).values() for sentence in passed(chat)]
    return [*found, *_in_streams(town)]


def passed(chat: Iterable[WrittenMessage]) -> Iterator[str]:
    """Who stands above one that the bridge had said it has before they wrote.

    A message of which it heard later may stand below: nothing is put in above what stands there.
    """
    written = sorted(chat, key=lambda one: one.at)
    known = sorted(written, key=lambda one: one.told)
    heard, lowest = 0, -1
    for one in written:
        while heard < len(known) and known[heard].told < one.at:
            lowest = max(lowest, known[heard].stands)
            heard += 1
        if one.stands < lowest:
            yield f"“{one.text}” stands above what was told before it was written"


def _chats(town: SoakScenario) -> dict[tuple[str, str], list[WrittenMessage]]:
    """What was told by webhook, was written once and stands in its thread once.

    Whatever else is wrong the count finds. Of two with the same words one may stand there as unclear, and
    then nothing tells which of them the other line is.
    """
    stands, told = _stands(town), _told(town)
    written = [(_line_of(entry), entry) for entry in town.fanvue.ledger.of("message", sender="fan")]
    often = Counter(line for line, _ in written)
    chats: dict[tuple[str, str], list[WrittenMessage]] = defaultdict(list)
    for line, entry in written:
        if often[line] == 1 and line in stands and entry["uuid"] in told:
            one = WrittenMessage(line[3], entry.number, told[entry["uuid"]], stands[line])
            chats[line[:2]].append(one)
    return chats


def _line_of(entry: FanvueLedgerEntry) -> Line:
    return (entry["creator"], entry["fan"], "fan", entry["text"] or "")


def _stands(town: SoakScenario) -> dict[Line, int]:
    shown = sorted(
        placed(town, SoakFindings()), key=lambda one: one[0]
    )  # lines of one message stay as they are
    often = Counter(line for _, line in shown)
    return {line: number for number, (_, line) in enumerate(shown) if often[line] == 1}


def _told(town: SoakScenario) -> dict[str, int]:
    """Message → when a webhook with its words was first answered with yes.

    Without them there is a line that says so, in its turn, and the words come when Fanvue could be read.
    """
    ledger = town.fanvue.ledger
    events = ledger.of("event", type=_RECEIVED)
    about = {entry["id"]: entry["data"]["uuid"] for entry in events if "text" in entry["data"]}
    told: dict[str, int] = {}
    for entry in ledger.of("webhook.answered"):
        if entry["status"] < 300 and (message := about.get(entry["id"])):
            told.setdefault(message, entry.number)
    return told


def _in_streams(town: SoakScenario) -> Iterator[str]:
    """What was to be done one after the other was."""
    accepted = {entry["uuid"]: entry.number for entry in town.fanvue.ledger.of("message", sender="creator")}
    newest: dict[str, int] = {}
    with opened(town.database) as db:
        rows = db.rows(_DONE)
    for row in rows:
        thread, _, message = row["external_id"].rpartition(":")
        place = int(message) if thread else accepted.get(message, -1)
        if place < newest.get(row["stream"], -1):
            yield f"a {row['kind']} of {row['stream']} stands above what was to come before it"
        newest[row["stream"]] = max(place, newest.get(row["stream"], -1))
