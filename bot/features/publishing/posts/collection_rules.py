"""Collections of posts by name: those that were typed, those to offer (pure)."""

from collections.abc import Sequence

from bot.features.publishing.posts.plan_rules import NOTHING, Collection
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import tr
from bot.text.safe_text import in_quotes, one_line, safe

_CHOICES, _CHOICE = 25, 100  # Discord's limits
_SHOWN = 60


def named(known: Sequence[Collection], typed: str, nothing: str = NOTHING) -> tuple[Collection, ...]:
    """The collections whose names were typed, each once. Raises ProposalRefused for any other name.

    `nothing`: the sentence that nothing happened.
    """
    return tuple(dict.fromkeys(_meant(known, word, nothing) for word in _words(typed)))


def still(
    known: Sequence[Collection], chosen: Sequence[Collection], nothing: str = NOTHING
) -> tuple[Collection, ...]:
    """The chosen collections, by their names now. Raises ProposalRefused where one is gone."""
    names = dict(known)
    gone = [name for uuid, name in chosen if uuid not in names]
    if gone:
        raise ProposalRefused(
            tr(
                "The collection {name} no longer exists. {nothing}",
                name=_quoted(gone[0]),
                nothing=tr(nothing),
            )
        )
    return tuple((uuid, names[uuid]) for uuid, _ in chosen)


def like(known: Sequence[Collection], typed: str) -> Sequence[tuple[str, str]]:
    """The choices for the typed text, words and value; names that stand there already are kept."""
    *before, last = typed.split(",")
    kept = "".join(f"{word.strip()}, " for word in before if word.strip())
    there = {_plain(word) for word in before}
    fitting = [
        f"{kept}{name}"
        for _, name in known
        if _plain(last) in _plain(name) and _plain(name) not in there and "," not in name
    ]
    return [(words, words) for words in fitting if 0 < len(words) <= _CHOICE][:_CHOICES]


def _meant(known: Sequence[Collection], word: str, nothing: str) -> Collection:
    found = [one for one in known if _plain(one[1]) == _plain(word)]
    if len(found) == 1:
        return found[0]
    if found:
        raise ProposalRefused(
            tr(
                "Several collections are called {name}. {nothing}",
                name=_quoted(word),
                nothing=tr(nothing),
            )
        )
    raise ProposalRefused(
        tr(
            "There is no collection {name}. {nothing} Choose one from the list.",
            name=_quoted(word),
            nothing=tr(nothing),
        )
    )


def _words(typed: str) -> list[str]:
    return [word.strip() for word in typed.split(",") if word.strip()]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _quoted(name: str) -> str:
    return in_quotes(safe(one_line(name, _SHOWN)))
