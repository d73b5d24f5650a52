"""What each of the operator's addresses was told, so that nothing is told twice."""

import asyncio
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.settings.private_file import write_privately

log = logging.getLogger(__name__)

NAME: Final = "operator.json"  # in the state folder: it has names of checks and of kinds of addresses


@dataclass(frozen=True)
class ToldRecord:
    """`folder`: where it outlives this process; None: where several share a folder it ends with each."""

    folder: Path | None
    told: dict[str, frozenset[str]]  # by the kind of the address, the problems that it knows of

    async def note(self, kind: str, problems: frozenset[str]) -> None:
        """Remember that this address knows of these now."""
        self.told[kind] = problems
        if self.folder is None:
            return
        content = json.dumps({name: sorted(known) for name, known in self.told.items()})
        try:
            await asyncio.to_thread(write_privately, self.folder / NAME, content.encode("ascii"))
        except OSError as error:  # a full disk is what is being told of, perhaps
            log.warning("cannot remember what the operator was told: %s", type(error).__name__)


def read_told(folder: Path | None) -> ToldRecord:
    """As it was left; nothing where it cannot be read: better told again than not at all."""
    if folder is None:
        return ToldRecord(None, {})
    try:
        known = json.loads((folder / NAME).read_text("ascii"))
        told = {str(kind): frozenset(map(str, problems)) for kind, problems in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        told = {}
    return ToldRecord(folder, told)
