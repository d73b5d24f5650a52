"""Tells a watcher in the terminal what the team's Discord shows, as it shows it."""

import re
from collections.abc import Callable
from contextlib import suppress

from bot.sandbox.discord.ledger import DiscordLedgerEntry
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.stage import DemoStage

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_STATE = re.compile(r"([✓👁💰] \w+|Queued|Sending|Not sure yet|Not sent)")
_TIME = re.compile(r"<t:\d+:\w>")
_LONGEST = 90


async def tell(stage: DemoStage, say: Callable[[str], None]) -> None:
    """Say every line that the bot posts or changes, until cancelled."""
    told = 0
    while True:
        entries = list(stage.discord.ledger)
        for entry in entries[told:]:
            line = _line(stage, entry)
            if line is not None:
                say(line)
        told = len(entries)
        seen = told
        with suppress(TimeoutError):
            await stage.discord.world.until(lambda: len(stage.discord.ledger) > seen, 3600.0)  # noqa: B023 - awaited at once


def _line(stage: DemoStage, entry: DiscordLedgerEntry) -> str | None:
    if entry.kind not in {"message_created", "message_edited"}:
        return None
    channel = stage.discord.world.channels.get(entry.data["channel_id"])
    message = stage.discord.world.messages.get(entry.data["channel_id"], {}).get(entry.data["message_id"])
    if channel is None or message is None or not message.author.bot or message.ephemeral:
        return None
    where = f"#{channel.name}" if channel.thread is None else channel.name.split(" @")[0]
    if entry.kind == "message_edited":
        state = _STATE.search(message.text)
        return f"    Discord · {where} · the reply now shows: {state.group(1)}" if state else None
    return f"    Discord · {where} · {_words(message)}"


def _words(message: StandInMessage) -> str:
    """The words a reader takes in at a glance."""
    lines = [line for line in message.text.splitlines() if not line.startswith("-#")]
    text = _TIME.sub("…", _ESCAPE.sub(r"\1", " · ".join(lines))).replace("**", "").removeprefix("### ")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
