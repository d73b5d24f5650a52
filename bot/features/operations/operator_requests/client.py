"""Asks the running bridge from the shell."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from bot.engine.clock import SystemClock
from bot.features.operations.keys.ring import keyring_of
from bot.features.operations.operator_requests.signature import signed_request
from bot.settings.model import Settings
from bot.settings.own_address import reached_at
from bot.settings.value_rules import PORT_DIGITS

FAILED: Final = 1
WRONG_USE: Final = 2
NOT_NOW: Final = 75  # sysexits.h: try again later
_SECONDS: Final = 900.0  # Fanvue's pace may stretch a long list over minutes


class OperatorRequestFailed(Exception):
    """Raised without an answer to work with; str() is for the person, `code` how the command ends."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class OperatorClient:
    """The bridge of these settings. `address`: host:port of ADMIN_LISTEN; None: as the settings say."""

    settings: Settings
    address: str | None = None

    def ask(self, method: str, path: str, parts: Mapping[str, str], query: Mapping[str, str]) -> Any:
        """The answer's JSON. `parts`: what stands in the path's braces. Raises OperatorRequestFailed."""
        for name, part in parts.items():
            path = path.replace(f"{{{name}}}", quote(part, safe=""))
        target = f"{path}?{urlencode(query)}" if query else path
        where = self._where()
        try:
            status, body = self._answer(where, method, target)
        except (OSError, http.client.HTTPException) as error:
            said = (
                f"The bridge does not answer at {where[0]}:{where[1]} ({error}). Start it: fanvue-bridge run"
            )
            raise OperatorRequestFailed(NOT_NOW, said) from error
        if status != http.client.OK:
            code = WRONG_USE if status == http.client.BAD_REQUEST else FAILED
            raise OperatorRequestFailed(code, _error(status, body))
        return json.loads(body)

    def _where(self) -> tuple[str, int]:
        if self.address is None:
            return self.settings.admin_listen
        host, _, port = self.address.rpartition(":")
        if not host or not (port.isascii() and port.isdigit() and len(port) <= PORT_DIGITS):
            raise OperatorRequestFailed(WRONG_USE, f"{self.address[:60]!r} is no host:port.")
        return host.strip("[]"), int(port)

    def _answer(self, where: tuple[str, int], method: str, target: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(reached_at(where[0]), where[1], timeout=_SECONDS)
        try:
            signed = signed_request(keyring_of(self.settings), method, target, now=SystemClock().now())
            connection.request(method, target, headers={"Authorization": signed})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def _error(status: int, body: bytes) -> str:
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return f"The bridge answers {status}: is that its ADMIN_LISTEN?"
