"""Where a live check of Discord is at work: kept, so that nothing is left."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bot.settings.private_file import write_privately
from storage.records import DiscordId

NAME: Final = "live-discord-place.json"  # in the state folder, never in a report
RECORD: Final = "live-discord.json"


@dataclass(frozen=True)
class TrialPlace:
    """The server that is tried, and the mark in the topic of each forum that is made there."""

    server: DiscordId
    mark: str
    left: bool = False  # a forum may be there


def read_place(folder: Path) -> TrialPlace | None:
    """The last one; None where there is none that can be read."""
    try:
        known = json.loads((folder / NAME).read_text("utf-8"))
        return TrialPlace(DiscordId(int(known["server"])), str(known["mark"]), bool(known["left"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_place(folder: Path, place: TrialPlace) -> None:
    """Keep it, before a forum is made and once all are gone. Raises OSError."""
    write_privately(folder / NAME, json.dumps(asdict(place)).encode("ascii"))
