"""The forms that settings are written in (pure).

No text made here ever contains a value; see bot/settings/problem_texts.py.
"""

import base64
import math
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretBytes, SecretStr
from pydantic_settings import NoDecode

WEBHOOK_PATH = "/webhooks/fanvue"
DEFAULT_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
KEY_BYTES = 32
ID_DIGITS = 9
HIGHEST_PORT = 65535
PORT_DIGITS, SNOWFLAKE_DIGITS = 5, 20  # int() refuses thousands of them, in words that nobody understands


class SocketAddress(NamedTuple):
    """A host and a port, as a listener or a socket takes them."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class EncryptionKey:
    """One key of the ring: its number goes into every ciphertext, its 32 bytes nowhere."""

    id: str
    secret: SecretBytes


@dataclass(frozen=True, slots=True)
class WaitSettings:
    """Every wait of the program in seconds, already divided by WINDOW_DIVISOR."""

    settle: tuple[float, ...]
    nonce_window: float
    hold: float
    echo: float
    unread: float
    sweep: float
    sweep_silent: float
    silence: float
    claim: float
    board: float
    card_calm: float
    board_calm: float
    reply_line: float
    backoff_max: float
    drain: float


def words(text: str) -> tuple[str, ...]:
    """A list is written with commas or spaces."""
    return tuple(text.replace(",", " ").split())


def parts(value: object) -> object:
    """The same for a field, which may also be given as what it becomes."""
    return words(value) if isinstance(value, str) else value


def command(value: object) -> object:
    """A program and its arguments, in the quotation marks of a shell."""
    if not isinstance(value, str):
        return value
    try:
        return tuple(shlex.split(value))
    except ValueError:
        raise ValueError("must be a command whose quotation marks are closed") from None


def address(text: str) -> SocketAddress:
    """`host:port` or `[v6]:port`."""
    host, _, port = text.rpartition(":")
    digits = port.isascii() and port.isdigit() and len(port) <= PORT_DIGITS
    if not host or not digits or int(port) > HIGHEST_PORT:
        raise ValueError("must be host:port, such as 127.0.0.1:8080")
    return SocketAddress(host.strip("[]"), int(port))


def place(value: object) -> object:
    """The same for a field, which may also be given as what it becomes."""
    return address(value) if isinstance(value, str) else value


def key(value: object) -> EncryptionKey:
    """`id:base64`, or what a field was given as already."""
    if isinstance(value, EncryptionKey):
        return value
    if not isinstance(value, str):
        raise ValueError("must have each key written as id:base64")  # noqa: TRY004 - what pydantic collects
    number, _, text = value.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) <= ID_DIGITS):
        raise ValueError("must have each key written as id:base64, the id in digits")
    try:
        secret = base64.b64decode(text, validate=True)
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise ValueError(f"must have {KEY_BYTES} bytes in base64 for key {number}")
    return EncryptionKey(number, SecretBytes(secret))


def bot_token(token: SecretStr) -> SecretStr:
    """Alone, as Discord shows it; libraries want the word before it, and people copy it from there."""
    written = token.get_secret_value()
    if written.lower().startswith("bot "):
        raise ValueError("must be the token alone, without “Bot ” before it")
    if written.strip("\"'") != written or len(written.split()) > 1:
        raise ValueError("must be the token alone, without quotation marks or spaces")
    return token


def key_lines(file: Path) -> list[str]:
    """The lines of a file of keys. Raises ValueError with the problem; no key is in its text."""
    lines = (line.partition("#")[0].strip() for line in guarded_text(file, "ascii").splitlines())
    return [line for line in lines if line]


def guarded_text(file: Path, encoding: str) -> str:
    """The text of a file that nobody else may read. Raises ValueError, without any of it."""
    try:
        read_only = bool(os.statvfs(file).f_flag & os.ST_RDONLY)
        if closed_to_others(file.stat().st_mode, read_only=read_only):
            return file.read_text(encoding=encoding)
    except OSError:
        raise ValueError(f"cannot be read by this user (uid {os.getuid()})") from None
    except UnicodeError:  # which carries the bytes along
        raise ValueError(f"cannot be read: it is no {encoding.upper()} text") from None
    raise ValueError("is open to other users of this machine: chmod 600 it")


def closed_to_others(mode: int, *, read_only: bool) -> bool:
    """Whether only its owner may use a file, or it is a mounted secret, which the platform guards.

    Docker, Kubernetes and systemd mount secrets read-only, often with a mode that says nothing.
    """
    return read_only or not mode & 0o077


def unique(keys: tuple[EncryptionKey, ...]) -> tuple[EncryptionKey, ...]:
    if len({key.id for key in keys}) < len(keys):
        raise ValueError("has two keys with one id")
    return keys


def server_id(value: object) -> object:
    """A server's ID, as it is copied from Discord, or as a field was given already."""
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
        raise ValueError("must have each server by its ID, which has digits only")
    if len(value) > SNOWFLAKE_DIGITS or not int(value):
        raise ValueError("must have each server by its ID, which has digits only")
    return int(value)


