"""The commands `api-keys`: ask the running bridge, and say what became of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bot.features.operations.api_keys.pages import KEY_PATH, KEYS_PATH
from bot.features.operations.operator_requests.client import OperatorClient, OperatorRequestFailed

_ONCE: Final = "This is the only time that it is shown. Keep it where secrets are kept."
_DOES: Final = {
    "data": "reads lists and figures",
    "chats": "reads lists, figures and chats",
    "drafts": "reads lists, figures and chats, and writes drafts,",
}


def new(client: OperatorClient, creator: str, asked: Mapping[str, str]) -> tuple[int, str, str]:
    """The exit code, the key itself, and what to tell the person."""
    try:
        made = client.ask("POST", KEYS_PATH, {"creator": _handle(creator)}, asked)
    except OperatorRequestFailed as error:
        return error.code, "", str(error)
    until = f"Key {made['id']} {_DOES[made['scope']]} as {made['role']} until {_day(made['expires_at'])}."
    return 0, made["key"], f"{until} {_ONCE}"


def listed(client: OperatorClient, creator: str) -> tuple[int, str, str]:
    """The keys, a line for each."""
    try:
        found = client.ask("GET", KEYS_PATH, {"creator": _handle(creator)}, {})["keys"]
    except OperatorRequestFailed as error:
        return error.code, "", str(error)
    return 0, "\n".join(_line(key) for key in found), "" if found else "This creator has no keys."


def end(client: OperatorClient, creator: str, key: str) -> tuple[int, str, str]:
    """It opens nothing from now on."""
    try:
        ended = client.ask("DELETE", KEY_PATH, {"creator": _handle(creator), "key": key}, {})
    except OperatorRequestFailed as error:
        return error.code, "", str(error)
    return 0, "", f"Key {ended['id']} ({ended['name']}) is revoked."


def _line(key: Mapping[str, Any]) -> str:
    used = "never used" if key["used_at"] is None else f"last used {_minute(key['used_at'])}"
    if key["ended_at"] is not None:
        state = f"revoked {_day(key['ended_at'])}"
    else:
        state = f"{'until' if key['valid'] else 'expired'} {_day(key['expires_at'])}"
    return f"{key['id']}  {key['role']:<8}  {key['scope']:<6}  {state}  {used}  {key['name']}"


def _handle(creator: str) -> str:
    return creator.strip().lstrip("@")


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d}"


def _minute(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M} UTC"
