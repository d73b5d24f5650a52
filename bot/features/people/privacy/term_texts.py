"""The texts about how long data is kept (pure)."""

from collections.abc import Iterator

from bot.model.ports import Button, Post
from bot.text.safe_text import safe
from storage.people.retention import AUDIT, RetentionTerms

GOES = "Anything older is removed within a day, in the background."
_YEAR = 365.25
_FINAL = "**{what} older than {then} are erased within a day. This can't be undone.**"


def rows(held: RetentionTerms) -> str:
    """A line for each kind of thing."""
    kinds = (f"- {what}: {length}" for what, length in zip(_KINDS, _lengths(held), strict=True))
    return "\n".join((*kinds, _AUDIT))


def shown(handle: str, held: RetentionTerms, *, already: bool = False) -> Post:
    """The terms now; `already`: they were chosen once more."""
    return Post(
        title=f"What we keep of @{safe(handle)}, and how long",
        body=(*(("Already set.",) if already else ()), rows(held)),
        small=f"{GOES} Change it with /settings privacy retention and a number; we ask first.",
    )


def ask(handle: str, held: RetentionTerms, wanted: RetentionTerms, buttons: tuple[Button, ...]) -> Post:
    """The question before times change: the differences, and what cannot be undone."""
    return Post(
        title=f"Change how long data is kept for @{safe(handle)}?",
        body=("\n".join((*_changes(held, wanted), _AUDIT)), *_warnings(held, wanted)),
        small="Chats on Fanvue stay as they are.",
        buttons=buttons,
    )


def chosen(handle: str, held: RetentionTerms) -> str:
    return f"Done. From now on @{safe(handle)} keeps\n{rows(held)}\n{GOES}"


def too_short(wanted: RetentionTerms) -> str:
    """Ids are what a repeat is known by."""
    return (
        f"No changes made: keep ids at least as long as texts ({_days(wanted.texts)}), or "
        f"messages would come twice. Run it again with records: {wanted.texts} or more, or "
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
