"""A mass message's status, as Fanvue names it, and what may follow (pure)."""

from collections.abc import Sequence
from enum import StrEnum

from bot.fanvue.models import MassMessageRow
from bot.features.publishing.mass_messages.audience import fans
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import msgid, tr, tr_many
from bot.text.render import money
from bot.text.safe_text import one_line, safe

HANDLE = 13  # characters of an id that stand for it while it is typed
_SHORT = 40
_LONGEST = 100  # Discord's limit of a choice's words


class CampaignStatus(StrEnum):
    """Fanvue's words; it may have more one day."""

    SCHEDULED = "SCHEDULED"
    SENDING = "SENDING"
    SENT = "SENT"
    FAILED = "FAILED"
    MODERATED = "MODERATED"
    UNSENT = "UNSENT"
    OTHER = ""


OUT = (CampaignStatus.SENDING, CampaignStatus.SENT)  # fans have it, or are about to

_WORDS = {
    CampaignStatus.SCHEDULED: msgid("🕒 planned"),
    CampaignStatus.SENDING: msgid("📤 being sent"),
    CampaignStatus.SENT: msgid("✅ sent"),
    CampaignStatus.FAILED: msgid("❌ failed"),
    CampaignStatus.MODERATED: msgid("🛑 stopped by Fanvue's moderation"),
    CampaignStatus.UNSENT: msgid("↩️ taken back"),
}


def standing(row: MassMessageRow) -> CampaignStatus:
    """Its status; OTHER for a word that is not known here."""
    word = (row.status or "").upper()
    return CampaignStatus(word) if word in CampaignStatus.__members__ else CampaignStatus.OTHER


def words_of(row: MassMessageRow) -> str:
    """The same for people; a word of Fanvue's that is not known is shown as it is."""
    if was_cancelled(row):
        return tr("🚫 cancelled")
    known = tr(_WORDS.get(standing(row), ""))
    return known or f"• {safe(one_line(row.status or tr('not known'), 30)).lower()}"


def was_cancelled(row: MassMessageRow) -> bool:
    """Whether it was ended before its time: Fanvue has one word for that and for what is taken back."""
    planned = row.scheduled_at is not None and row.published_at is None
    return planned and standing(row) is CampaignStatus.UNSENT


def meant(rows: Sequence[MassMessageRow], typed: str) -> MassMessageRow:
    """The one that was chosen. Raises ProposalRefused: Discord does not force a choice."""
    wanted = typed.strip().casefold()
    found = [row for row in rows if row.uuid.casefold() == wanted]
    if not found and len(wanted) >= HANDLE:
        found = [row for row in rows if row.uuid.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    raise ProposalRefused(
        tr(
            "Fanvue doesn't list this mass message. Choose one from Discord's list. {nothing}",
            nothing=tr("No changes made."),
        )
    )


def choices(
    rows: Sequence[MassMessageRow], typed: str, fitting: Sequence[CampaignStatus]
) -> list[tuple[str, str]]:
    """The choices while one is chosen: its words, and its value."""
    needle = typed.strip().casefold()
    return [
        (_choice(row), row.uuid[:HANDLE])
        for row in rows
        if standing(row) in fitting and needle in (row.text or row.uuid).casefold()
    ]


def snippet(row: MassMessageRow, most: int = _SHORT) -> str:
    """The beginning of its text on one line, not yet escaped."""
    text = row.text or ""
    line = one_line(text, len(text))
    if not line:
        count = len(row.media_uuids or ())
        return tr_many("{n} item without words", "{n} items without words", count)
    return line if len(line) <= most else f"{one_line(line, most)}…"


def _choice(row: MassMessageRow) -> str:
    parts = [snippet(row), tr(_WORDS.get(standing(row), ""))]
    if row.recipient_count is not None:
        parts.append(fans(row.recipient_count))
    if row.price:
        parts.append(money(row.price))
    return " · ".join(part for part in parts if part)[:_LONGEST]
