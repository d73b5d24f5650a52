"""PostgreSQL's own locks on gateway sessions: a hint that their holder ended.

Behind a pooler in transaction mode a lock belongs to nobody; leave it out there.
"""

from collections.abc import Iterable

import psycopg

from storage.errors import DatabaseUnreachable
from storage.owner import name_of
from storage.server import Connection, Server

_TRY = "SELECT pg_try_advisory_lock(hashtext(%(key)s)::bigint) AS got"
_FREE = "SELECT pg_advisory_unlock(hashtext(%(key)s)::bigint)"


class ShardLocks:
    """The locks that one session holds; they end with it. Every method blocks: call it in a thread."""

    def __init__(self, url: str, application: int, token: str) -> None:
        """`token`: the process's name."""
        self._server = Server(url)
        self._application = application
        self._name = name_of(token, "shards")
        self._session: Connection | None = None
        self._held: set[int] = set()

    def hold(self, shards: Iterable[int]) -> frozenset[int]:
        """Have locks on these and on no others, as far as they can be had; which ones are held.

        A session that was lost has lost its locks: what is held is then asked for anew.
        """
        wanted = set(shards)
        try:
            session = self._opened()
            for shard in sorted(self._held - wanted):
                session.execute(_FREE, {"key": self._key(shard)})
                self._held.discard(shard)
            for shard in sorted(wanted - self._held):
                row = session.execute(_TRY, {"key": self._key(shard)}).fetchone()
                if row is not None and row["got"]:
                    self._held.add(shard)
            if wanted:
                session.execute("SELECT 1")  # whether the locks of earlier are still ours
        except (psycopg.Error, DatabaseUnreachable):
            self.close()
        return frozenset(self._held)

    def close(self) -> None:
        """End the session, and so its locks."""
        session, self._session = self._session, None
        self._held = set()
        if session is not None:
            session.close()

    def _opened(self) -> Connection:
        if self._session is None:
            self._session = self._server.connect(self._name)
        return self._session

    def _key(self, shard: int) -> str:
        return f"fanvue-bridge shard {self._application} {shard}"
