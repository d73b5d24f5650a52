"""The command `privacy export`: a file with all that is kept of somebody."""

import os
from collections.abc import Callable
from pathlib import Path

from bot.engine.clock import SystemClock
from bot.engine.pseudonyms import Pseudonyms
from bot.features.operations.keys.ring import keyring_of
from bot.features.people.accounts.keyring import WrongKey
from bot.features.people.privacy.exporter import Exporter
from bot.settings.model import Settings
from storage.database import Transaction
from storage.engine.connect import site_of
from storage.errors import StorageError
from storage.people import data_export

NOTHING = 1
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def export(settings: Settings, *, creator: str, fan: str | None, to: Path) -> tuple[int, str]:
    """Write it, running bridge or not; the exit code, and what to print."""
    ring, site = keyring_of(settings), site_of(settings.database_url)
    part = to.with_name(to.name + ".part")

    def carry(write: Callable[[str], object]) -> int | str:
        exporter = Exporter(sealer=ring, names=Pseudonyms(sealer=ring, random=os.urandom), write=write)

        async def work(tx: Transaction) -> int | str:
            creators = await data_export.creators_named(tx, creator.lstrip("@"))
            if len(creators) != 1:
                return f"There is no creator {creator} here." if not creators else f"Several are {creator}."
            found = None
            if fan is not None:
                fans = await data_export.fans_named(tx, creators[0], fan.lstrip("@"))
                if len(fans) != 1:
                    return f"There is no fan {fan} of {creator} here." if not fans else f"Several are {fan}."
                found = fans[0]
            return await exporter.export(tx, creators[0], found, now=SystemClock().now())

        return site.read(work)

    try:
        # Nobody but the operator may read it, whatever lay there; and a file is there whole, or not at all.
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, _FRESH, 0o600), "w", encoding="utf-8") as file:
            rows = carry(file.write)
        if isinstance(rows, str):
            part.unlink()
            return NOTHING, rows
        part.replace(to)
    except (StorageError, WrongKey) as error:
        part.unlink(missing_ok=True)
        return NOTHING, str(error)
    except (OSError, ValueError) as error:
        part.unlink(missing_ok=True)
        return NOTHING, f"{to} was not written: {error}."
    return 0, f"{rows:,} rows in {to}. It has names and texts in clear: hand it over, then delete it."
