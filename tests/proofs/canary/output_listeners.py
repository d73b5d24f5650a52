"""Listens where the bridge speaks without a log: answers, metrics, exports.

Nothing behaves differently for it: each ear wraps one method, hands on what it returns, and goes again.
"""

import base64
import re
from collections.abc import Callable
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any

import aiohttp
from aiohttp import web

from bot.engine.metrics import BridgeMetrics
from bot.features.people.accounts.keyring import Keyring
from bot.features.people.privacy.exporter import Exporter
from bot.sandbox import witness
from bot.web.headers import BARE
from bot.web.request_limits import BoundedConnection

# What may be there is not searched for. An export is the texts and names themselves, and Discord is where
# they are shown; a page may say whose account it links, and a command whose link is broken.
SEARCHED: dict[str, frozenset[witness.Kind]] = {
    "an HTTP answer": frozenset({"token", "text"}),
    "a chat for a key": frozenset({"token"}),
    "the traces": frozenset({"token", "text", "name"}),
    "the metrics": frozenset({"token", "text", "name"}),
    "an export": frozenset({"token"}),
    "Discord": frozenset({"token"}),
    "what a command prints": frozenset({"token", "text"}),
}
# What a fan wrote is read here by somebody whose key, or whose signature, opens chats.
_CHAT = re.compile(r"/(api|operator)/v1/creators/[^/]+/fans/[^/]+/context")


def listening() -> ExitStack:
    """All ears are open until the stack is closed."""
    stack = ExitStack()
    _wrap(stack, BoundedConnection, "finish_response", _answering)
    _wrap(stack, aiohttp.ClientResponse, "read", _reading)
    _wrap(stack, BridgeMetrics, "text", _measuring)
    _wrap(stack, Exporter, "__init__", _exporting)
    _wrap(stack, Keyring, "__init__", _holding)
    return stack


def _wrap(stack: ExitStack, owner: type, name: str, ear: Callable[[Any], Any]) -> None:
    own = vars(owner).get(name)
    setattr(owner, name, ear(getattr(owner, name)))
    stack.callback(setattr, owner, name, own) if own is not None else stack.callback(delattr, owner, name)


def _answering(method: Callable[..., Any]) -> Callable[..., Any]:
    async def finish_response(
        self: BoundedConnection, request: Any, answer: web.StreamResponse, *more: Any
    ) -> Any:
        done = await method(self, request, answer, *more)
        body = answer.body if isinstance(answer, web.Response) else None
        place = _place(getattr(request, "path", ""), answer.status)
        witness.heard(place, f"{dict(answer.headers)}", body if isinstance(body, bytes) else None)
        return done

    return finish_response


def _reading(method: Callable[..., Any]) -> Callable[..., Any]:
    async def read(self: aiohttp.ClientResponse) -> bytes:
        body: bytes = await method(self)
        if self.headers.get("Server") == BARE["Server"]:  # perhaps of a bridge that is a process of its own
            witness.heard(_place(self.url.path, self.status), f"{dict(self.headers)}", body)
        return body

    return read


def _place(path: str, status: int) -> str:
    return "a chat for a key" if status == HTTPStatus.OK and _CHAT.fullmatch(path) else "an HTTP answer"


def _measuring(method: Callable[..., bytes]) -> Callable[..., bytes]:
    def text(self: BridgeMetrics) -> bytes:
        made = method(self)
        witness.heard("the metrics", made)
        return made

    return text


def _exporting(method: Callable[..., None]) -> Callable[..., None]:
    def __init__(self: Exporter, *, write: Callable[[str], object], **parts: Any) -> None:  # noqa: N807 - it is one
        def heard(piece: str) -> None:
            witness.heard("an export", piece)
            write(piece)

        method(self, write=heard, **parts)

    return __init__


def _holding(method: Callable[..., None]) -> Callable[..., None]:
    def __init__(self: Keyring, keys: Any, **parts: Any) -> None:  # noqa: N807 - it is one
        method(self, keys, **parts)
        for key in keys:
            witness.note("token", base64.b64encode(key.secret).decode(), key.secret.hex())

    return __init__
