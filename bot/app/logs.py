"""Log lines, JSON or for people: only listed fields, hashed ids, no tokens (R18).

A line has `at`, `level`, `logger`, `text`, the values passed in `extra` under a listed name, and for an
error its class, its first line and its origin. Never pass a message's text, a name or a figure.
"""

import hashlib
import hmac
import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, TextIO

# What may be said about an event. A field that is not listed here is dropped.
PLAIN: Final = frozenset(
    {
        "action",
        "attempt",
        "code",
        "count",
        "effect",
        "host",
        "kind",
        "method",
        "network",
        "operation",
        "outcome",
    }
    | {"part", "path", "port", "reason", "seconds", "shard", "source", "state", "status", "task", "version"}
)
# Who or what it was about: the same id gives the same hash within one installation, and nothing more.
HASHED: Final = frozenset({"channel", "command", "creator", "fan", "guild", "link", "member", "message"})

# These print payloads, statements or addresses with secrets in them below the level given here.
PINNED: Final[Mapping[str, int]] = {
    "discord": logging.INFO,
    "discord.http": logging.INFO,
    "discord.gateway": logging.INFO,
    "httpx": logging.WARNING,  # INFO has whole addresses: ids, and the code of an OAuth callback
    "httpcore": logging.INFO,
    "aiohttp": logging.INFO,
    "aiohttp.access": logging.WARNING,  # INFO has the path of a link page, and that is the ticket
    "psycopg": logging.INFO,
    "psycopg.pool": logging.WARNING,  # INFO has each use of a connection, several in a second
    "procrastinate": logging.WARNING,  # INFO has the streams of all jobs, and they name creators and fans
    "opentelemetry": logging.CRITICAL
    + 1,  # has the collector's address and its answer; we say that it takes nothing
    "urllib3": logging.CRITICAL + 1,  # likewise
    "aiosqlite": logging.INFO,  # DEBUG has the parameters of every statement
}

GONE: Final = "[removed]"
LONGEST: Final = 2000
HASH_LENGTH: Final = 12
_HEAD: Final = ("at", "level", "logger", "text")
_END: Final = 1200  # of a text that is cut, at its end
_OUTER, _INNER = 4, 12  # frames of a traceback that always stay
_OURS: Final = str(Path(__file__).parent.parent.parent)

_NAMES = (
    "access_token|api_key|client_secret|code|code_challenge|code_verifier|id_token|nonce|password|refresh_token"
    "|secret|session|state|ticket|token"
)
_SHAPES: Final = tuple(
    (re.compile(pattern, flags), replacement)
    for pattern, flags, replacement in (
        (r"\b(Bearer|Basic)\s+[\w.~+/=:-]{6,}", re.IGNORECASE, rf"\1 {GONE}"),
        (r"\beyJ[\w-]+(?:\.[\w-]*){1,4}", 0, GONE),  # JWT
        (r"\b[\w-]{20,32}\.[\w-]{5,8}\.[\w-]{25,}", 0, GONE),  # Discord bot token
        (r"\bory_[a-z]{2}_[\w.-]+", 0, GONE),  # Fanvue's authorization server
        (r"\bwhsec_[\w+/=-]+", 0, GONE),  # webhook secret
        (r"\b\d{1,9}:[A-Za-z0-9+/]{43}=", 0, GONE),  # one of our encryption keys
        (r"(/(?:webhooks|interactions)/\d+/)[\w-]{16,}", 0, rf"\1{GONE}"),  # an interaction's token
        (r"(/link/)[\w-]+", 0, rf"\1{GONE}"),
        (rf"(?<![\w-])({_NAMES})(=|%3D)[^&\s\"'<>]+", re.IGNORECASE, rf"\1\2{GONE}"),
        (rf"([\"'](?:{_NAMES})[\"']\s*:\s*)([\"'])(?:(?!\2).)*\2", re.IGNORECASE, rf"\1\2{GONE}\2"),
        (r"\b[vt]\d?=[0-9a-f]{64}\b", 0, GONE),  # a webhook signature
    )
)


