"""Makes the clients that speak to other machines; nothing else makes one.

Each connection is judged where its socket is made. No cookie is kept and no proxy of the environment used;
whoever asks follows no redirect (`tests/architecture/test_egress.py` has every place).
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import aiohttp
from yarl import URL

from bot.egress.public_addresses import Place, PublicAddressResolver

_PATIENCE: Final = aiohttp.ClientTimeout(total=300, sock_connect=30)  # aiohttp's own


def outgoing_session(
    named: Iterable[str] = (),
    *,
    timeout: aiohttp.ClientTimeout | None = None,
    traces: Sequence[aiohttp.TraceConfig] = (),
) -> aiohttp.ClientSession:
    """A client for public addresses. Close it.

    `named`: whole addresses that the operator chose, in a setting or on the shell: their host and port may be
    in a private network. What a program, an agent or an answer names is never among them.
    """
    return aiohttp.ClientSession(
        connector=judged_connector(PublicAddressResolver(places_of(named))),
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        trace_configs=list(traces),
        timeout=timeout or _PATIENCE,
    )


def judged_connector(names: PublicAddressResolver, **options: Any) -> aiohttp.TCPConnector:
    """Where these lead and nowhere else. `options`: aiohttp's own."""
    return aiohttp.TCPConnector(resolver=names, socket_factory=names.socket, **options)


def places_of(named: Iterable[str]) -> Collection[Place]:
    """Host and port of each address, as aiohttp reads it. Raises ValueError for one that is none."""
    found = map(URL, named)
    return {(url.raw_host, url.port) for url in found if url.raw_host is not None and url.port is not None}
