"""Does the bridge run, and is it reached at its addresses, here and from outside."""

import asyncio
import ipaddress
import json
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import aiohttp

from bot.egress.sessions import outgoing_session
from bot.engine.process_roles import ProcessRole
from bot.features.operations.doctor.findings import DoctorFinding, bad, ok, unknown, warn
from bot.settings.conflict_rules import exempt
from bot.settings.model import Settings
from bot.settings.own_address import reached_at
from bot.settings.value_rules import DEFAULT_PORTS, WEBHOOK_PATH, SocketAddress
from storage.engine import shards
from storage.engine.lockfile import holder
from storage.engine.site import Site
from storage.errors import StorageError

_SECONDS = aiohttp.ClientTimeout(total=10, connect=5)
OURS = (200, b"ok")
_REDIRECTS = range(300, 400)
_OK = "ok"


@dataclass(frozen=True)
class ObservedBridge:
    """Observations of a running bridge: its process, and its own report."""

    process: str | None  # its number, and its machine if that is another one
    another: int | None  # a process that has the same bot and not this database
    said: Mapping[str, str] | None  # /readyz, check by check; None: no answer
    failing: bool  # by its own word; else what is not ok is only weaker
    shared: bool  # several processes have the database, and `process` is one of them
    spoken: frozenset[int]  # shards of the bot for which one of several speaks
    roles: Sequence[str] = ()  # of the one that answered, if it is one of several

    @property
    def is_elsewhere(self) -> bool:
        """Whether the process is another machine's, or another container's."""
        return " on " in (self.process or "")

    @property
    def is_web(self) -> bool:
        """Whether the one that answered listens to the world, too."""
        return not self.roles or ProcessRole.WEB in self.roles


async def running(settings: Settings, site: Site, bot_lock: Path) -> ObservedBridge:
    """Look for a bridge on this database, without taking its lock."""
    process, shared, spoken = await asyncio.to_thread(_seen, site, settings.discord_application_id)
    another = holder(bot_lock)
    said, failing, roles = await _ready(settings.admin_listen)
    another = another if str(another) != process else None
    return ObservedBridge(process, another, said, failing, shared, spoken, roles)


def _seen(site: Site, bot: int) -> tuple[str | None, bool, frozenset[int]]:
    try:
        shared = site.is_shared()
        spoken = site.read(partial(shards.spoken_for, application=bot)) if shared else frozenset[int]()
        return site.holder(), shared, spoken
    except StorageError:  # the line “database” says why
        return None, False, frozenset()


def process(seen: ObservedBridge, settings: Settings) -> Iterator[DoctorFinding]:
    """Whether there is a process, and whether it is ready."""
    if seen.another is not None:
        said = f"process {seen.another} runs the same bot on another database"
        yield bad("another bridge", said, "Stop one of the two: they would answer everything twice.")
    where = f"ADMIN_LISTEN ({settings.admin_listen.host}:{settings.admin_listen.port})"
    if seen.process is None and seen.said is None:
        how = "" if settings.discord_shards == 1 else " --role …, docs/scaling.md"
        said = "none is seen: not running, or in another container"
        yield unknown("bridge", said, f"Start it (fanvue-bridge run{how}), or ask in its container.")
    elif seen.said is None and seen.is_elsewhere:
        said = f"runs as process {seen.process}, which is not asked from here"
        yield unknown("bridge", said, "Ask on that machine, or in that container.")
    elif seen.said is None:
        said = f"process {seen.process} has the database and does not answer at {where}"
        if seen.shared:
            said = f"no process answers at {where}; others share the database (one is process {seen.process})"
        yield bad("bridge", said, "Read its log; start it again if it stays.")
    elif seen.process is None:
        said = f"a bridge answers at {where}, and no process is seen that has this database"
        yield warn("bridge", said, "Is it in another container, or is another bridge there?")
    else:
        several = "one of several processes that share the database" if seen.shared else ""
        part = f", and one answers whose part is {', '.join(seen.roles)}" if seen.roles else ""
        yield ok("bridge", f"runs as {several or f'process {seen.process}'}{part}")
    for name, said in (seen.said or {}).items():
        if said != _OK:
            yield (bad if seen.failing else warn)(f"bridge: {name}", said, "Read its log.")
    if seen.shared and settings.discord_shards > 1:
        yield _shards(settings.discord_shards, seen.spoken)


def _shards(number: int, spoken: frozenset[int]) -> DoctorFinding:
    lacking = [str(one) for one in range(number) if one not in spoken]
    if not lacking:
        return ok("shards", f"each of the {number} has a process that speaks for it")
    said = f"nobody speaks for shard {', '.join(lacking)} (counted from 0): its servers hear nothing"
    do = f"Run {number} processes with --role gateway, and one more to stand by (docs/scaling.md)."
    return bad("shards", said, do)


