"""The command line's part that speaks MCP with an agent."""

import argparse
import os
import sys
from importlib.util import find_spec
from typing import TypeVar
from urllib.parse import urlsplit

P = TypeVar("P", bound=argparse.ArgumentParser)
KEY = "FANVUE_BRIDGE_KEY"
_LACKING = (
    "This needs one more package: ./run extra agents in a checkout, "
    "or pip install 'fanvue-discord-bridge[agents]'."
)
_NO_KEY = f"Set {KEY} to a key: fanvue-bridge api-keys new --creator @HANDLE --name NAME"
_IN_CLEAR = "Use https: over http others could read the key on its way. On this machine http is fine."
_WRONG_USE = 2
_UNAVAILABLE = 69  # sysexits.h: something that is needed is not there
_WRONG_SETTINGS = 78


def add_mcp(commands: "argparse._SubParsersAction[P]") -> None:
    """Add the command; the action is in bot.features.operations.agent_tools.server."""
    mcp = commands.add_parser("mcp", help=f"an MCP server for an agent, on stdin; its key is in {KEY}")
    mcp.add_argument("--url", required=True, help="the bridge's PUBLIC_URL")
    mcp.add_argument("--creator", required=True, metavar="@HANDLE", help="whom the key is for")
    mcp.set_defaults(command=_mcp)


def _mcp(options: argparse.Namespace) -> int:
    key = os.environ.get(KEY, "").strip()
    if find_spec("mcp") is None:
        print(_LACKING, file=sys.stderr)
        return _UNAVAILABLE
    if not key:
        print(_NO_KEY, file=sys.stderr)
        return _WRONG_SETTINGS
    if not _is_private(options.url):
        print(_IN_CLEAR, file=sys.stderr)
        return _WRONG_USE
    from bot.features.operations.agent_tools.bridge_client import BridgeAddress
    from bot.features.operations.agent_tools.server import agent_server

    agent_server(BridgeAddress(options.url, key, options.creator)).run()
    return 0


def _is_private(url: str) -> bool:
    """Whether nobody can read along: by https, or on this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    )
