"""Writes all that is kept of a creator, or of one fan: JSON that explains itself."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from bot.engine.pseudonyms import Pseudonyms
from bot.features.people.privacy.export_texts import readme
from bot.model.ports import Sealer
from storage.database import Row, Transaction
from storage.operations.sealed_columns import PLACES
from storage.people import data_export
from storage.people.data_export import PARTS, ExportTable
from storage.records import CreatorId, FanId, Millis, Pseudonym

_ENDING: Final = "_ct"  # of a sealed column's name


class Exporter:
    """Reads on one snapshot, and writes piece by piece: nothing is held but a row."""

    def __init__(self, *, sealer: Sealer, names: Pseudonyms, write: Callable[[str], object]) -> None:
        self._sealer = sealer
        self._names = names
        self._write = write

    async def export(self, tx: Transaction, creator: CreatorId, fan: FanId | None, *, now: Millis) -> int:
        """One JSON object, README first; how many rows there were."""
        parts = [part for part in PARTS if fan is None or part.of_fan is not None]
        about = {
            "readme": readme([part.table for part in parts], of_fan=fan is not None),
            "made_at": datetime.fromtimestamp(now / 1000, tz=UTC).isoformat(),
            "creator": creator,
            "fan": fan,
        }
        self._write(json.dumps(about, ensure_ascii=False, indent=1).rstrip("\n}"))
        pseudonym = None if fan is None else await self._names.known(tx, creator, fan)
        number = 0
        for part in parts:
            number += await self._part(tx, part, creator, fan, pseudonym)
        self._write("\n}\n")
        return number

    async def _part(
        self,
        tx: Transaction,
        part: ExportTable,
        creator: CreatorId,
        fan: FanId | None,
        pseudonym: Pseudonym | None,
    ) -> int:
        self._write(f',\n "{part.table}": [')
        number = 0
        async for row in data_export.rows_of(tx, part, creator, fan):
            shown = self._row(part.table, row)
            if fan is not None and not _is_about(part.table, shown, fan, pseudonym):
                continue
            self._write(("," if number else "") + "\n  " + json.dumps(shown, ensure_ascii=False))
            number += 1
        self._write("\n ]")
        return number

    def _row(self, table: str, row: Row) -> dict[str, Any]:
        shown = dict(row)
        for sealed in PLACES:
            if sealed.table == table and sealed.column in shown:
                value = shown.pop(sealed.column)
                if value is not None:
                    plain = self._sealer.open(sealed.place_of(row), bytes(value))
                    shown[sealed.column.removesuffix(_ENDING)] = _read(plain)
        return shown


def _is_about(table: str, row: dict[str, Any], fan: FanId, pseudonym: Pseudonym | None) -> bool:
    """Whether an opened row is about the fan; rows that tell it unopened were checked before."""
    match table:
        case "inbox":
            return fan.casefold() in json.dumps(row["body"]).casefold()
        case (
            "audit"
            | "payments"
            | "earnings"
            | "earnings_told"
            | "credit_sent"
            | "credit_moves"
            | "subscription_changes"
        ):
            return pseudonym is not None and row["fan"] == pseudonym
        case _:
            return True


def _read(plain: bytes) -> Any:
    """A body as JSON, or as the text that it is."""
    text = plain.decode(errors="replace")
    try:
        return json.loads(text)
    except ValueError:
        return text
