"""Says which error an HTTP status and body of Fanvue mean.

The statuses and bodies are those of the contract README, section 7.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.fanvue.errors import (
    FanvueError,
    NameConflict,
    NotContactable,
    ObjectNotFound,
    RequestInvalid,
    RequestRateLimited,
    RequestUnclear,
    ScopeMissing,
    TokenUnauthorized,
    VersionRetired,
)
from bot.fanvue.operations import OperationRoute
from bot.fanvue.transport import HttpAnswer
from bot.fanvue.values import clean
from bot.text.safe_text import safe

_SCOPE = re.compile(r"\b(?:read|write):[a-z_]+\b")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_LONGEST_REASON = 200
_MOST_REASONS = 5
_SECONDS_WITHOUT_ADVICE = 30.0
_LONGEST_WAIT = 3600.0
# The words that Fanvue uses when a fan exists and may not be written to (README, section 15.5).
_UNCONTACTABLE = "invalid user uuid"
_WRITES_TO_A_FAN = frozenset({"send", "open_chat"})


def error_of(road: OperationRoute, answer: HttpAnswer) -> FanvueError | None:
    """The error that an answer is, or None when the operation was carried out."""
    match answer.status // 100:
        case 2:
            return None
        case 4:
            return _refusal(road, answer)
    # 5xx may have been carried out; a redirect is never followed and proves nothing.
    return RequestUnclear(f"Fanvue answered {answer.status}")


def _refusal(road: OperationRoute, answer: HttpAnswer) -> FanvueError:
    body = _object(answer.body)
    raw = _said(body)
    reasons = tuple(map(safe, raw))
    said = "; ".join(reasons) or f"status {answer.status}"
    match answer.status:
        case 401:
            return TokenUnauthorized("Fanvue refused the sign-in")
        case 403:
            named = _SCOPE.findall("; ".join(raw))
            return ScopeMissing(f"Fanvue refused {road.name}: {said}", scopes=named or sorted(road.scopes))
        case 404:
            return ObjectNotFound(f"Fanvue knows no such {road.name}")
        case 409:
            return NameConflict(f"Fanvue refused {road.name}: {said}")
        case 410:
            return VersionRetired("Fanvue retired this API version", next_version=_next_version(body))
        case 429:
            return RequestRateLimited("Fanvue asked to wait", after=retry_after(answer.headers))
    if road.name in _WRITES_TO_A_FAN and _UNCONTACTABLE in "; ".join(raw).lower():
        return NotContactable("Fanvue says that this fan cannot be written to")
    return RequestInvalid(f"Fanvue refused {road.name}: {said}", reasons=reasons)


def reasons_of(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return Fanvue's own words, from any of its three fields; cut, and safe to show on Discord.

    They are a stranger's text, and enter here: an error then shows no link, mention or formatting.
    """
    return tuple(map(safe, _said(body)))


def _said(body: Mapping[str, Any]) -> tuple[str, ...]:
    errors = body.get("errors")
    found = [_words(item) for item in errors] if isinstance(errors, list) else []
    found += [body.get("message"), body.get("error")] if not any(found) else []
    kept = [
        _CONTROL.sub(" ", clean(text)).strip()[:_LONGEST_REASON] for text in found if isinstance(text, str)
    ]
    return tuple(dict.fromkeys(text for text in kept if text))[:_MOST_REASONS]


def retry_after(headers: Mapping[str, str]) -> float:
    """The seconds that a 429 asks for; a sane wait when it does not say."""
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return _SECONDS_WITHOUT_ADVICE
    if not 0 <= seconds <= _LONGEST_WAIT:
        return _SECONDS_WITHOUT_ADVICE
    return seconds


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _words(item: object) -> str | None:
    if isinstance(item, Mapping):
        item = item.get("message")
    return item if isinstance(item, str) else None


def _next_version(body: Mapping[str, Any]) -> str | None:
    version = body.get("nextVersion")
    return version[:_LONGEST_REASON] if isinstance(version, str) else None
