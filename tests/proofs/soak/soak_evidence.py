"""What a soak leaves for whoever must find out why: ledgers, messages, outbox."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from bot.sandbox.discord.model import StandInMessage
from tests.database_reader import opened
from tests.proofs.soak.ledger_comparison import SoakFindings
from tests.proofs.soak.soak_scenario import SoakScenario
from tests.proofs.soak.unclear_lines import Line

_TRACED = 6  # lines; one bug can make thousands

# What the bridge remembers, without what is sealed.
_OUTBOX = """SELECT id, stream, seq, kind, creator_uuid, fan_uuid, cause, part, state, attempts,
    attempt_started, doubted_at, not_before, external_id, reason, created_at, settled_at FROM outbox"""
_TABLES = {
    "outbox": f"{_OUTBOX} ORDER BY created_at",
    "inbox": """SELECT id, kind, fact_key, creator_uuid, source, state, reason, received_at FROM inbox
        ORDER BY received_at""",
    "threads": "SELECT * FROM threads",
}


def leave(town: SoakScenario, folder: Path) -> None:
    """Write it all into `folder`, a line of JSON for each thing."""
    _written(folder / "discord.jsonl", (entry.json() for entry in town.discord.world.ledger))
    _written(folder / "messages.jsonl", _messages(town))
    _written(
        folder / "fanvue.jsonl",
        (
            {"number": one.number, "at": one.at.isoformat(), "kind": one.kind, **one.facts}
            for one in town.fanvue.ledger
        ),
    )
    with opened(town.database) as db:
        for name, question in _TABLES.items():
            _written(folder / f"{name}.jsonl", db.rows(question))


def _messages(town: SoakScenario) -> Iterator[dict[str, Any]]:
    for there in town.discord.world.messages.values():
        for message in there.values():
            yield {
                "id": message.id,
                "channel": message.channel_id,
                "at": message.created_at.isoformat(),
                "edited": message.edited_at and message.edited_at.isoformat(),
                "nonce": message.nonce,
                "deleted": message.deleted,
                "text": message.text,
            }


def _written(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, default=str) + "\n" for line in lines)


def traces(town: SoakScenario, found: SoakFindings) -> Iterator[str]:
    """Where each line stands that is wrong, when it was posted, and what the bridge remembers of that."""
    with opened(town.database) as db:
        for line in sorted(found.about, key=str)[:_TRACED]:
            yield f"trace of {line}"
            for message in _showing(town, line):
                yield f"  {_said(message)}"
                for row in db.rows(f"{_OUTBOX} WHERE id = :id", id=str(message.nonce)):
                    yield f"    {json.dumps(row, default=str)}"


def _showing(town: SoakScenario, line: Line) -> Iterator[StandInMessage]:
    _, fan, what, words = line
    shown = words if what != "alert" else fan
    for message in chain.from_iterable(there.values() for there in town.discord.world.messages.values()):
        if shown.strip() and shown in message.text.replace("\\", ""):
            yield message


def _said(message: StandInMessage) -> str:
    edited = f", edited {message.edited_at.time()}" if message.edited_at else ""
    return (
        f"{message.id} in {message.channel_id} at {message.created_at.time()}{edited}, nonce {message.nonce}"
    )
