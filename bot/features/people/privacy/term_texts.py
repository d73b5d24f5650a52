"""The texts about how long data is kept (pure)."""

from collections.abc import Iterator

from bot.model.ports import Button, Post
from bot.text.safe_text import safe
from storage.people.retention import AUDIT, RetentionTerms

GOES = "What is older goes within a day, in the background."
_YEAR = 365.25
_FINAL = "**{what} older than {then} are erased within a day. This cannot be undone.**"


def rows(held: RetentionTerms) -> str:
    """A line for each kind of thing."""
    kinds = (f"- {what}: {length}" for what, length in zip(_KINDS, _lengths(held), strict=True))
    return "\n".join((*kinds, _AUDIT))


def shown(handle: str, held: RetentionTerms, *, already: bool = False) -> Post:
    """The terms now; `already`: they were chosen once more."""
    return Post(
        title=f"What is kept of @{safe(handle)}, and how long",
        body=(*(("Nothing changes: it is so already.",) if already else ()), rows(held)),
        small=f"{GOES} /privacy retention with a number changes it, after a question.",
    )


def ask(handle: str, held: RetentionTerms, wanted: RetentionTerms, buttons: tuple[Button, ...]) -> Post:
    """The question before times change: the differences, and what cannot be undone."""
    return Post(
        title=f"Change how long things are kept for @{safe(handle)}?",
        body=("\n".join((*_changes(held, wanted), _AUDIT)), *_warnings(held, wanted)),
        small="Chats on Fanvue stay as they are.",
        buttons=buttons,
    )


def chosen(handle: str, held: RetentionTerms) -> str:
    return f"Done. From now on @{safe(handle)} keeps\n{rows(held)}\n{GOES}"


def too_short(wanted: RetentionTerms) -> str:
    """Ids are what a repeat is known by."""
    return (
        f"Nothing was changed: ids must be kept at least as long as texts, here {_days(wanted.texts)}, or a "
        f"message that is here would come twice. Run it again with records: {wanted.texts} or more, or with "
        "fewer days for texts."
    )


_KINDS = ("Texts, in the database and on Discord", "Ids", "Lines about money")
_AUDIT = f"- The audit: {AUDIT} days, always"


def _lengths(held: RetentionTerms) -> tuple[str, str, str]:
    return _days(held.texts), _days(held.records), _years(held.money)


def _changes(held: RetentionTerms, wanted: RetentionTerms) -> Iterator[str]:
    for what, now, then in zip(_KINDS, _lengths(held), _lengths(wanted), strict=True):
        yield f"- {what}: {now} → **{then}**" if now != then else f"- {what}: {now}, as now"


def _warnings(held: RetentionTerms, wanted: RetentionTerms) -> Iterator[str]:
    kinds = (
        ("Texts", held.texts, wanted.texts),
        ("Ids", held.records, wanted.records),
        ("Lines about money", held.money, wanted.money),
    )
    for (what, now, then), length in zip(kinds, _lengths(wanted), strict=True):
        if then < now:
            yield _FINAL.format(what=what, then=length)


def _days(number: int) -> str:
    return f"{number:,} {'day' if number == 1 else 'days'}"


def _years(days: int) -> str:
    years = round(days / _YEAR)
    return f"{years} {'year' if years == 1 else 'years'}"


def in_short(held: RetentionTerms) -> str:
    """All of it in one line, as /settings says it."""
    texts, ids, money = _lengths(held)
    return f"Texts {texts}, ids {ids}, money {money}. What is older is deleted within a day."
