"""The differences of PostgreSQL from SQLite: all that the storage knows (pure).

All SQL of the bridge is written once, for SQLite's parameters and for types that both know. The differences:

- parameters: `:name` here, `%(name)s` there, where a `%` of the statement itself is doubled;
- order: SQLite compares text byte by byte, PostgreSQL as the database's language has it. So every TEXT
  column is made with COLLATE "C";
- bytes in a statement: X'00ff' here, a cast text there;
- values: PostgreSQL has booleans and decimals of its own, and no text with a NUL in it;
- the catalogue: its columns are asked for in another way;
- errors: SQLite has codes of its file, PostgreSQL has SQLSTATE.

`rowid`, AUTOINCREMENT and INSERT OR … are not used at all; ids are made by the program.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from storage.database import FrequentStatement, Value

SQLITE, POSTGRES = "sqlite", "postgres"

# Questions to the catalogue, which are asked in two ways. Which columns hold bytes:
BYTES_COLUMNS = """SELECT tables.name AS "table", columns.name AS "column"
    FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' AND columns.type = 'BYTEA'"""
# Every column of every table: its place in the primary key or 0, and which table it refers to, if any.
# What is made anew by itself is none of them: the list of work (storage/engine/stream_jobs.py), and what
# several processes share besides, whose names begin with “bridge_”.
COLUMNS = """SELECT tables.name AS "table", columns.name AS "column", columns.pk AS place,
        links."table" AS refers
    FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
    LEFT JOIN pragma_foreign_key_list(tables.name) AS links ON links."from" = columns.name
    WHERE tables.type = 'table' AND substr(tables.name, 1, 7) <> 'sqlite_'"""
_INSTEAD = {
    COLUMNS: """SELECT CAST(t.relname AS TEXT) AS "table", CAST(c.attname AS TEXT) AS "column",
        COALESCE(array_position(CAST(p.conkey AS INTEGER[]), CAST(c.attnum AS INTEGER)), 0) AS place,
        CAST(o.relname AS TEXT) AS refers
    FROM pg_class AS t JOIN pg_attribute AS c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
    LEFT JOIN pg_constraint AS p ON p.conrelid = t.oid AND p.contype = 'p'
    LEFT JOIN pg_constraint AS f ON f.conrelid = t.oid AND f.contype = 'f' AND c.attnum = ANY (f.conkey)
    LEFT JOIN pg_class AS o ON o.oid = f.confrelid
    WHERE t.relkind = 'r' AND t.relnamespace = to_regnamespace(current_schema())
      AND substr(CAST(t.relname AS TEXT), 1, 14) <> 'procrastinate_'
      AND substr(CAST(t.relname AS TEXT), 1, 7) <> 'bridge_'""",
    BYTES_COLUMNS: """SELECT CAST(table_name AS TEXT) AS "table", CAST(column_name AS TEXT) AS "column"
    FROM information_schema.columns WHERE table_schema = current_schema() AND data_type = 'bytea'""",
}

_PARTS = re.compile(
    r"""
      \b[xX]'(?P<bytes> [0-9a-fA-F]* )'
    | (?P<left> --[^\n]* | /\*.*?\*/ | '(?:[^']|'')*' | "(?:[^"]|"")*" | :: )
    | :(?P<name> [A-Za-z_]\w* )
    | (?P<type> \b(?:TEXT|BLOB)\b )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_TYPES = {"TEXT": 'TEXT COLLATE "C"', "BLOB": "BYTEA"}
_SCHEMA = re.compile(r"\s*(CREATE|ALTER)\s+TABLE\b", re.IGNORECASE)

# Classes of SQLSTATE that lie in the server or its surroundings: connection, rolled back by the server,
# resources, an operator's intervention, its system, its own faults. And a lock that was not given in time.
_FAULTS = ("08", "40", "53", "57", "58", "XX")
_NO_LOCK = "55P03"
_READ_ONLY = "25006"
# The session ended together with the statement.
_GONE = ("08", "57P01", "57P02", "57P03", "57P05")


@lru_cache(maxsize=1024)
def postgres(sql: str) -> bytes:
    """The statement as psycopg wants it."""
    said = sql.on_server if isinstance(sql, FrequentStatement) else _INSTEAD.get(sql, sql)
    # Doubled first: a parameter's own % is not there yet.
    return _written(sql, said.replace("%", "%%"), lambda name: f"%({name})s").encode()


@dataclass(frozen=True)
class PreparedStatement:
    """A statement whose plan a session keeps: the text to prepare it, and psycopg's text to execute it."""

    prepare: str
    execute: bytes


@lru_cache(maxsize=1024)
def prepared(sql: FrequentStatement) -> PreparedStatement:
    """The same as `postgres`, under a name that only this statement has."""
    names: list[str] = []

    def numbered(name: str) -> str:
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    written = _written(sql, sql.on_server, numbered)
    called = f"bridge_{hashlib.sha256(sql.on_server.encode()).hexdigest()[:16]}"
    given = f" ({', '.join(f'%({name})s' for name in names)})" if names else ""
    return PreparedStatement(f"PREPARE {called} AS {written}", f"EXECUTE {called}{given}".encode())


def _written(sql: str, text: str, parameter: Callable[[str], str]) -> str:
    types = _TYPES if _SCHEMA.match(sql) else {}

    def part(found: re.Match[str]) -> str:
        if found["bytes"] is not None:
            return f"CAST('\\x{found['bytes']}' AS BYTEA)"
        if found["name"]:
            return parameter(found["name"])
        if found["type"]:
            return types.get(found["type"].upper(), found["type"])
        return found[0]

    return _PARTS.sub(part, text)


def values(params: Mapping[str, Value]) -> dict[str, Value]:
    """Parameters as PostgreSQL takes them."""
    return {name: value_of(value) for name, value in params.items()}


def value_of(value: Value) -> Value:
    """The plain value behind a StrEnum or a bool; text without NUL, which PostgreSQL cannot keep."""
    if isinstance(value, str):
        return str.replace(value, "\0", "\N{REPLACEMENT CHARACTER}")
    return int(value) if isinstance(value, bool) else value


def number_of(value: Decimal) -> int | float:
    """A sum of whole numbers is one, although PostgreSQL makes a decimal of it."""
    return int(value) if value == value.to_integral_value() else float(value)


def is_fault(sqlstate: str | None, *, writes: bool) -> bool:
    """Whether an error lies in the server or its surroundings, so that a later try may succeed."""
    if sqlstate is None:
        return False
    return sqlstate.startswith(_FAULTS) or sqlstate == _NO_LOCK or (writes and sqlstate == _READ_ONLY)


def is_gone(sqlstate: str | None) -> bool:
    """Whether the connection ended with this error."""
    return sqlstate is not None and sqlstate.startswith(_GONE)
