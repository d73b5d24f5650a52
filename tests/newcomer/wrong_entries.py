"""Twenty wrong entries: what is typed, and what must be beside it then."""

import asyncio
import errno
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.features.operations.installation.questions import (
    DISCORD_SECRET,
    FANVUE_ID,
    FANVUE_SECRET,
    HOOKS,
    LISTEN,
    PUBLIC,
    TOKEN,
)
from bot.sandbox.discord.standalone import TOKEN as BOT_TOKEN
from bot.sandbox.fanvue.default_world import CLIENT_ID, CLIENT_SECRET
from bot.sandbox.free_ports import free_port
from tests.features.people.account_links.tls_proxy import tls_before
from tests.newcomer.desk import OTHER_TOKEN, UNKNOWN_TOKEN, NewcomerDesk

Typed = Callable[[NewcomerDesk], Awaitable[str]]  # spoils what it has to, and says what is typed
_MINUTES = 600_000
_NOBODY = "http://127.0.0.1:1"


@dataclass(frozen=True)
class WrongEntry:
    """One mistake. `says` and `cure`: pieces of the answer beside the field; `kept`: the value is right."""

    name: str
    field: str
    typed: Typed
    says: str
    cure: str
    kept: bool = False


def _exactly(text: str) -> Typed:
    async def typed(_desk: NewcomerDesk) -> str:
        return text

    return typed


async def _self_signed(desk: NewcomerDesk) -> str:
    listen = free_port()
    await desk.stack.enter_async_context(tls_before(listen, desk.port, desk.folder))
    return f"https://127.0.0.1:{listen}"


async def _other_program(desk: NewcomerDesk) -> str:
    return f"http://127.0.0.1:{await _listening(desk)}"


async def _port_in_use(desk: NewcomerDesk) -> str:
    return f"127.0.0.1:{await _listening(desk)}"


async def _listening(desk: NewcomerDesk) -> int:
    """A port where some other program answers that it knows nothing."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    port = free_port()
    server = await asyncio.start_server(answer, "127.0.0.1", port)
    await desk.stack.enter_async_context(server)
    return port


async def _other_bot(desk: NewcomerDesk) -> str:
    """A bridge has run here already: its servers are the first bot's."""
    desk.have_run()
    return OTHER_TOKEN


async def _late_clock(desk: NewcomerDesk) -> str:
    desk.clock.ahead = _MINUTES
    return BOT_TOKEN


async def _no_network(desk: NewcomerDesk) -> str:
    desk.more["DISCORD_API_URL"] = f"{_NOBODY}/api/v10"
    return BOT_TOKEN


async def _unregistered(desk: NewcomerDesk) -> str:
    desk.application.redirect_uris = ()
    return desk.right[DISCORD_SECRET]


async def _unticked(desk: NewcomerDesk) -> str:
    app = desk.fanvue.world.apps[CLIENT_ID]
    app.scopes = app.scopes - {"write:chat"}
    return CLIENT_ID


def _refused(code: int) -> Typed:
    async def typed(desk: NewcomerDesk) -> str:
        desk.refusing = code
        return BOT_TOKEN

    return typed


WRONG_ENTRIES = (
    WrongEntry(
        "address without https",
        PUBLIC,
        _exactly("bridge.example.org"),
        "https:// is missing",
        "https://bridge.",
    ),
    WrongEntry("http", PUBLIC, _exactly("http://bridge.example.org"), "need https", "get a certificate"),
    WrongEntry(
        "no such host", PUBLIC, _exactly("https://no-such-host.invalid"), "no address in DNS", "spelling"
    ),
    WrongEntry("own certificate", PUBLIC, _self_signed, "no valid certificate", "proxy get one", kept=True),
    WrongEntry(
        "proxy leads elsewhere",
        PUBLIC,
        _other_program,
        "Something else answers",
        "forward all to",
        kept=True,
    ),
    WrongEntry("port in use", LISTEN, _port_in_use, "is in use", "choose another port"),
    WrongEntry(
        "token that was reset", TOKEN, _exactly(UNKNOWN_TOKEN), "not accept this token", "Reset Token"
    ),
    WrongEntry(
        "id as token", TOKEN, _exactly("1000000000000000001"), "This is an Application ID", "Reset Token"
    ),
    WrongEntry("token of another app", TOKEN, _other_bot, "is of application", "Take the token of"),
    WrongEntry(
        "clock 10 min off", TOKEN, _late_clock, "by the clock of Discord this machine is", "NTP", kept=True
    ),
    WrongEntry("no network", TOKEN, _no_network, "reach Discord", "network"),
    WrongEntry("read-only disk", TOKEN, _refused(errno.EROFS), "is read-only", "writable"),
    WrongEntry("no permission", TOKEN, _refused(errno.EACCES), "may not write", "chown"),
    WrongEntry(
        "wrong client secret", DISCORD_SECRET, _exactly("not-the-secret"), "not accept this secret", "OAuth2"
    ),
    WrongEntry(
        "token as client secret", DISCORD_SECRET, _exactly(BOT_TOKEN), "“Discord: bot token”", "OAuth2"
    ),
    WrongEntry(
        "redirect not registered",
        DISCORD_SECRET,
        _unregistered,
        "not registered",
        "/oauth/discord",
        kept=True,
    ),
    WrongEntry(
        "id of another app",
        FANVUE_ID,
        _exactly("another-app"),
        "not accept this Client ID",
        "compare the Client ID",
        kept=True,
    ),
    WrongEntry(
        "scopes not ticked", FANVUE_ID, _unticked, "not all scopes", "openid offline_access", kept=True
    ),
    WrongEntry(
        "Discord's secret at Fanvue",
        FANVUE_SECRET,
        _exactly("sandbox-discord-secret"),
        "“Discord: client secret”",
        "Fanvue → Developer Area",
    ),
    WrongEntry(
        "client secret as signing secret",
        HOOKS,
        _exactly(CLIENT_SECRET),
        "“Fanvue: client secret”",
        "signing secret",
    ),
)
