"""By how much one sum is above or below another, in words (pure)."""

from bot.model.language import number_text, tr
from storage.records import Cents

_TIMES = 10  # from so many times as much on a percentage says nothing that can be pictured


def change(ours: Cents, theirs: Cents) -> str | None:
    """None where no percentage says anything."""
    if theirs == 0:
        return tr("new") if ours > 0 else None
    if theirs < 0 or ours < 0:
        return None
    if ours >= _TIMES * theirs:
        return tr("{number} times as much", number=number_text(ours // theirs))
    percent = (200 * (ours - theirs) + theirs) // (2 * theirs)  # halves up, without a fraction in between
    if percent == 0:
        return tr("the same") if ours == theirs else tr("about the same")
    return f"{'+' if percent > 0 else '-'}{abs(percent)} %"
