"""The command `context`: asks the running bridge, and prints what it answers.

The bridge reads it, because it alone renews tokens and keeps Fanvue's rate limit.
"""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlencode

from bot.engine.clock import SystemClock
from bot.features.operations.creator_context.operator_signature import signed_request
from bot.features.operations.creator_context.page import PATH
from bot.features.operations.keys.ring import keyring_of
from bot.settings.model import Settings
from bot.settings.own_address import reached_at

FAILED: Final = 1
WRONG_USE: Final = 2
NOT_NOW: Final = 75  # sysexits.h: try again later
_SECONDS: Final = 900.0  # Fanvue's pace may stretch a long list over minutes


@dataclass(frozen=True)
class ContextCommand:
    """What was asked for on the shell. `asked`: the options, by the names of the query."""

    creator: str
    asked: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None  # host:port of ADMIN_LISTEN; None: as the settings say


def carry_out(settings: Settings, wanted: ContextCommand) -> tuple[int, str, str]:
    """The exit code, what to print as data, and what to tell the person."""
    where = settings.admin_listen if wanted.address is None else _address(wanted.address)
    if where is None:
        return WRONG_USE, "", f"{wanted.address!r} is no host:port."
    path = PATH.replace("{creator}", quote(wanted.creator.strip().lstrip("@"), safe=""))
    target = f"{path}?{urlencode(wanted.asked)}" if wanted.asked else path
    try:
        status, body = _get((reached_at(where[0]), where[1]), target, settings)
    except (OSError, http.client.HTTPException) as error:
        said = f"The bridge does not answer at {where[0]}:{where[1]} ({error}). Start it: fanvue-bridge run"
        return NOT_NOW, "", said
    if status != http.client.OK:
        return WRONG_USE if status == http.client.BAD_REQUEST else FAILED, "", _error(status, body)
    context = json.loads(body)
    lacking = [f"{name}: {one['text']}" for name, one in context["missing"].items()]
    later = any(one["why"] == "unavailable" for one in context["missing"].values())
    shown = json.dumps(context, indent=2, ensure_ascii=False)
    return NOT_NOW if later else 0, shown, "\n".join(lacking)


def _get(where: tuple[str, int], target: str, settings: Settings) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(*where, timeout=_SECONDS)
    try:
        signed = signed_request(keyring_of(settings), target, now=SystemClock().now())
        connection.request("GET", target, headers={"Authorization": signed})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _error(status: int, body: bytes) -> str:
    try:
        told: Any = json.loads(body)
        return str(told["error"])
    except (ValueError, KeyError, TypeError):
        return f"The bridge answers {status}: is that its ADMIN_LISTEN?"


def _address(text: str) -> tuple[str, int] | None:
    host, _, port = text.rpartition(":")
    good = bool(host) and port.isascii() and port.isdigit()
    return (host.strip("[]"), int(port)) if good else None
