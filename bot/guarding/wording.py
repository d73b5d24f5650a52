"""What people read of the guard: which pack, never which word (pure)."""

from collections.abc import Iterable, Mapping

from bot.guarding.packs import DEFAULTS, Level, Levels, Pack, allowed
from bot.model.ports import Post
from bot.text.safe_text import one_line, safe

NAMES: Mapping[Pack, str] = {
    Pack.PAYMENT: "Payment outside Fanvue",
    Pack.CONTACTS: "Contacts outside Fanvue",
    Pack.MEETING: "Meeting in person",
    Pack.AGE: "Minors",
    Pack.PRESENCE: "Who is writing",
}
_READS: Mapping[Pack, str] = {
    Pack.PAYMENT: "This reads like asking for payment outside Fanvue. Fanvue closes accounts for it.",
    Pack.CONTACTS: "This reads like taking the chat outside Fanvue. Fanvue closes accounts for it.",
    Pack.MEETING: "This reads like arranging to meet in person. Fanvue does not allow that.",
    Pack.AGE: "This reads like it is about a minor, and play counts too. Fanvue closes accounts for it.",
    Pack.PRESENCE: (
        "This reads like a promise that the creator writes personally or is online now. Fanvue does not "
        "allow agencies to say so where it is not true."
    ),
}
_FOLLOWS: Mapping[Level, str] = {
    Level.OFF: "nothing happens",
    Level.WARN: "the author is asked, and may send it",
    Level.HOLD: "another lead decides; where there is none, it does not leave",
    Level.BLOCK: "it does not leave as it is",
}
_EDIT = "Nothing was sent: press Edit to write it another way."
_NO_LEAD = "A lead would have to agree, and nobody else here may."
_ALL = "Nothing was sent: run {} again and write it another way."
ANYWAY = "your reply goes out as you wrote it, and the audit says that you were asked"
NOT_YOURS = "You do not set the guard of this creator any more. Nothing was changed."
_FOOT = (
    "Every reply is looked at before it leaves, and so are mass messages and posts. What the guard noticed "
    "stands in /audit, without the text."
)


def asked(packs: Iterable[Pack]) -> tuple[str, ...]:
    """A question's lines."""
    return tuple(f"**{_READS[pack]}**" for pack in packs)


def refused(packs: Iterable[Pack]) -> str:
    """Why it does not leave, and what to do."""
    return " ".join((*(_READS[pack] for pack in packs), _EDIT))


def held(packs: Iterable[Pack]) -> str:
    """Why it waits for a lead; the lane says what becomes of it."""
    return " ".join(_READS[pack] for pack in packs)


def undecided(packs: Iterable[Pack]) -> str:
    """Why it does not leave where no lead decides."""
    return " ".join((*(_READS[pack] for pack in packs), _NO_LEAD, _EDIT))


def refused_for_all(packs: Iterable[Pack], command: str) -> str:
    """Likewise, of what is for a whole creator."""
    return " ".join((*(_READS[pack] for pack in packs), _ALL.format(command)))


def warned_for_all(packs: Iterable[Pack]) -> tuple[str, ...]:
    """What stands above such a preview."""
    return tuple(f"⚠️ **{_READS[pack]}**" for pack in packs)


def shown(levels: Levels, handle: str) -> Post:
    """What holds for a creator."""
    lines = [
        f"- **{NAMES[pack]}** (`{pack}`): {level}, {_FOLLOWS[level]}{_usual(pack, level)}"
        for pack, level in levels.items()
    ]
    return Post(title=f"Guard of @{_safe(handle)}", body=("\n".join(lines),), small=_FOOT)


def cannot(pack: Pack) -> str:
    """A level that this pack does not have."""
    levels = " or ".join(allowed(pack))
    return f"{NAMES[pack]} can be {levels}, and nothing less. Nothing was changed."


def is_so(pack: Pack, level: Level) -> str:
    """Nothing would change."""
    return f"{NAMES[pack]} is at {level} already: {_FOLLOWS[level]}."


def done(pack: Pack, before: Level, level: Level, handle: str) -> str:
    """It holds."""
    return (
        f"Done. **{NAMES[pack]}** is now at {level} for @{_safe(handle)} (it was at {before}): "
        f"{_FOLLOWS[level]}. It holds at once, also for replies that wait."
    )


def tested(acts: Mapping[Pack, Level], quiet: Iterable[Pack], strictest: Level) -> Post:
    """What would happen to a text; the text is not repeated. `quiet`: packs that are off."""
    lines = [f"- **{NAMES[pack]}**: {level}" for pack, level in acts.items()]
    lines += [f"- **{NAMES[pack]}**: off" for pack in quiet]
    if not lines:
        return Post(body=("The guard notices nothing: this would leave.",), small=_TESTED)
    return Post(
        title="The guard notices",
        body=("\n".join(lines), f"As a whole: {_FOLLOWS[strictest]}."),
        small=_TESTED,
    )


_TESTED = "Only you see this. Nothing was sent, and the text was not kept."


def _usual(pack: Pack, level: Level) -> str:
    return "" if level is DEFAULTS[pack] else f" (usually {DEFAULTS[pack]})"


def _safe(handle: str) -> str:
    return safe(one_line(handle, 40))
