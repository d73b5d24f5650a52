"""What members read of a program's mass message: never its text."""

from typing import Any

from bot.features.inbox.program_drafts.model import DraftOutcome
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.colours import QUIET_COLOUR
from bot.text.render import money
from bot.text.safe_text import one_line, safe
from storage.records import DiscordId

OPEN, DISCARD = "programmass.open", "programmass.discard"  # its buttons
GONE = msgid("This draft is no longer available.")
TOO_OLD = msgid("This draft is too old. Start a new one with /mass new.")
KEY_ENDED = msgid("The key of the program that wrote this was revoked, so the draft can't be opened.")
DISCARDED = msgid("Discarded. Not sent.")
_TITLE = msgid("Mass message drafted by {program}")
_SMALL = msgid("Written by a program. Open makes it your draft; nothing is sent until you confirm a preview.")
_ENDED = {
    DraftOutcome.TAKEN: msgid("Mass message drafted by {program}: <@{by}> opened it."),
    DraftOutcome.DISCARDED: msgid("Mass message drafted by {program}: discarded by <@{by}>. Not sent."),
    DraftOutcome.WITHDRAWN: msgid("Mass message drafted by {program}: the program took it back. Not sent."),
    DraftOutcome.EXPIRED: msgid("Mass message drafted by {program}: expired. Not sent."),
}
_NAMES = 200  # letters


def shown(ref: str, program: str, draft: dict[str, Any]) -> Post:
    """The line in the alerts channel."""
    return Post(
        title=tr(_TITLE, program=safe(program)),
        body=("\n".join(_about(draft)),),
        small=tr(_SMALL),
        accent=QUIET_COLOUR,
        buttons=(
            Button(OPEN, ref, tr("Open"), "primary"),
            Button(DISCARD, ref, tr("Discard"), "danger"),
        ),
    )


def ended(program: str, how: DraftOutcome, by: DiscordId | None) -> Post:
    """The same line from now on."""
    return Post(body=(tr(_ENDED[how], program=safe(program), by=by),))


def _about(draft: dict[str, Any]) -> list[str]:
    lines = [tr("**To:** {names}", names=_names(draft["to"]))]
    if draft["except"]:
        lines.append(tr("**Except:** {names}", names=_names(draft["except"])))
    if draft["media"]:
        items = tr_many("{n} item from the vault", "{n} items from the vault", len(draft["media"]))
        price = draft["price_cents"]
        lines.append(items if price is None else tr("{items}, for {price}", items=items, price=money(price)))
    if (at := draft["at"]) is not None:
        lines.append(tr("**Planned:** <t:{at}:f>", at=at))
    return lines


def _names(lists: list[str]) -> str:
    return safe(one_line(", ".join(lists), _NAMES))
