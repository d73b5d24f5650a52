"""Each place that speaks to another machine is here with its reason."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.architecture.source_tree import PACKAGES, TOP, modules

# What opens a connection or a socket, looks a name up, or starts a program that may: by its last name.
_OPENS: Final = frozenset(
    {
        *("ClientSession", "TCPConnector", "UnixConnector", "AsyncClient", "AiohttpTransport", "open_http"),
        *("outgoing_session", "judged_connector", "Session", "OTLPSpanExporter", "HTTPConnection"),
        *("HTTPSConnection", "urlopen", "open_connection", "open_unix_connection", "create_connection"),
        *("create_unix_connection", "create_datagram_endpoint", "sock_connect", "getaddrinfo", "SMTP"),
        *("SMTP_SSL", "FTP", "gethostbyname", "ThreadedResolver", "AsyncResolver", "AsyncConnectionPool"),
        *("ConnectionPool", "create_subprocess_exec", "create_subprocess_shell", "Popen", "system"),
        *("ws_connect", "websocket_connect", "streamablehttp_client", "sse_client"),
    }
)
_OPENS_OF: Final = frozenset(
    {"socket.socket", "subprocess.run", "psycopg.connect", "PostgresConnection.connect"}
)
_ASKS: Final = frozenset({"get", "post", "put", "patch", "delete", "options", "head", "request"})
_CLIENTS: Final = frozenset({"Client", "AutoShardedClient", "Bot", "AutoShardedBot", "HTTPClient"})
_WAYS_OUT: Final = frozenset(
    {
        *("smtplib", "ftplib", "imaplib", "poplib", "xmlrpc.client", "urllib.request", "urllib3"),
        *("requests", "websockets", "websocket", "asyncpg", "aiosmtplib", "paramiko", "http.client"),
    }
)

# By module: the way out, and why it may be. All but the last group are judged where the socket is made.
PLACES: Final[Mapping[str, Mapping[str, str]]] = {
    "bot/egress/public_addresses.py": {
        "ThreadedResolver": "the judge looks a name up once",
        "socket.socket": "the judge makes the socket",
    },
    "bot/egress/sessions.py": {
        "ClientSession": "the one maker of clients",
        "TCPConnector": "the one maker of connectors",
        "judged_connector": "for its own clients",
    },
    "bot/fanvue/transport.py": {
        "judged_connector": "Fanvue, its media and its uploads: public, or what the settings name",
        "ClientSession": "with that connector, below httpx",
        "AsyncClient": "with that transport",
        "AiohttpTransport": "over that session",
    },
    "bot/app/program.py": {
        "open_http": "Fanvue",
        "outgoing_session": "Discord's sign-in and store of files, and the operator's channel",
    },
    "bot/discord/own_application.py": {"outgoing_session": "DISCORD_API_URL"},
    "bot/discord/direct_requests.py": {"outgoing_session": "DISCORD_API_URL"},
    "bot/features/operations/program_webhooks/sender.py": {
        "outgoing_session": "a program's address: public; the operator's own from the shell: where they say"
    },
    "bot/features/inbox/assistant/openai_server.py": {"outgoing_session": "ASSISTANT_URL"},
    "bot/features/operations/operator_channel/service.py": {"outgoing_session": "OPERATOR_… addresses"},
    "bot/features/operations/doctor/reach_checks.py": {
        "outgoing_session": "doctor asks an address of a setting",
        "getaddrinfo": "where PUBLIC_URL leads; nothing is connected",
    },
    "bot/features/operations/agent_tools/bridge_client.py": {"outgoing_session": "--url of the shell's mcp"},
    "bot/features/operations/installation/discord_trials.py": {"outgoing_session": "DISCORD_API_URL"},
    "bot/features/operations/doctor/examination.py": {"open_http": "doctor asks Fanvue"},
    "bot/features/operations/installation/fanvue_trials.py": {"open_http": "the setup page asks Fanvue"},
    "bot/features/operations/live_check/service.py": {"open_http": "the operator's live check of Fanvue"},
}
# These make their sockets themselves, and lead only to what the operator wrote into .env.
OWN_SOCKETS: Final[Mapping[str, Mapping[str, str]]] = {
    "bot/discord/bridge.py": {"commands.Bot": "discord.py speaks to Discord, or DISCORD_… addresses"},
    "bot/features/operations/telemetry/otlp.py": {
        "requests": "the library of traces has no other client",
        "Session": "without proxies and passwords of the environment",
        "OTLPSpanExporter": "OTEL_EXPORTER_OTLP_ENDPOINT, mostly on this machine; no redirect is followed",
    },
    "storage/engine/postgres_server.py": {"PostgresConnection.connect": "DATABASE_URL"},
    "bot/engine/cluster/pool.py": {"AsyncConnectionPool": "DATABASE_URL"},
    "bot/cli/main.py": {
        "http.client": "`health` asks this machine",
        "HTTPConnection": "ADMIN_LISTEN",
    },
    "bot/features/operations/operator_requests/client.py": {
        "http.client": "the shell asks its own bridge",
        "HTTPConnection": "ADMIN_LISTEN, or --address",
    },
    "bot/features/operations/backup/offsite.py": {
        "subprocess.run": "BACKUP_COMMAND is the operator's program, wherever it sends"
    },
}


def _calls(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            whole = ast.unparse(node.func)
            last = whole.rpartition(".")[2]
            if last in _OPENS:
                yield last
            elif ".".join(whole.split(".")[-2:]) in _OPENS_OF:
                yield ".".join(whole.split(".")[-2:])
        elif isinstance(node, ast.ClassDef):
            yield from (
                ast.unparse(base) for base in node.bases if ast.unparse(base).rpartition(".")[2] in _CLIENTS
            )
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in _WAYS_OUT)
        elif isinstance(node, ast.ImportFrom) and node.module in _WAYS_OUT:
            yield str(node.module)


def ways_out(path: Path) -> set[str]:
    return set(_calls(ast.parse(path.read_text(encoding="utf-8"))))


def test_every_place_that_opens_a_connection_is_here_with_its_reason() -> None:
    seen = {
        name: ways
        for path in modules(*PACKAGES)
        if not (name := path.relative_to(TOP).as_posix()).startswith("bot/sandbox/")  # plays the networks
        and (ways := ways_out(path))
    }

    assert seen == {name: set(ways) for name, ways in {**PLACES, **OWN_SOCKETS}.items()}
    assert all(reason for ways in (*PLACES.values(), *OWN_SOCKETS.values()) for reason in ways.values())


def _may_redirect(text: str) -> Iterator[int]:
    """The lines where a request begins that follows redirects."""
    for node in ast.walk(ast.parse(text)):
        for call in [item.context_expr for item in node.items] if isinstance(node, ast.AsyncWith) else []:
            if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in _ASKS:
                named = {one.arg for one in call.keywords}
                if "allow_redirects" not in named and '"allow_redirects": False' not in text:
                    yield call.lineno


def test_nobody_follows_a_redirect() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in modules(*PACKAGES)}
    followed = [
        (path.name, line)
        for path, text in texts.items()
        if "aiohttp" in text and "sandbox" not in path.parts
        for line in _may_redirect(text)
    ]

    assert followed == []
    assert list(_may_redirect("async def f(s):\n    async with s.get('x') as answer:\n        pass")) == [2]
