"""What leaks where no log is: in answers, metrics, exports, and to people."""

import re

import pytest

from tests.proofs.canary.test_plugin import run

# One process for all: each of these is a test of its own in it, and what it must be told.
LEAKS = {
    "the_body_of_an_answer": ("asyncio.run(answers(TEXT))", "a text in an HTTP answer"),
    "a_header_of_an_answer": ("asyncio.run(answers('', TOKEN))", "a token in an HTTP answer"),
    "an_answer_of_another_process": ("asyncio.run(far(TOKEN))", "a token in an HTTP answer"),
    "a_text_where_no_key_opens_it": (
        "asyncio.run(far(TEXT, path=CHAT, status=403))",
        "a text in an HTTP answer",
    ),
    "a_token_in_a_chat": ("asyncio.run(far(TOKEN, path=CHAT))", "a token in a chat for a key"),
    "a_label_of_the_metrics": (
        "made = BridgeMetrics(); made.crashed(NAME); made.text()",
        "a name in the metrics",
    ),
    "a_token_in_an_export": ("exporter()._write(TOKEN)", "a token in an export"),
    "a_key_in_an_export": ("exporter()._write(base64.b64encode(KEY).decode())", "a token in an export"),
    "a_token_in_an_export_of_another_process": (
        r"""(tmp_path / 'all.json').write_text('{\n "readme": "' + TOKEN + '"}')""",
        "a token in all.json",
    ),
    "a_token_told_to_a_person": ("asyncio.run(posted({'content': 'No: ' + TOKEN}))", "a token in Discord"),
    "a_token_in_a_file_for_a_person": ("asyncio.run(handed(TOKEN.encode()))", "a token in Discord"),
    "a_text_printed_by_a_command": (
        "call('doctor', '--' + TOKEN, cwd=tmp_path)",
        "a token in what a command prints",
    ),
    "a_log_beside_the_tests_own_folder": ("(house / 'bridge.log').write_text(NAME)", "a name in bridge.log"),
    "a_key_printed": ("exporter(); print(KEY.hex())", "a token in stdout (call)"),
}
# Of these every one is where it belongs.
FINE = {
    "a_text_in_an_export": "exporter()._write(TEXT + NAME)",
    "a_text_and_a_name_told_to_a_person": "asyncio.run(posted({'content': TEXT + NAME}))",
    "the_answer_of_somebody_else": "asyncio.run(far(TOKEN, server='nginx'))",
    "a_chat_for_a_key": "asyncio.run(far(TEXT, path=CHAT))",
    "a_picture": r"asyncio.run(handed(b'\xff\xd8\xff' + TOKEN.encode()))",
}
HEAD = """
import asyncio, base64
from collections.abc import Iterator
from pathlib import Path

import aiohttp, pytest
from aiohttp import web

from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.engine.metrics import BridgeMetrics
from bot.features.people.privacy.exporter import Exporter
from bot.sandbox import witness
from bot.sandbox.discord.server import DiscordServer
from bot.web.request_limits import BoundedConnection, RequestBounds
from tests.cli.test_cli import call

TEXT, TOKEN, NAME = "a fan\u2019s most private words", "qX7vTz09aLmN44kPqR", "Ottilie Example"
KEY = bytes(range(150, 182))

@pytest.fixture(autouse=True)
def _noted() -> None:
    witness.note("text", TEXT)
    witness.note("token", TOKEN)
    witness.note("name", NAME)

@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("house")

def exporter() -> Exporter:
    return Exporter(sealer=Keyring([MasterKey("one", KEY)]), names=None, write=lambda _piece: None)

async def answers(body: str, header: str = "-") -> None:
    async def handle(_request: web.BaseRequest) -> web.Response:
        return web.Response(text=body, headers={"Location": header})
    server = web.Server(handle)
    loop = asyncio.get_running_loop()
    made = lambda: BoundedConnection(server, bounds=RequestBounds())
    listening = await loop.create_server(made, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname())
    writer.write(b"GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n")
    await reader.read()
    writer.close()
    listening.close()
    await server.shutdown()

CHAT = "/api/v1/creators/luna/fans/1/context"

async def far(body: str, server: str = "bridge", path: str = "/", status: int = 200) -> None:
    async def handle(_request: web.BaseRequest) -> web.Response:
        return web.Response(text=body, headers={"Server": server}, status=status)
    listening = await asyncio.get_running_loop().create_server(web.Server(handle), "127.0.0.1", 0)
    host, port = listening.sockets[0].getsockname()
    async with aiohttp.ClientSession() as session, session.get(f"http://{host}:{port}{path}") as answer:
        await answer.text()
    listening.close()

async def posted(body: dict[str, str], **more: object) -> None:
    async with DiscordServer() as discord, aiohttp.ClientSession() as session:
        await session.post(f"{discord.api_url}/channels/1/messages", json=body)

async def handed(content: bytes) -> None:
    form = aiohttp.FormData()
    form.add_field("files[0]", content, filename="file")
    async with DiscordServer() as discord, aiohttp.ClientSession() as session:
        await session.post(f"{discord.api_url}/channels/1/messages", data=form)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the summary says of each, by its name."""
    bodies = {name: body for name, (body, _) in LEAKS.items()} | FINE
    tests = (
        f"\ndef test_{name}(tmp_path: Path, house: Path) -> None:\n    {body}\n"
        for name, body in bodies.items()
    )
    said = run(tmp_path_factory.mktemp("ears"), {"test_leaking.py": "".join((HEAD, *tests))})
    assert f"{len(bodies)} passed, {len(LEAKS)} errors" in said, said
    return dict(re.findall(r"ERROR test_leaking.py::test_(\w+) - Failed: (.*)", said))


@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_fails_the_test(name: str, told: dict[str, str]) -> None:
    assert told[name] == f"leaked: {LEAKS[name][1]}"


def test_what_belongs_there_is_no_leak(told: dict[str, str]) -> None:
    assert told.keys() == LEAKS.keys()
