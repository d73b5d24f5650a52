"""What members read of a draft in the alerts channel: never its text."""

from typing import Any

from bot.features.inbox.program_drafts.model import DraftOutcome
from bot.features.operations.channel_drafts.model import ChannelDraft, ChannelDraftKind, DraftContent
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.colours import QUIET_COLOUR
from bot.text.render import money
from bot.text.safe_text import safe
from storage.records import DiscordId, Millis

GONE = msgid("This draft is no longer available.")
KEY_ENDED = msgid("The key of the program that wrote this is no longer valid, so the draft can't be opened.")
NOTHING = msgid("Not saved.")
_UNTIL = msgid("It waits until <t:{at}:f>.")
_PASSED = msgid("{draft}: its time, <t:{at}:f>, passed before anyone confirmed it. {nothing}")
_MISSED = msgid("⚠️ {draft}: nobody confirmed it in time. {nothing}")
_KEPT = msgid("Who planned it has its text in the calendar of the web page for a week.")
_LEAVES = msgid(
    "Written by a program. The owner's rule confirms it <t:{at}:R>, unless someone opens or discards it "
    "first."
)
_STAYS = msgid("Not confirmed by the owner's rule. {why}")
_ENDED = {
    DraftOutcome.DISCARDED: msgid("{draft}: discarded by <@{by}>. {nothing}"),
    DraftOutcome.WITHDRAWN: msgid("{draft}: the program took it back. {nothing}"),
    DraftOutcome.EXPIRED: msgid("{draft}: expired. {nothing}"),
}


def shown(draft: ChannelDraft, *, leaves: Millis | None = None, why: str = "") -> Post:
    """The line in the alerts channel. `leaves`: when a rule confirms it; `why`: what keeps a rule from it."""
    kind, ref = draft.kind, draft.row.id
    title, usual = _heads(kind, draft.program, draft.member)
    small = usual if leaves is None else tr(_LEAVES, at=leaves // 1000)
    if draft.member is not None and draft.row.expires_at is not None:
        small = f"{small} {tr(_UNTIL, at=draft.row.expires_at // 1000)}"
    about = "\n".join(kind.words.about(draft.content))
    return Post(
        title=title,
        body=(about,) if about else (),
        small=f"{tr(_STAYS, why=why)}\n{small}" if why else small,
        accent=QUIET_COLOUR,
        buttons=(
            Button(kind.button("open"), ref, tr("Open"), "primary"),
            Button(kind.button("discard"), ref, tr("Discard"), "danger"),
        ),
    )


def ended(
    kind: ChannelDraftKind[Any],
    wrote: tuple[str, DiscordId | None],
    how: DraftOutcome,
    by: DiscordId | None,
    *,
    by_rule: bool = False,
    passed: int | None = None,
) -> Post:
    """The same line from now on. `wrote`: the program, or the member; `passed`: its time, which is over."""
    words = kind.words
    title, said = _heads(kind, *wrote)[0], _ENDED.get(how, words.taken)
    if by_rule:
        return Post(body=(tr("{draft}: confirmed by the owner's rule.", draft=title),))
    if passed is not None:
        return Post(body=(tr(_PASSED, draft=title, at=passed, nothing=tr(words.nothing)),))
    return Post(body=(tr(said, draft=title, by=by, nothing=tr(words.nothing)),))


def missed(kind: ChannelDraftKind[Any], member: DiscordId, *, kept: bool) -> Post:
    """A new line, for who planned it. `kept`: its text is."""
    said = tr(_MISSED, draft=_heads(kind, "", member)[0], nothing=tr(kind.words.nothing))
    return Post(body=(said,), small=tr(_KEPT) if kept else None)


def _heads(kind: ChannelDraftKind[Any], program: str, member: DiscordId | None) -> tuple[str, str]:
    """A line's title, and its small print while it waits."""
    words = kind.words
    if member is None or words.by_member is None:
        return tr(words.title, program=safe(program)), tr(words.small)
    title, small = words.by_member
    return tr(title, member=member), tr(small)


def discarded(kind: ChannelDraftKind[Any]) -> str:
    """The answer to whoever pressed Discard."""
    return tr("Discarded. {nothing}", nothing=tr(kind.words.nothing))


def too_old(kind: ChannelDraftKind[Any]) -> str:
    """It waited longer than it may."""
    return tr("This draft is too old. Start a new one with {command}.", command=kind.command)


def items(content: DraftContent) -> list[str]:
    """A line that says what goes with a text, and for how much, where something does."""
    if not content["media"]:
        return []
    found = tr_many("{n} item from the vault", "{n} items from the vault", len(content["media"]))
    price = content["price_cents"]
    return [found if price is None else tr("{items}, for {price}", items=found, price=money(price))]
