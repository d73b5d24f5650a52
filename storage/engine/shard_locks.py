"""PostgreSQL's own locks on gateway sessions: a hint that their holder ended.

Behind a pooler in transaction mode a lock belongs to nobody; leave it out there.
"""

from collections.abc import Sequence

import psycopg

from storage.engine.database_owner import name_of
from storage.engine.postgres_server import PostgresConnection, PostgresServer
from storage.errors import DatabaseUnreachable

_TRY = "SELECT pg_try_advisory_lock(hashtext(%(key)s)::bigint) AS got"
_FREE = "SELECT pg_advisory_unlock(hashtext(%(key)s)::bigint)"


class ShardLocks:
    """The lock that one session holds; it ends with it. Every method blocks: call it in a thread."""

    def __init__(self, url: str, application: int, token: str) -> None:
        """`token`: the process's name."""
        self._server = PostgresServer(url)
        self._application = application
        self._name = name_of(token, "shards")
        self._session: PostgresConnection | None = None
        self._held: int | None = None

    def hold(self, shards: Sequence[int]) -> frozenset[int]:
        """Lock the first of these that can be had, and no other; return that one, or none.

        A lost session has lost its lock: it is then asked for again.
        """
        try:
            session = self._opened()
            if self._held is not None and self._held not in shards:
                session.execute(_FREE, {"key": self._key(self._held)})
                self._held = None
            if self._held is not None:
                session.execute("SELECT 1")  # whether the lock of earlier is still ours
            else:
                self._held = next((one for one in shards if self._got(session, one)), None)
        except (psycopg.Error, DatabaseUnreachable):
            self.close()
        return frozenset() if self._held is None else frozenset({self._held})

    def close(self) -> None:
        """End the session, and so its lock."""
        session, self._session, self._held = self._session, None, None
        if session is not None:
            session.close()

    def _got(self, session: PostgresConnection, shard: int) -> bool:
        row = session.execute(_TRY, {"key": self._key(shard)}).fetchone()
        return row is not None and bool(row["got"])

    def _opened(self) -> PostgresConnection:
        if self._session is None:
            self._session = self._server.connect(self._name)
        return self._session

    def _key(self, shard: int) -> str:
        return f"fanvue-bridge shard {self._application} {shard}"
