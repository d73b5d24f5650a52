"""The connections of a worker, which are procrastinate's and not the bridge's."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from storage.engine.postgres_server import PostgresServer
from storage.errors import DatabaseUnreachable

_CONNECTIONS = 4  # a job needs one for a moment, at its begin and at its end


@asynccontextmanager
async def opened(url: str, *, patience: float) -> AsyncIterator[App]:
    """An application of procrastinate for as long as this lasts. Raises DatabaseUnreachable."""
    pool = AsyncConnectionPool(
        PostgresServer(url).conninfo,
        min_size=1,
        max_size=_CONNECTIONS,
        open=False,
        timeout=patience,
        name="jobs",
        # Prepared statements belong to a session, which is not ours behind a pooler.
        kwargs={"prepare_threshold": None, "application_name": "fanvue-bridge jobs"},
        configure=_each_alone,
        check=AsyncConnectionPool.check_connection,
    )
    app = App(connector=PsycopgConnector())
    try:
        with _unreachable():
            await pool.open(wait=True, timeout=patience)
            async with app.open_async(pool):
                yield app
    finally:
        await pool.close()


async def _each_alone(connection: Any) -> None:
    """Every question of procrastinate's is one statement: BEGIN and COMMIT around it are two ways more."""
    await connection.set_autocommit(True)


@contextmanager
def _unreachable() -> Iterator[None]:
    """Treat a lost connection as one that passes."""
    try:
        yield
    except (ConnectorException, PoolTimeout) as error:
        cause = str(error.__cause__ or error).partition("\n")[0]
        raise DatabaseUnreachable(f"The list of work cannot be read: “{cause}”.") from None
