"""What a live check has proven of Fanvue, in a small file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.fanvue.operations import LIST_FIELDS, ApiSurface
from storage.records import Millis

NAME: Final = "live-check-proven.json"  # in the state folder


@dataclass(frozen=True)
class ProvenFacts:
    """`answered` of `asked` open questions; `list_fields`: by surface, how a mass message names lists."""

    at: Millis
    contract: str  # the version of Fanvue's API that was asked
    answered: int
    asked: int
    list_fields: Mapping[str, str] = field(default_factory=dict)

    def fields_for(self, contract: str) -> Mapping[ApiSurface, str]:
        """The names to use; none from another version, and none that no check tries."""
        if contract != self.contract:
            return {}
        known = {surface: self.list_fields.get(surface.value) for surface in ApiSurface}
        return {surface: name for surface, name in known.items() if name in LIST_FIELDS}


def read_proven(folder: Path) -> ProvenFacts | None:
    """What the last check proved; None where there was none, or its file cannot be read."""
    try:
        facts = ProvenFacts(**json.loads((folder / NAME).read_text("utf-8")))
        whole = isinstance(facts.at, int) and isinstance(facts.list_fields, dict)
    except (OSError, ValueError, TypeError):
        return None
    return facts if whole else None
