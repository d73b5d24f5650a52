"""What people read of drafts that leave by a rule."""

from collections.abc import Sequence
from typing import Final

from bot.features.operations.draft_rules.model import KINDS
from bot.model.draft_source import DraftKind
from bot.model.language import msgid, msgid_many, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.colours import TROUBLE_COLOUR
from bot.text.quiet_hours import clock_of
from bot.text.safe_text import one_line, safe
from storage.people.draft_rules import DraftRule

ALLOW: Final = "autosend.allow"  # its button
RULE: Final = msgid("The owner's rule")  # who sent it, where a name is shown
NO_RULE: Final = msgid("The owner's rule no longer covers it.")
WHY_NOT: Final = {
    "hours": msgid("It's outside the hours of the owner's rule."),
    "limit": msgid("The owner's rule has sent as many as it may today."),
}
KEY_ENDED: Final = msgid("The program's key is no longer valid.")
NOT_ALLOWED: Final = msgid("The key's role may not send this.")
NEEDS_LEAD: Final = msgid("What the key's role writes needs a lead's approval.")
FAILED: Final = msgid("It couldn't be looked up on Fanvue.")
NO_TIME: Final = msgid("“{typed}” is not a time of day. Write it as 22:00. No changes made.")
TWO_ENDS: Final = msgid("Give both from and until, for example from:22:00 until:08:00. No changes made.")
CHANGED: Final = msgid("This question is too old. Run /inbox autosend again.")
_BETWEEN: Final = msgid("{begins} to {ends} ({zone})")
_WAITS: Final = msgid_many("each after {n} minute", "each after {n} minutes")
_WHAT: Final = {
    DraftKind.REPLY: msgid(
        "Replies that a program with a key drafts for @{handle} will be sent without anyone pressing Send."
    ),
    DraftKind.MASS_MESSAGE: msgid(
        "Mass messages that a program with a key drafts for @{handle} will be sent without anyone "
        "confirming a preview."
    ),
    DraftKind.POST: msgid(
        "Posts that a program with a key drafts for @{handle} will be published without anyone confirming "
        "a preview."
    ),
    DraftKind.TEMPLATE: msgid(
        "Templates that a program with a key drafts for @{handle} will be saved without anyone reading them."
    ),
}
_IN_THREAD: Final = msgid(
    "Each one stands in its fan's thread first, so your team can send, edit or discard it before."
)
_IN_CHANNEL: Final = msgid(
    "Each one stands in the alerts channel first, so your team can open or discard it before."
)
_REPLY_CHECKS: Final = msgid(
    "All checks apply. If one asks or holds, or if someone writes or answers the fan first, it waits for "
    "your team."
)
_CHECKS: Final = msgid(
    "All checks apply. If its preview warns, or needs a typed number or a second person, it waits for "
    "your team."
)
_HANDLE: Final = 40
_TYPED: Final = 20


def rules(found: Sequence[DraftRule], zone: str) -> str:
    """What holds, for /settings and as an answer."""
    said = [f"{tr(KINDS[DraftKind(one.kind)])}: {rule(one, zone)}" for one in found if one.kind in KINDS]
    return "\n".join(said) or tr("Off: a person sends each draft.")


def rule(one: DraftRule, zone: str) -> str:
    """One rule in a line. `zone`: the name of the creator's time zone."""
    times = tr("at any time")
    if one.begins != one.ends:
        times = tr(_BETWEEN, begins=clock_of(one.begins), ends=clock_of(one.ends), zone=zone)
    return ", ".join((tr("Up to {n} a day", n=one.most), times, tr_many(*_WAITS, one.wait)))


def shortened(typed: str) -> str:
    """What was typed, as a refusal quotes it."""
    return safe(one_line(typed, _TYPED))


def question(one: DraftRule, handle: str, zone: str, button: Button) -> Post:
    """Before a rule counts."""
    kind = DraftKind(one.kind)
    what = tr(_WHAT[kind], handle=safe(one_line(handle, _HANDLE)))
    how, checks = (_IN_THREAD, _REPLY_CHECKS) if kind is DraftKind.REPLY else (_IN_CHANNEL, _CHECKS)
    return Post(
        title=tr("Send drafts without a press?"),
        body=(what, f"**{rule(one, zone)}**", tr(how), tr(checks)),
        small=tr("Stop it with limit:0, or with a pause. /team audit shows each one."),
        accent=TROUBLE_COLOUR,
        buttons=(button,),
    )
