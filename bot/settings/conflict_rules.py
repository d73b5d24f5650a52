"""Rules between settings, and for the addresses among them (pure)."""

import ipaddress
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, parse_qs, unquote

from bot.settings.problem_texts import SettingProblem
from bot.settings.value_rules import DEFAULT_PORTS, WEBHOOK_PATH, SocketAddress, split

DISCORD_CALLBACK = "/oauth/discord/callback"
LINK_PREFIX = "/link"
SECURE = {"https", "wss"}
GATEWAY = "DISCORD_GATEWAY_URL"
_DATABASES, _POSTGRES, _VERIFIED = {"postgresql", "postgres"}, 5432, "verify-full"
CALLED_BACK = ("PUBLIC_URL", "DISCORD_REDIRECT_URI", "FANVUE_REDIRECT_URI")


def conflicts(urls: Mapping[str, str], private: tuple[SocketAddress, ...]) -> Iterator[SettingProblem]:
    """The conflicts between settings, by the names of the addresses; malformed ones are not judged here."""
    whole = {name: url for name, text in urls.items() if (url := split(text)) and url.scheme and url.hostname}
    for name, url in whole.items():
        allowed = {"wss", "ws"} if name == GATEWAY else {"https", "http"}
        if url.scheme not in allowed:
            yield SettingProblem(name, f"must begin with {' or '.join(sorted(allowed))}")
        elif url.scheme not in SECURE and not exempt(url, private):
            yield SettingProblem(
                name, "must use TLS (only loopback and ALLOWED_PRIVATE_HOSTS may go without)"
            )
    yield from _callbacks(whole)


def unverified(
    database: str, private: tuple[SocketAddress, ...], name: str = "DATABASE_URL"
) -> Iterator[SettingProblem]:
    """That a database on another machine is spoken to without a look at who answers there."""
    if database.partition(":")[0] not in _DATABASES:
        return
    said = parse_qs(database.partition("?")[2])
    if said.get("sslmode", [""])[-1] == _VERIFIED:
        return
    url = split(database)
    port = (url and url.port) or _POSTGRES
    hosts = [
        unquote(url.hostname or "")
        if url
        else database,  # several machines, each with its port, say no one's
        *",".join([*said.get("host", ()), *said.get("hostaddr", ())]).split(","),
    ]
    far = [host for host in hosts if not _is_here(host) and (host, port) not in private]
    if far:
        yield SettingProblem(
            name,
            f"must end with ?sslmode={_VERIFIED}, as the database is on another machine "
            "(without TLS: list its host:port in ALLOWED_PRIVATE_HOSTS)",
        )


def _is_here(host: str) -> bool:
    """Whether it is this machine: no name, a socket's folder, loopback."""
    return not host or host.startswith("/") or _is_loopback(host)


def exempt(url: SplitResult, private: tuple[SocketAddress, ...]) -> bool:
    """Whether this address may go without TLS."""
    host = url.hostname or ""
    return (host, url.port or DEFAULT_PORTS[url.scheme]) in private or _is_loopback(host)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _callbacks(whole: Mapping[str, SplitResult]) -> Iterator[SettingProblem]:
    schemes = {name: whole[name].scheme for name in CALLED_BACK if name in whole}
    for name in ("DISCORD_REDIRECT_URI", "FANVUE_REDIRECT_URI"):
        if name in schemes and "PUBLIC_URL" in schemes and schemes[name] != schemes["PUBLIC_URL"]:
            yield SettingProblem(name, "must begin like PUBLIC_URL: both https or both http")
    discord, fanvue = whole.get("DISCORD_REDIRECT_URI"), whole.get("FANVUE_REDIRECT_URI")
    if discord and not discord.path.endswith(DISCORD_CALLBACK):
        yield SettingProblem("DISCORD_REDIRECT_URI", f"must end with {DISCORD_CALLBACK}")
    if fanvue and _taken(fanvue.path):
        yield SettingProblem(
            "FANVUE_REDIRECT_URI", "must have a path of its own, such as /oauth/fanvue/callback"
        )


def _taken(path: str) -> bool:
    path = path.rstrip("/")
    return path in {"", WEBHOOK_PATH, DISCORD_CALLBACK, LINK_PREFIX} or path.startswith(f"{LINK_PREFIX}/")
