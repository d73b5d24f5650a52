"""How much of a draft a person changed, and the words for it (pure)."""

import re
from collections import Counter
from typing import Final

from bot.model.draft_source import (
    MEDIA,
    PREVIEW,
    PRICE,
    TEXT,
    DraftChange,
    DraftMark,
    DraftSourceKind,
    DraftUse,
)
from bot.model.language import msgid, tr
from bot.model.ports import MessageToFan
from bot.text.safe_text import one_line, safe

_NAME: Final = 40  # letters of a program's name
_DENSE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff"  # scripts without spaces
_WORD: Final = re.compile(rf"[{_DENSE}]|[^\W{_DENSE}]+")
_PARTS: Final = {
    MEDIA: msgid("media changed"),
    PRICE: msgid("price changed"),
    PREVIEW: msgid("preview changed"),
}


def change_of(draft: MessageToFan, sent: MessageToFan) -> DraftChange:
    """What is different in what was sent. Both as the fan reads them: fields are filled in."""
    pairs = (
        (TEXT, draft.text, sent.text),
        (MEDIA, draft.media, sent.media),
        (PRICE, draft.price, sent.price),
        (PREVIEW, draft.preview, sent.preview),
    )
    return DraftChange(
        kept=words_kept(draft.text, sent.text),
        parts=tuple(part for part, before, after in pairs if before != after),
    )


def words_kept(draft: str | None, sent: str | None) -> int:
    """The words that both have, in percent of the longer one; their order and capitals do not count."""
    if draft == sent:
        return 100
    before, after = _words(draft), _words(sent)
    longer = max(before.total(), after.total())
    return 100 * (before & after).total() // longer if longer else 0


def said(change: DraftChange | None) -> str:
    """In a few words, for people; '' where it is not known."""
    if change is None:
        return ""
    if change.use is DraftUse.UNCHANGED:
        return tr("unchanged")
    if TEXT not in change.parts:
        text = tr("text unchanged")
    elif change.use is DraftUse.REWRITTEN:
        text = tr("rewritten, {kept}% of the words kept", kept=change.kept)
    else:
        text = tr("edited, {kept}% of the words kept", kept=change.kept)
    return ", ".join((text, *(tr(_PARTS[part]) for part in change.parts if part in _PARTS)))


def drafted_by(mark: DraftMark) -> str:
    """Who drafted it and how much was changed, in one line."""
    change = ", ".join(filter(None, (said(mark.change), tr("sent by the owner's rule") if mark.rule else "")))
    source = mark.source
    if source.kind is DraftSourceKind.PAGE:
        by = tr("Planned on the web page by <@{member}>", member=source.id)
        return tr("{by}: {change}", by=by, change=change) if change else by
    name = safe(one_line(source.name, _NAME))
    return tr("Draft by {program}: {change}", program=name, change=change) if change else _by(name)


def _by(name: str) -> str:
    return tr("Draft by {program}", program=name)


def _words(text: str | None) -> Counter[str]:
    """Without a single letter, as of emoji alone, what stands between spaces is a word."""
    lowered = (text or "").casefold()
    return Counter(_WORD.findall(lowered) or lowered.split())
