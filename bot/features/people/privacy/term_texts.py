"""The texts about how long data is kept (pure)."""

from collections.abc import Iterator

from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.safe_text import safe
from storage.people.retention import AUDIT, RetentionTerms

GOES = msgid("Anything older is removed within a day, in the background.")
_YEAR = 365.25
_FINAL = msgid("**{what} older than {then} are erased within a day. This can't be undone.**")


def rows(held: RetentionTerms) -> str:
    """A line for each kind of thing."""
    kinds = (f"- {tr(what)}: {length}" for what, length in zip(_KINDS, _lengths(held), strict=True))
    return "\n".join((*kinds, _audit()))


def shown(handle: str, held: RetentionTerms, *, already: bool = False) -> Post:
    """The terms now; `already`: they were chosen once more."""
    return Post(
        title=tr("What we keep of @{handle}, and how long", handle=safe(handle)),
        body=(*((tr("Already set."),) if already else ()), rows(held)),
        small=tr(
            "{goes} Change it with /settings privacy retention and a number; we ask first.", goes=tr(GOES)
        ),
    )


def ask(handle: str, held: RetentionTerms, wanted: RetentionTerms, buttons: tuple[Button, ...]) -> Post:
    """The question before times change: the differences, and what cannot be undone."""
    return Post(
        title=tr("Change how long data is kept for @{handle}?", handle=safe(handle)),
        body=("\n".join((*_changes(held, wanted), _audit())), *_warnings(held, wanted)),
        small=tr("Chats on Fanvue stay as they are."),
        buttons=buttons,
    )


def chosen(handle: str, held: RetentionTerms) -> str:
    return tr(
        "Done. From now on @{handle} keeps\n{rows}\n{goes}",
        handle=safe(handle),
        rows=rows(held),
        goes=tr(GOES),
    )


def too_short(wanted: RetentionTerms) -> str:
    """Ids are what a repeat is known by."""
    return tr(
        "No changes made: keep ids at least as long as texts ({days}), or messages would "
        "come twice. Run it again with `records:{texts}` or more, or fewer days for texts.",
        days=_days(wanted.texts),
        texts=wanted.texts,
    )


_KINDS = (msgid("Texts, in the database and on Discord"), msgid("Ids"), msgid("Lines about money"))


def _audit() -> str:
    return tr("- The audit: {days} days, always", days=AUDIT)


def _lengths(held: RetentionTerms) -> tuple[str, str, str]:
    return _days(held.texts), _days(held.records), tr_many("{n} year", "{n} years", round(held.money / _YEAR))


def _changes(held: RetentionTerms, wanted: RetentionTerms) -> Iterator[str]:
    for what, now, then in zip(map(tr, _KINDS), _lengths(held), _lengths(wanted), strict=True):
        yield (
            f"- {what}: {now} → **{then}**"
            if now != then
            else tr("- {what}: {now}, as now", what=what, now=now)
        )


def _warnings(held: RetentionTerms, wanted: RetentionTerms) -> Iterator[str]:
    kinds = (
        (tr("Texts"), held.texts, wanted.texts),
        (tr("Ids"), held.records, wanted.records),
        (tr("Lines about money"), held.money, wanted.money),
    )
    for (what, now, then), length in zip(kinds, _lengths(wanted), strict=True):
        if then < now:
            yield tr(_FINAL, what=what, then=length)


def _days(number: int) -> str:
    return tr_many("{n} day", "{n} days", number)


def in_short(held: RetentionTerms) -> str:
    """All of it in one line, as /settings says it."""
    texts, ids, money = _lengths(held)
    return tr(
        "Texts {texts}, ids {ids}, money {money}. What is older is deleted within a day.",
        texts=texts,
        ids=ids,
        money=money,
    )