async def local(seen: ObservedBridge, settings: Settings) -> Sequence[DoctorFinding]:
    """Whether it listens where the settings say, or could."""
    listen = settings.listen
    if seen.said is None:
        listeners = {"LISTEN": listen, "ADMIN_LISTEN": settings.admin_listen}
        stopped = seen.process is None
        return [await _free(name, where) for name, where in listeners.items() if stopped]
    if not seen.is_web:
        return [ok("LISTEN", "left to the processes with --role web")]
    answer = await fetched(base_of(listen) + WEBHOOK_PATH)
    if answer != OURS:
        said = f"the bridge does not answer at {listen.host}:{listen.port}"
        return [bad("LISTEN", said, "Start the bridge again with these settings, and read its log.")]
    return [ok("LISTEN", f"the bridge answers at {listen.host}:{listen.port}")]


async def _free(name: str, listener: SocketAddress) -> DoctorFinding:
    where = f"{listener.host}:{listener.port}"
    if isinstance(await fetched(base_of(listener)), str):
        return ok(name, f"nobody else is heard at {where}")
    return bad(name, f"another program answers at {where}", "Stop it, or choose another port.")


async def public(seen: ObservedBridge, settings: Settings) -> Sequence[DoctorFinding]:
    """Whether our own webhook address is reached under PUBLIC_URL."""
    name = "PUBLIC_URL"
    if seen.said is None:
        said = "not asked: only a running bridge can answer there"
        return [unknown(name, said, "Start it (fanvue-bridge run), then ask again.")]
    url = urlsplit(settings.public_url)
    inside = await leads_inside(url, settings.allowed_private_hosts)
    answer = await fetched(settings.public_url + WEBHOOK_PATH)
    if isinstance(answer, str):
        return [bad(name, f"{settings.public_url} {answer}", "Check DNS, certificate and proxy.")]
    status, body = answer
    if status in _REDIRECTS:
        said = f"{settings.public_url}{WEBHOOK_PATH} redirects, which Fanvue does not follow"
        return [bad(name, said, "Put the address behind the redirect into PUBLIC_URL, or stop redirecting.")]
    if (status, body) != OURS:
        said = f"something else answers at {settings.public_url}{WEBHOOK_PATH} (status {status})"
        return [bad(name, said, f"Let the proxy pass it to {settings.listen.host}:{settings.listen.port}.")]
    if inside:
        said = f"answers, but {url.hostname} leads to a private address here, which Fanvue cannot reach"
        return [warn(name, said, "Fine, if it is public elsewhere. Otherwise give it a public one.")]
    return [ok(name, f"the bridge answers at {settings.public_url}")]


def callbacks(settings: Settings) -> Iterator[DoctorFinding]:
    """Sign-ins come back to the host of PUBLIC_URL, whose cookie the browser holds."""
    for name, uri in (
        ("DISCORD_REDIRECT_URI", settings.discord_redirect_uri),
        ("FANVUE_REDIRECT_URI", settings.fanvue_redirect_uri),
    ):
        if _origin(urlsplit(uri)) == _origin(urlsplit(settings.public_url)):
            yield ok(name, "under PUBLIC_URL")
        else:
            yield bad(
                name,
                "is not under PUBLIC_URL: every /link would end in an error",
                "Set it to an address under PUBLIC_URL.",
            )


def _origin(url: SplitResult) -> tuple[str, str | None, int]:
    return url.scheme, url.hostname, url.port or DEFAULT_PORTS[url.scheme]


def base_of(listener: SocketAddress) -> str:
    """The address of a listener of this machine."""
    host = reached_at(listener.host)
    return f"http://[{host}]:{listener.port}" if ":" in host else f"http://{host}:{listener.port}"


async def _ready(admin: SocketAddress) -> tuple[Mapping[str, str] | None, bool, Sequence[str]]:
    answer = await fetched(f"{base_of(admin)}/readyz")
    if isinstance(answer, str):
        return None, False, ()
    try:
        whole = json.loads(answer[1])
        checks = {str(name): str(said) for name, said in whole["checks"].items()}
        return checks, whole["status"] == "failing", [str(role) for role in whole.get("roles", ())]
    except (ValueError, TypeError, KeyError, AttributeError):
        return None, False, ()  # something that is no bridge


async def leads_inside(url: SplitResult, allowed: tuple[SocketAddress, ...]) -> bool:
    """Whether the host leads into a private network although the settings do not say so."""
    if exempt(url, allowed):
        return False
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.hostname, None, type=socket.SOCK_STREAM)
    except OSError:
        return False  # told by the request itself
    return any(not ipaddress.ip_address(str(where[4][0]).partition("%")[0]).is_global for where in found)


async def fetched(url: str, method: str = "GET", **sent: Any) -> tuple[int, bytes] | str:
    """Status and body, or how it failed. `url`: the operator's, from a setting."""
    try:
        async with (
            outgoing_session((url,), timeout=_SECONDS) as session,
            session.request(method, url, allow_redirects=False, **sent) as response,
        ):
            return response.status, await response.read()
    except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError):
        return "has no valid certificate"
    except aiohttp.ClientConnectorDNSError:
        return "has no address in DNS"
    except TimeoutError:
        return "does not answer in time"
    except (aiohttp.ClientError, OSError, ValueError):
        return "cannot be reached"
