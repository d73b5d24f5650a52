"""The library that speaks MCP may be missing, and is loaded only for an agent."""

import subprocess
import sys

from tests.architecture.source_tree import TOP

_WITHOUT = """
import asyncio, sys
from aiohttp.test_utils import make_mocked_request
sys.modules["mcp"] = None
from bot.features.operations.agent_tools.remote_page import RemoteToolsPage
page = RemoteToolsPage(None, None, keys=None, tokens=None, url="https://bridge.example.com")
answer = asyncio.run(page._asked(make_mocked_request("POST", "/api/v1/mcp")))
print(answer.status, answer.text)
"""
_UNASKED = """
import sys
import bot.app.program
print([name for name in ("mcp", "mcp_types", "starlette", "uvicorn") if name in sys.modules])
"""


def test_without_the_library_an_agent_is_told_what_is_missing() -> None:
    said = _run(_WITHOUT)

    assert (said.startswith("501 "), "[agents]" in said) == (True, True), said


def test_a_bridge_that_no_agent_asks_does_not_load_the_library() -> None:
    assert _run(_UNASKED).strip() == "[]"


def _run(code: str) -> str:
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + done.stderr
