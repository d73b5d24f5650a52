"""What was typed, before anything is tried: tidied, or in the wrong field (pure).

A secret in the wrong field is never sent to the other side.
"""

import re
from collections.abc import Mapping

from bot.features.operations.installation.model import SetupAnswer, wrong
from bot.features.operations.installation.questions import (
    APPLICATION,
    BY_NAME,
    DISCORD_SECRET,
    FANVUE_ID,
    FANVUE_SECRET,
    HOOKS,
    LISTEN,
    PUBLIC,
    TOKEN,
)

_TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{6}[\w-]*\.[\w-]{20,}", re.ASCII)
_ID = re.compile(r"[0-9]{15,21}")
_PUBLIC_KEY = re.compile(r"[0-9a-f]{64}")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:[0-9]+)?", re.ASCII)
_ONCE = (TOKEN, DISCORD_SECRET, FANVUE_ID, FANVUE_SECRET, HOOKS, APPLICATION)
_UNFIT = re.compile(r"[\s'\"\\$]")


def tidied(name: str, typed: str) -> str:
    """Without what people copy along: blanks, quotation marks, the setting's name."""
    text = typed.strip().removeprefix(f"{name}=").strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"`":
        text = text[1:-1].strip()
    if name == TOKEN and text.lower().startswith("bot "):
        text = text[4:].strip()
    if name == PUBLIC:
        text = text.rstrip("/")
    if name == LISTEN and text.isascii() and text.isdigit():
        text = f"127.0.0.1:{text}"
    return text


def misplaced(name: str, value: str, known: Mapping[str, str]) -> SetupAnswer | None:
    """Why this cannot be meant for this field; None: it may be."""
    if _UNFIT.search(value):
        return wrong("This has a blank or a quotation mark in it.", "Copy the value once more, and only it.")
    if name == PUBLIC and _HOST.fullmatch(value):
        return wrong("https:// is missing.", f"Add it at the start: https://{value}")
    if name in _ONCE:
        for other in _ONCE:
            if other != name and known.get(other) == value:
                return wrong(f"This is the value of “{_title(other)}”.", _copy(name))
    if name != TOKEN and _TOKEN.fullmatch(value):
        return wrong("This is a bot token.", _copy(name))
    return _no_token(value) if name == TOKEN else None


def unreadable(name: str, reason: str) -> SetupAnswer:
    """The sentence for a value that no start would accept."""
    if name == PUBLIC and "TLS" in reason:
        return wrong(
            "http is not enough: sign-ins and webhooks need https.",
            "Write it with https://, and let your proxy get a certificate.",
        )
    example = BY_NAME[name].example
    return wrong(f"It {reason}.", f"For example {example}." if example else _copy(name))


def _no_token(value: str) -> SetupAnswer | None:
    if _ID.fullmatch(value):
        return wrong("This is an Application ID. It is not needed here.", _copy(TOKEN))
    if _PUBLIC_KEY.fullmatch(value):
        return wrong("This is a Public Key. It is not needed here.", _copy(TOKEN))
    if value.count(".") != 2:  # noqa: PLR2004 - a token has three parts
        return wrong("This is no bot token, which has three parts with dots between them.", _copy(TOKEN))
    return None


def _title(name: str) -> str:
    return BY_NAME[name].title if name in BY_NAME else "Application ID"


def _copy(name: str) -> str:
    where = {
        TOKEN: "Discord Developer Portal → your application → Bot → Reset Token.",
        DISCORD_SECRET: "Discord Developer Portal → your application → OAuth2 → Client Secret.",
        FANVUE_ID: "Fanvue → Developer Area → your app → Client ID.",
        FANVUE_SECRET: "Fanvue → Developer Area → your app → Client Secret.",
        HOOKS: "Leave it empty, or copy the signing secret of your Fanvue app's Events.",
    }
    return where.get(name, "Copy the right value.")
