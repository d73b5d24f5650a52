"""The names that commands had in the version before, offered once more.

Discord knows no hidden commands. Where they are offered, each old first word is one command without options,
whose description is where it is now; what is said to it is a mention that is clicked.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.discord.moved_commands import MOVED
from bot.model.language import msgid, tr

_SEVERAL = msgid("These commands have other names now:")
_ARROW = "➜"  # needs no translation


def old_words(told: Iterable[Mapping[str, Any]]) -> list[str]:
    """The old first words that none of the commands told has."""
    there = {one["name"] for one in told}
    return sorted({old.split()[0] for old in MOVED} - there)


def with_old_names(told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same commands, and after them the old first words."""
    return [*told, *(_command(word) for word in old_words(told))]


def answer_to(typed: Sequence[str], ids: Mapping[str, int]) -> str | None:
    """Where what somebody used is now; `typed`: an old name, or its beginning. None: it is no old name."""
    words = " ".join(typed)
    if words in MOVED:
        return tr("This command is now {now}.", now=mention(MOVED[words], ids))
    below = {old: new for old, new in MOVED.items() if old.startswith(f"{words} ")}
    if not below:
        return None
    return "\n".join([tr(_SEVERAL), *(f"- {old}: {mention(new, ids)}" for old, new in below.items())])


def mention(command: str, ids: Mapping[str, int]) -> str:
    """A command that people click on; where Discord's id of it is not known, its name."""
    number = ids.get(command.split(maxsplit=1)[0])
    return f"`/{command}`" if number is None else f"</{command}:{number}>"


def _command(word: str) -> dict[str, Any]:
    now = [new for old, new in MOVED.items() if word in (old, old.split()[0])]
    places = dict.fromkeys(new if len(now) == 1 else new.rpartition(" ")[0] for new in now)
    said = f"{_ARROW} {', '.join(f'/{place}' for place in places)}"
    return {
        "name": word,
        "description": said[:100],
        "type": 1,
        "options": [],
        "nsfw": False,
        "dm_permission": True,
        "default_member_permissions": None,
        "contexts": [0],
        "integration_types": [0],
    }
