"""The guard's texts: they name the pack, never the word (pure)."""

from collections.abc import Iterable, Mapping

from bot.features.inbox.guard.packs import DEFAULTS, GuardLevel, GuardPack, Levels, allowed, strictest
from bot.model.ports import Post
from bot.text.safe_text import one_line, safe

NAMES: Mapping[GuardPack, str] = {
    GuardPack.PAYMENT: "Payment outside Fanvue",
    GuardPack.CONTACTS: "Contacts outside Fanvue",
    GuardPack.MEETING: "Meeting in person",
    GuardPack.AGE: "Minors",
    GuardPack.PRESENCE: "Who is writing",
}
WORDS = "words"  # in the audit, beside the packs: what a team itself forbids
AUDIT_NAMES: Mapping[str, str] = {
    **{str(pack): name for pack, name in NAMES.items()},
    WORDS: "Forbidden words",
}
_READS: Mapping[GuardPack, str] = {
    GuardPack.PAYMENT: "This reads like asking for payment outside Fanvue. Fanvue closes accounts for it.",
    GuardPack.CONTACTS: "This reads like moving the chat outside Fanvue. Fanvue closes accounts for it.",
    GuardPack.MEETING: "This reads like arranging to meet in person. Fanvue does not allow that.",
    GuardPack.AGE: "This reads like it is about a minor, and play counts too. Fanvue closes accounts for it.",
    GuardPack.PRESENCE: (
        "This reads like a promise that the creator writes personally or is online now. Fanvue "
        "forbids agencies to say so if it isn't true."
    ),
}
FOLLOWS: Mapping[GuardLevel, str] = {
    GuardLevel.OFF: "nothing happens",
    GuardLevel.WARN: "the author is asked, and may send it",
    GuardLevel.HOLD: "needs another lead's approval; blocked if there is none",
    GuardLevel.BLOCK: "blocked until it is changed",
}
_EDIT = "Not sent: press Edit to change it."
_NO_LEAD = "A lead would have to approve it, and nobody else here can."
_ALL = "Not sent: change it and run {} again."
ANYWAY = "your reply is sent as you wrote it, and the audit log says that you were asked"
NOT_YOURS = "You no longer set this creator's guard. No changes made."
_FOOT = (
    "We check every reply, mass message and post before it is sent. Findings appear in /team audit, "
    "without the text."
)


def asked(packs: Iterable[GuardPack]) -> tuple[str, ...]:
    return tuple(f"**{_READS[pack]}**" for pack in packs)


def refused(packs: Iterable[GuardPack]) -> str:
    """Say why it stays, and what to do."""
    return " ".join((*(_READS[pack] for pack in packs), _EDIT))


def held(packs: Iterable[GuardPack]) -> str:
    """Say why it waits for a lead; the lane says the outcome."""
    return " ".join(_READS[pack] for pack in packs)


def undecided(packs: Iterable[GuardPack]) -> str:
    """Say why it stays, where no lead decides."""
    return " ".join((*(_READS[pack] for pack in packs), _NO_LEAD, _EDIT))


def refused_for_all(packs: Iterable[GuardPack], command: str) -> str:
    """Likewise, of what is for a whole creator."""
    return " ".join((*(_READS[pack] for pack in packs), _ALL.format(command)))


def warned_for_all(packs: Iterable[GuardPack]) -> tuple[str, ...]:
    """The lines above such a preview."""
    return tuple(f"⚠️ **{_READS[pack]}**" for pack in packs)


def shown(levels: Levels, handle: str) -> Post:
    """The levels of a creator."""
    lines = [
        f"- **{NAMES[pack]}** (`{pack}`): {level}, {FOLLOWS[level]}{_usual(pack, level)}"
        for pack, level in levels.items()
    ]
    return Post(title=f"Guard of @{_safe(handle)}", body=("\n".join(lines),), small=_FOOT)


def cannot(pack: GuardPack) -> str:
    """A level that this pack does not have."""
    levels = " or ".join(allowed(pack))
    return f"{NAMES[pack]} can only be set to {levels}. No changes made."


def is_so(pack: GuardPack, level: GuardLevel) -> str:
    return f"{NAMES[pack]} is already at {level}: {FOLLOWS[level]}."


def done(pack: GuardPack, before: GuardLevel, level: GuardLevel, handle: str) -> str:
    return (
        f"Done. **{NAMES[pack]}** is now {level} for @{_safe(handle)} (was {before}): "
        f"{FOLLOWS[level]}. It applies immediately, also to waiting replies."
    )


def tested(
    acts: Mapping[GuardPack, GuardLevel], quiet: Iterable[GuardPack], words: Mapping[str, GuardLevel]
) -> Post:
    """The guard's result for a text, which is not repeated.

    `quiet`: packs that are off. `words`: lines about forbidden words, with their levels.
    """
    lines = [f"- **{NAMES[pack]}**: {level}" for pack, level in acts.items()]
    lines += [f"- **{NAMES[pack]}**: off" for pack in quiet]
    lines += [f"- {line} Level: **{level}**." for line, level in list(words.items())[:_TRIED]]
    if len(words) > _TRIED:
        lines.append(f"- and {len(words) - _TRIED} more forbidden words.")
    if not lines:
        return Post(body=("The guard found nothing: this would be sent.",), small=_TESTED)
    return Post(
        title="The guard found",
        body=(
            "\n".join(lines),
            f"Overall: {FOLLOWS[max(strictest(acts), strictest(words), key=list(GuardLevel).index)]}.",
        ),
        small=_TESTED,
    )


_TRIED = 15  # forbidden words that one answer names
_TESTED = "Only you see this. It was not sent, and the text was not kept."


def _usual(pack: GuardPack, level: GuardLevel) -> str:
    return "" if level is DEFAULTS[pack] else f" (usually {DEFAULTS[pack]})"


def _safe(handle: str) -> str:
    return safe(one_line(handle, 40))
