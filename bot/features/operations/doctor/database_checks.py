"""Is the database whole, the right one, and do the keys open what is in it."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.features.operations.doctor.findings import DoctorFinding, bad, ok, unknown, warn
from bot.features.operations.doctor.snapshot import DoctorSnapshot, remember
from bot.features.people.accounts.keyring import Keyring, WrongKey, head_of
from storage.database import Transaction
from storage.engine.migrate import load
from storage.engine.shared_snapshot import damage
from storage.engine.site import Site
from storage.errors import StorageError
from storage.operations import sealing_keys, signed_rows
from storage.records import Millis

_WHOLE_SECONDS = 10.0
_SHOWN = 20  # rows; whoever has more to look at puts a backup back
_SAY_ANEW = (
    "Find out who can write the database. Then run /link, /setup or /team grant again, or restore a backup."
)
_PUT_BACK = "Stop the bridge and put a backup back: fanvue-bridge restore FILE"


def opened(site: Site, ring: Keyring) -> tuple[DoctorSnapshot | None, Sequence[DoctorFinding]]:
    """The database's contents, or nothing and why it cannot be read."""
    try:
        memory = remember(site, ring)
    except StorageError as error:
        return None, [bad("database", str(error), f"Check {site.name}.")]
    except sqlite3.Error:
        said = f"{site.name} is no database of this bridge"
        return None, [bad("database", said, "Check DATABASE_URL, or put a backup back.")]
    newest = len(load("sqlite"))
    if not memory.version:
        return memory, [ok("database", "there is none yet: the first start makes it")]
    later = "" if memory.version == newest else f"; the next start brings it to {newest}"
    return memory, [ok("database", f"{site.name}, schema version {memory.version}{later}")]


def rights(memory: DoctorSnapshot) -> Sequence[DoctorFinding]:
    """Whether every row that says who may do what is as it was signed."""
    name, known = "rights", memory.rights
    if known is None:
        return [] if memory.canary is None else [ok(name, "are signed at the next start, as they are then")]
    if known.refused:
        number = len(known.refused)
        shown = "; ".join(str(one) for one in known.refused[:_SHOWN])
        more = f"; … and {number - _SHOWN:,} more" if number > _SHOWN else ""
        said = f"changed by hand, so they count as not there: {shown}{more}"
        return [bad(name, said, _SAY_ANEW)]
    taken = known.taken
    before = "" if taken is None else f"; {taken.rows:,} taken over as they were on {_day(taken.at)}"
    return [ok(name, f"each link, grant, consent, forum and set-up is as it was signed{before}")]


def _day(at: Millis) -> str:
    return f"{datetime.fromtimestamp(at // 1000, UTC):%Y-%m-%d}"


def _server(site: Site) -> Sequence[DoctorFinding]:
    """Whether the server keeps what it acknowledges."""
    try:
        said, weak = f"PostgreSQL {site.version()}", site.weak()
    except StorageError:
        return [unknown("server", "could not be asked", "See the line “database”.")]
    if weak is not None:
        do = f"Set {weak} = on in postgresql.conf: a power cut may lose what was acknowledged."
        return [bad("server", f"{said} with {weak} off", do)]
    return [ok("server", f"{said}; its own tools look for damage (pg_amcheck) and make backups (pg_dump)")]


def whole(site: Site) -> Sequence[DoctorFinding]:
    """SQLite's own quick check, within a bound of time; of a server, whether it is set to keep anything."""
    if site.file is None:
        return _server(site)
    if not site.file.exists():
        return []
    try:
        wrong = damage(site.file, seconds=_WHOLE_SECONDS)
    except TimeoutError:
        said = f"too big to be read within {_WHOLE_SECONDS:.0f} s"
        return [unknown("damage", said, "fanvue-bridge backup reads it all and proves its copy.")]
    except StorageError:
        return [unknown("damage", "the file could not be read", "See the line “database”.")]
    if wrong is not None:
        return [bad("damage", f"SQLite says “{wrong}”", _PUT_BACK)]
    return [ok("damage", "SQLite finds none")]


async def _signed_by(tx: Transaction) -> frozenset[bytes]:
    """The keys that signed rows, likewise."""
    return frozenset(head_of(key) for made in (await signed_rows.counts(tx)).values() for key in made)


def origin(memory: DoctorSnapshot, site: Site) -> Sequence[DoctorFinding]:
    """Whether it is the database that ran here last, or was put here."""
    if memory.moved is not None:
        said = f"was moved to {memory.moved}, and is not started again"
        return [bad("origin", said, "Put the new address into DATABASE_URL.")]
    if memory.unfinished:
        said = "an unfinished copy of another database, which cannot be started"
        return [bad("origin", said, "Run the same fanvue-bridge db copy again.")]
    if memory.restored is not None:
        return [bad("origin", "restored from a backup; nothing is sent meanwhile", "fanvue-bridge restored")]
    if memory.epoch is None:
        return []
    if memory.epoch not in site.known():
        said = "did not run here last: the next start takes it for a restored one and sends nothing"
        return [warn("origin", said, "If that is meant, start and then: fanvue-bridge restored")]
    return [ok("origin", "the one that ran here last")]


def bot(memory: DoctorSnapshot, application: int) -> Sequence[DoctorFinding]:
    """Whether its servers are another bot's; several bots have some each, and all have processes then."""
    others = set(memory.bots.values()) - {application}
    if not others or application in memory.bots.values():
        return []
    said = (
        f"its servers belong to application {', '.join(map(str, sorted(others)))}, the settings name another"
    )
    do = "Put that bot's settings back, or start with: fanvue-bridge run --take-over-from (docs/scaling.md)."
    return [bad("servers", said, do)]


def keys(keyring: Keyring, memory: DoctorSnapshot, site: Site) -> Sequence[DoctorFinding]:
    """Whether the keys of the settings open everything that is stored."""
    if memory.canary is None:
        return [ok("keys", "well formed; the first start ties the database to them")]
    try:
        keyring.check(memory.canary)
    except WrongKey:
        said = "they do not open this database"
        return [bad("keys", said, "Put the key back into ENCRYPTION_KEYS that it was written with.")]
    heads = site.read(sealing_keys.heads)
    signed_by = site.read(_signed_by) if memory.rights is not None else frozenset[bytes]()
    lacking = keyring.lacks(heads | signed_by)
    if lacking:
        said = f"stored values were made with key {', '.join(lacking)}, which is not there"
        return [bad("keys", said, "Add it to ENCRYPTION_KEYS, behind the newest.")]
    return [ok("keys", "they open everything that is stored")]


def offered(memory: DoctorSnapshot) -> Sequence[DoctorFinding]:
    """Who is offered the team's commands on Discord; nothing where it was told none yet."""
    if memory.for_team is None:
        return []
    if memory.for_team:
        return [ok("offered", "the team alone is offered its commands")]
    said = "everyone on your servers is offered the team's commands; /setup there says how to hide them"
    return [ok("offered", said)]
