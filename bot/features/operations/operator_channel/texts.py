"""Sentences for the operator: of each check one, the same for every installation."""

from collections.abc import Mapping
from typing import Final

TITLE: Final = "Fanvue bridge"
STOPPED: Final = "stopped"  # no check: who has ended cannot be asked

_UNKNOWN: Final = "A check of /readyz fails."
SENTENCES: Final[Mapping[str, str]] = {
    STOPPED: "The bridge could not go on and has ended. The last line of its log says why.",
    # what must work
    "another": "Another program posts with this bot's token.",
    "commands": "Discord does not know the bot's commands yet.",
    "database": "The database cannot be written. Fanvue repeats its webhooks meanwhile.",
    "discord": "The bot is not connected to Discord, or Discord refuses its token.",
    "disk": "The disk is nearly full.",
    "refusals": "Discord refused many calls, so the bridge posts nothing for 15 minutes.",
    "restored": "A restored database waits for your word. Nothing is sent until then.",
    "tasks": "A part of the bridge hangs or fails.",
    # what works less well
    "backups": "The last backup is old or failed, or BACKUP_COMMAND did.",
    "chat lists": "Fanvue refuses a creator's list of chats.",
    "clock": "Webhooks come with a wrong time.",
    "fanvue keys": "Fanvue refuses FANVUE_CLIENT_ID and FANVUE_CLIENT_SECRET.",
    "live events": "Fanvue's webhooks have stopped.",
    "servers": "A team's server keeps the bot from working.",
    "webhook secret": "Webhooks are signed with a secret that is not in the settings.",
}


def begun(check: str) -> str:
    """A problem has begun."""
    return SENTENCES.get(check, _UNKNOWN)


def ended(check: str) -> str:
    """It is over."""
    return f"Over: {SENTENCES.get(check, _UNKNOWN)}"
