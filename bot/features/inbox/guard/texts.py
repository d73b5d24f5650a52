"""The guard's texts: they name the pack, never the word (pure)."""

from collections.abc import Iterable, Mapping

from bot.features.inbox.guard.packs import DEFAULTS, GuardLevel, GuardPack, Levels, allowed, strictest
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Post
from bot.text.safe_text import one_line, safe

NAMES: Mapping[GuardPack, str] = {
    GuardPack.PAYMENT: msgid("Payment outside Fanvue"),
    GuardPack.CONTACTS: msgid("Contacts outside Fanvue"),
    GuardPack.MEETING: msgid("Meeting in person"),
    GuardPack.AGE: msgid("Minors"),
    GuardPack.PRESENCE: msgid("Who is writing"),
}
WORDS = "words"  # in the audit, beside the packs: what a team itself forbids
AUDIT_NAMES: Mapping[str, str] = {
    **{str(pack): name for pack, name in NAMES.items()},
    WORDS: msgid("Forbidden words"),
}
_READS: Mapping[GuardPack, str] = {
    GuardPack.PAYMENT: msgid(
        "This reads like asking for payment outside Fanvue. Fanvue closes accounts for it."
    ),
    GuardPack.CONTACTS: msgid(
        "This reads like moving the chat outside Fanvue. Fanvue closes accounts for it."
    ),
    GuardPack.MEETING: msgid("This reads like arranging to meet in person. Fanvue does not allow that."),
    GuardPack.AGE: msgid(
        "This reads like it is about a minor, and play counts too. Fanvue closes accounts for it."
    ),
    GuardPack.PRESENCE: msgid(
        "This reads like a promise that the creator writes personally or is online now. "
        "Fanvue forbids agencies to say so if it isn't true."
    ),
}
LEVEL_NAMES: Mapping[GuardLevel, str] = {
    # Translators: the guard's levels, as the choices of /settings guard set name them.
    GuardLevel.OFF: msgid("off"),
    GuardLevel.WARN: msgid("warn"),
    GuardLevel.HOLD: msgid("hold"),
    GuardLevel.BLOCK: msgid("block"),
}
FOLLOWS: Mapping[GuardLevel, str] = {
    GuardLevel.OFF: msgid("nothing happens"),
    GuardLevel.WARN: msgid("the author is asked, and may send it"),
    GuardLevel.HOLD: msgid("needs another lead's approval; blocked if there is none"),
    GuardLevel.BLOCK: msgid("blocked until it is changed"),
}
_EDIT = msgid("Not sent: press Edit to change it.")
_NO_LEAD = msgid("A lead would have to approve it, and nobody else here can.")
_ALL = msgid("Not sent: change it and run {command} again.")
ANYWAY = msgid("your reply is sent as you wrote it, and the audit log says that you were asked")
NOT_YOURS = msgid("You no longer set this creator's guard. No changes made.")
_FOOT = msgid(
    "We check every reply, mass message and post before it is sent. Findings appear in "
    "/team audit, without the text."
)


def level_name(level: GuardLevel) -> str:
    return tr(LEVEL_NAMES[level])


def asked(packs: Iterable[GuardPack]) -> tuple[str, ...]:
    return tuple(f"**{tr(_READS[pack])}**" for pack in packs)


def refused(packs: Iterable[GuardPack]) -> str:
    """Say why it stays, and what to do."""
    return " ".join((*(tr(_READS[pack]) for pack in packs), tr(_EDIT)))


def held(packs: Iterable[GuardPack]) -> str:
    """Say why it waits for a lead; the lane says the outcome."""
    return " ".join(tr(_READS[pack]) for pack in packs)


def undecided(packs: Iterable[GuardPack]) -> str:
    """Say why it stays, where no lead decides."""
    return " ".join((*(tr(_READS[pack]) for pack in packs), tr(_NO_LEAD), tr(_EDIT)))


def refused_for_all(packs: Iterable[GuardPack], command: str) -> str:
    """Likewise, of what is for a whole creator."""
    return " ".join((*(tr(_READS[pack]) for pack in packs), tr(_ALL, command=command)))


def warned_for_all(packs: Iterable[GuardPack]) -> tuple[str, ...]:
    """The lines above such a preview."""
    return tuple(f"⚠️ **{tr(_READS[pack])}**" for pack in packs)


def shown(levels: Levels, handle: str) -> Post:
    """The levels of a creator."""
    lines = [
        f"- **{tr(NAMES[pack])}** (`{pack}`): {level_name(level)}, {tr(FOLLOWS[level])}{_usual(pack, level)}"
        for pack, level in levels.items()
    ]
    return Post(
        title=tr("Guard of @{handle}", handle=_safe(handle)), body=("\n".join(lines),), small=tr(_FOOT)
    )


def cannot(pack: GuardPack) -> str:
    """A level that this pack does not have."""
    levels = tr(" or ").join(map(level_name, allowed(pack)))
    return tr("{pack} can only be set to {levels}. No changes made.", pack=tr(NAMES[pack]), levels=levels)


def is_so(pack: GuardPack, level: GuardLevel) -> str:
    return tr(
        "{pack} is already at {level}: {follows}.",
        pack=tr(NAMES[pack]),
        level=level_name(level),
        follows=tr(FOLLOWS[level]),
    )


def done(pack: GuardPack, before: GuardLevel, level: GuardLevel, handle: str) -> str:
    return tr(
        "Done. **{pack}** is now {level} for @{handle} (was {before}): {follows}. It "
        "applies immediately, also to waiting replies.",
        pack=tr(NAMES[pack]),
        level=level_name(level),
        handle=_safe(handle),
        before=level_name(before),
        follows=tr(FOLLOWS[level]),
    )


def tested(
    acts: Mapping[GuardPack, GuardLevel], quiet: Iterable[GuardPack], words: Mapping[str, GuardLevel]
) -> Post:
    """The guard's result for a text, which is not repeated.

    `quiet`: packs that are off. `words`: lines about forbidden words, with their levels.
    """
    found = {**acts, **dict.fromkeys(quiet, GuardLevel.OFF)}
    lines = [f"- **{tr(NAMES[pack])}**: {level_name(level)}" for pack, level in found.items()]
    lines += [
        tr("- {line} Level: **{level}**.", line=line, level=level_name(level))
        for line, level in list(words.items())[:_TRIED]
    ]
    if len(words) > _TRIED:
        more = len(words) - _TRIED
        lines.append(tr_many("- and {n} more forbidden words.", "- and {n} more forbidden words.", more))
    if not lines:
        return Post(body=(tr("The guard found nothing: this would be sent."),), small=tr(_TESTED))
    return Post(
        title=tr("The guard found"),
        body=(
            "\n".join(lines),
            tr(
                "Overall: {follows}.",
                follows=tr(FOLLOWS[max(strictest(acts), strictest(words), key=list(GuardLevel).index)]),
            ),
        ),
        small=tr(_TESTED),
    )


_TRIED = 15  # forbidden words that one answer names
_TESTED = msgid("Only you see this. It was not sent, and the text was not kept.")


def _usual(pack: GuardPack, level: GuardLevel) -> str:
    return "" if level is DEFAULTS[pack] else tr(" (usually {level})", level=level_name(DEFAULTS[pack]))


def _safe(handle: str) -> str:
    return safe(one_line(handle, 40))
