"""Texts about tags (pure)."""

from collections.abc import Sequence

from bot.model.language import tr
from bot.text.safe_text import safe
from storage.engine.confusables import folded

_OFFERED = 25  # as many as Discord shows


def tagged(words: Sequence[str]) -> str:
    """The tags a fan has now."""
    return (
        tr("This fan's tags: {listed}.", listed=_listed(words)) if words else tr("This fan has no tags now.")
    )


def not_there(words: Sequence[str]) -> str:
    """A tag that the fan does not have."""
    return f"{tr('This fan does not have that tag.')} {tagged(words)}"


def no_tag(longest: int) -> str:
    """It is none, or too long for one."""
    return tr(
        "A tag is a word or two, at most {longest} characters, such as vip. For more, use /fan note add.",
        longest=longest,
    )


def too_many(most: int) -> str:
    """There is no room for another one."""
    return tr("This fan has {most} tags, the most we keep. Remove one first with /fan tag remove.", most=most)


def offered(words: Sequence[str], typed: str) -> list[str]:
    """Those in which what is typed stands, in their order."""
    wanted = folded(typed.strip())
    return [word for word in words if wanted in word][:_OFFERED]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"**{safe(word)}**" for word in words)
