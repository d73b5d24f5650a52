"""Connections to a PostgreSQL server, as the bridge uses them, through psycopg."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import DictRow, dict_row
from psycopg.types.bool import BoolLoader
from psycopg.types.numeric import NumericLoader

from storage.engine import dialect
from storage.errors import DatabaseUnreachable, WrongUrl


class PostgresConnection(psycopg.Connection[DictRow]):
    """A session, and which statements it keeps the plans of; None: it is not ours alone, and keeps none."""

    keeps: set[str] | None = None


_OLDEST = 130000
# Where the URL does not say otherwise: a connection that leads nowhere is noticed within half a minute.
_DEFAULTS = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
# The server notices as fast. Limits that are meant for people would end a session that only holds a lock.
# Compiling a question takes longer than answering it: 100,000 sales take 1.1 s instead of 0.6 s.
_SET_UP = """
    SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
    SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0; SET lock_timeout = 5000;
    SET standard_conforming_strings = on; SET client_min_messages = warning;
    SET jit = off;
"""
_DURABLE = """SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')"""


class PostgresServer:
    """The server, user and database that a URL names."""

    def __init__(self, url: str) -> None:
        """Raises WrongUrl with a sentence; neither it nor its cause repeats the URL.

        `conninfo`: the same for other clients of libpq; a password may be in it.
        """
        try:
            found = conninfo_to_dict(url)
        except psycopg.Error:
            raise WrongUrl("This URL of a PostgreSQL database cannot be read.") from None
        self._secret = str(found.get("password") or "")
        self.name = _shown({name: str(value) for name, value in found.items()})
        self.conninfo = make_conninfo("", **{**_DEFAULTS, **found})

    def connect(self, name: str) -> PostgresConnection:
        """A connection that shows as `name` at the server. Raises DatabaseUnreachable."""
        try:
            # Values are put into the statement by the driver: a parameter without a type, such as in
            # `:creator IS NULL`, is nothing that the server could prepare for.
            connection = PostgresConnection.connect(
                self.conninfo,
                autocommit=True,
                row_factory=dict_row,
                cursor_factory=psycopg.ClientCursor,
                application_name=name,
            )
        except (psycopg.Error, OSError) as error:
            raise DatabaseUnreachable(f"The database cannot be opened: “{self._said(error)}”.") from None
        try:
            _set_up(connection)
        except psycopg.Error as error:
            connection.close()
            raise DatabaseUnreachable(f"The database cannot be opened: “{self._said(error)}”.") from None
        except BaseException:
            connection.close()
            raise
        return connection

    def _said(self, error: Exception) -> str:
        said = re.sub(r"\s+", " ", str(error)).strip()
        return said.replace(self._secret, "…") if self._secret else said


def _shown(found: Mapping[str, str]) -> str:
    """The URL without anything that is not for everybody's eyes."""
    user = f"{quote(found['user'])}@" if "user" in found else ""
    hosts = found.get("host", "").split(",")
    ports = found.get("port", "").split(",")
    places = [
        quote(host, safe="[]:") + (f":{port}" if port else "")
        for host, port in zip(hosts, ports if len(ports) == len(hosts) else ports * len(hosts), strict=False)
    ]
    return f"postgresql://{user}{','.join(places)}/{quote(found.get('dbname', ''))}"


class _NumberLoader(NumericLoader):
    def load(self, data: Any) -> Any:
        return dialect.number_of(Decimal(bytes(data).decode()))


class _FlagLoader(BoolLoader):
    def load(self, data: Any) -> Any:
        return int(super().load(data))


def _set_up(connection: PostgresConnection) -> None:
    info = connection.info
    if info.server_version < _OLDEST:
        raise DatabaseUnreachable(
            f"The database cannot be opened: PostgreSQL {_OLDEST // 10000} or newer is needed."
        )
    if info.parameter_status("server_encoding") != "UTF8":
        raise DatabaseUnreachable("The database cannot be opened: it must be made with ENCODING 'UTF8'.")
    connection.adapters.register_loader("numeric", _NumberLoader)
    connection.adapters.register_loader("bool", _FlagLoader)
    connection.execute(_SET_UP.encode())
    if info.server_version >= 140000:  # noqa: PLR2004 - the version that brought it
        connection.execute(b"SET idle_session_timeout = 0")
    connection.execute(_DURABLE.encode())
    # A pooler, behind which each transaction may be another session's, has told a number of its own.
    (pid,) = connection.execute(b"SELECT pg_backend_pid() AS pid").fetchall()
    connection.keeps = set() if pid["pid"] == info.backend_pid else None