def steps(value: object) -> object:
    """A list of waits, for a field, which may also be given as what it becomes."""
    if not isinstance(value, str):
        return value
    try:
        waits = [float(part) for part in words(value)]
    except ValueError:
        waits = []
    if not waits or waits != sorted(set(waits)) or not all(0 <= wait < math.inf for wait in waits):
        raise ValueError("must be a growing list of seconds, such as 5,15,30,60")
    return waits


def version(date: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date, re.ASCII):
        raise ValueError("must be a date such as 2025-06-26")
    return date


def prefix(path: str) -> str:
    if not re.fullmatch(r"(/[a-z0-9]+)?", path):
        raise ValueError("must be a path of one part, such as /v1, or empty")
    return path


def database(url: str) -> str:
    if url.startswith(("postgresql://", "postgres://")):
        return url
    if not url.startswith("sqlite:///") or url == "sqlite:///":
        raise ValueError("must be sqlite:///path/to/file or postgresql://user@host/name")
    return url


def whole_url(value: str) -> str:
    """An absolute address without user name, query or fragment, as it was written."""
    url = split(value)
    if url is None or url.scheme not in DEFAULT_PORTS or not url.hostname:
        raise ValueError("must be a whole address such as https://bridge.example.org")
    if url.username is not None or url.password is not None or url.query or url.fragment:
        raise ValueError("must have no user name, query or fragment")
    return value


def split(value: str) -> SplitResult | None:
    """The parts of an address, or nothing where it is none (urllib raises only when the port is read)."""
    try:
        url = urlsplit(value)
        url.port  # noqa: B018 - reading it is the check
    except ValueError:
        return None
    return url


Url = Annotated[str, AfterValidator(whole_url)]
BaseUrl = Annotated[str, AfterValidator(whole_url), AfterValidator(lambda url: url.rstrip("/"))]
Database = Annotated[str, AfterValidator(database)]
Place = Annotated[SocketAddress, NoDecode, BeforeValidator(place)]
Places = Annotated[tuple[Place, ...], NoDecode, BeforeValidator(parts)]
Secrets = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(parts), Field(min_length=1)]
Command = Annotated[tuple[str, ...], NoDecode, BeforeValidator(command)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(parts), Field(min_length=1)]
Key = Annotated[EncryptionKey, BeforeValidator(key)]
Keys = Annotated[tuple[Key, ...], NoDecode, BeforeValidator(parts), AfterValidator(unique)]
Token = Annotated[SecretStr, AfterValidator(bot_token)]
Id = Annotated[int, BeforeValidator(server_id)]
Ids = Annotated[tuple[Id, ...], NoDecode, BeforeValidator(parts)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Steps = Annotated[tuple[float, ...], NoDecode, BeforeValidator(steps)]
Prefix = Annotated[str, AfterValidator(prefix)]
Version = Annotated[str, AfterValidator(version)]
Level = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR"],
    BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value),
]