def redact(text: str) -> str:
    """The text without anything that has the shape of a secret, and not longer than a line should be.

    What is too long is cut in its middle: a traceback says at its end where it failed.
    """
    for shape, replacement in _SHAPES:
        text = shape.sub(replacement, text)
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - _END]} … ({len(text)} characters) … {text[-_END:]}"


class LogRedactionFilter(logging.Filter):
    """Removes the shapes of secrets from a record's text before any formatter sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps every record; its arguments become part of the text, so that a secret cannot hide in them."""
        try:
            text = record.getMessage()
        except (TypeError, ValueError):
            text = f"{record.msg} (its arguments do not fit)"
        record.msg, record.args = redact(text), None
        return True


class JsonLineFormatter(logging.Formatter):
    """Formats any record as one line of JSON."""

    def __init__(self, salt: bytes) -> None:
        super().__init__()
        self._salt = salt

    def format(self, record: logging.LogRecord) -> str:
        """The line; newlines inside it are escaped by JSON."""
        return json.dumps(self._said(record), ensure_ascii=False)

    def _said(self, record: logging.LogRecord) -> dict[str, object]:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "text": redact(record.getMessage()),
        }
        for name, value in sorted(vars(record).items()):
            if name in PLAIN:
                line[name] = value if isinstance(value, int | float | None) else redact(str(value))
            elif name in HASHED:
                line[name] = self._hash(value)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _error(record.exc_info[1])
            line["trace"] = _trace(record.exc_info[2])
        return line

    def _hash(self, value: object) -> str:
        return hmac.new(self._salt, str(value).encode(), hashlib.sha256).hexdigest()[:HASH_LENGTH]


class TerminalFormatter(JsonLineFormatter):
    """Formats the same for a person: the time of day, the level, the text, and the fields behind it."""

    def format(self, record: logging.LogRecord) -> str:
        """A line, and an indented one for each place of a failure."""
        said = self._said(record)
        trace, error = said.pop("trace", ()), said.pop("error", None)
        time = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        fields = " ".join(f"{name}={value}" for name, value in said.items() if name not in _HEAD)
        more = [f"({fields})"] if fields else []
        lines = [" ".join([time, f"{record.levelname:<8}", f"{said['text']}", *more])]
        lines += [f"         {error}"] if error is not None else []
        lines += [f"           {place}" for place in trace] if isinstance(trace, list) else []
        return "\n".join(map(_harmless, lines))


def configure(level: str, *, salt: bytes, stream: TextIO) -> None:
    """Send every logger's records to `stream`, as JSON unless it is a terminal; called once, at the start."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(LogRedactionFilter())
    handler.setFormatter(TerminalFormatter(salt) if stream.isatty() else JsonLineFormatter(salt))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, floor in PINNED.items():
        logging.getLogger(name).setLevel(max(floor, root.level))


def _harmless(line: str) -> str:
    """Without anything that a terminal would obey, or that would begin another line."""
    return "".join(letter if letter.isprintable() else " " for letter in line)


def _error(error: BaseException) -> str:
    """Class and first line. pydantic repeats the input in its text, and that may be a fan's message."""
    kind = type(error)
    if kind.__module__.startswith("pydantic"):
        return kind.__qualname__
    first, _, _ = str(error).partition("\n")
    return redact(f"{kind.__qualname__}: {first[:200]}")


def _trace(trace: TracebackType | None) -> list[str]:
    """Return the places, innermost last: files and functions, never the source lines or their values.

    A long trace is cut in its middle: its beginning and its failure stay, and our own last frame with it.
    """
    frames = traceback.extract_tb(trace)
    lines = [f"{'/'.join(frame.filename.rsplit('/', 3)[1:])}:{frame.lineno} {frame.name}" for frame in frames]
    if len(lines) <= _OUTER + _INNER:
        return lines
    cut = range(_OUTER, len(lines) - _INNER)
    ours = [lines[at] for at in cut if frames[at].filename.startswith(_OURS)][-1:]
    return [*lines[:_OUTER], f"… {len(cut) - len(ours)} frames …", *ours, *lines[-_INNER:]]
