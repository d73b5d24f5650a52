"""Tags of a creator's forum: made in its language, found by what they mean (pure)."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.model.language import LANGUAGES, msgid, speaking, tr

Json = Mapping[str, Any]
# What they mean, as it is kept. Translators: the tags of a fan's post in the forum, at most 20 letters.
TAGS = (
    *(msgid("attention"), msgid("waiting"), msgid("answered"), msgid("claimed")),
    *(msgid("vip"), msgid("new"), msgid("subscriber"), msgid("expired")),
)


def new() -> list[dict[str, Any]]:
    """All of them for a new forum, in the language that is spoken here."""
    return [_tag(name) for name in TAGS]


def lacking(there: Collection[Json], spoken: str) -> list[dict[str, Any]]:
    """Those that a forum lacks, in its language. Others keep their names, whatever it speaks now."""
    known = {meaning(tag) for tag in there}
    with speaking(spoken):
        return [_tag(name) for name in TAGS if name not in known]


def tag_ids(forum: Json) -> dict[str, int]:
    """What our tags mean, with the ids that Discord gave them; of two that mean the same the first."""
    found: dict[str, int] = {}
    for tag in forum.get("available_tags") or []:
        if (name := meaning(tag)) is not None:
            found.setdefault(name, int(tag["id"]))
    return found


def meaning(tag: Json) -> str | None:
    """What one of our tags means, in whichever language it was made; None: it is the team's own."""
    if tag["name"] in TAGS:  # without a look at other languages, whose sentences would all be read for it
        return str(tag["name"])
    return next((name for name in TAGS if tag["name"] in _called(name)), None)


def _called(name: str) -> set[str]:
    called = {name}
    for spoken in LANGUAGES:
        with speaking(spoken):
            called.add(tr(name))
    return called


def _tag(name: str) -> dict[str, Any]:
    # Moderated: the tags tell the state of a chat, so only the bot and those who manage threads set them.
    return {"name": tr(name), "moderated": True}
