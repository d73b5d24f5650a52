"""Messages of which nobody can tell who wrote them, or what they are."""

import logging
import re
from dataclasses import replace
from functools import partial

from bot.model.events import NO_SENDER, NO_TEXT, CreatorWrote, FanWrote
from bot.model.language import tr
from bot.model.ports import Post
from storage.database import Transaction

log = logging.getLogger(__name__)

_NOT_A_WORD = re.compile("[^A-Za-z0-9]+")  # in a type of Fanvue's
_LONGEST = 40


def doubt_of(event: FanWrote | CreatorWrote) -> str:
    """The kind of doubt; empty: there is none."""
    return event.unclear if isinstance(event, CreatorWrote) else ""


def marked_unclear(lines: list[Post], event: CreatorWrote) -> list[Post]:
    """Its lines, under what is known of it."""
    return [replace(post, title=_title(event)) for post in lines] if event.unclear else lines


def warn_with(tx: Transaction, event: FanWrote | CreatorWrote) -> None:
    """Have the log say so once this transaction is committed."""
    if doubt := doubt_of(event):
        words = "a message was shown as unclear: nobody knows its %s; docs/fanvue.md says more"
        tx.on_commit(partial(log.warning, words, doubt))


def _title(event: CreatorWrote) -> str:
    if event.unclear == NO_SENDER:
        return tr("Fanvue doesn't say who wrote this: look there")
    if event.unclear == NO_TEXT:
        return tr("Fanvue doesn't send its text: it does not count as an answer")
    if not event.kind:
        return tr("Fanvue doesn't say what this is: it does not count as an answer")
    word = _NOT_A_WORD.sub(" ", event.kind or "").strip().lower()[:_LONGEST]
    return tr("Fanvue calls this “{word}”: it does not count as an answer", word=word)
