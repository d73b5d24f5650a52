"""How actions confirmed for a whole creator are said to have ended (pure)."""

from dataclasses import dataclass

from bot.model.language import msgid


@dataclass(frozen=True)
class ActionOutcome:
    """How it is said of a confirmed action that it did not take place, that nobody knows, that it did."""

    did_not: str
    unknown: str
    did: str


SENT = ActionOutcome(
    msgid("{what}, confirmed <t:{made}:f>, was not sent. {why}"),
    msgid("{what}, confirmed <t:{made}:f>: not known whether it was sent. {why}"),
    msgid("It was sent"),
)
_MADE = ActionOutcome(
    msgid("{what}, confirmed <t:{made}:f>, was not made. {why}"),
    msgid("{what}, confirmed <t:{made}:f>: not known whether it was made. {why}"),
    msgid("It was made"),
)
_CARRIED_OUT = ActionOutcome(
    msgid("{what}, confirmed <t:{made}:f>, was not carried out. {why}"),
    msgid("{what}, confirmed <t:{made}:f>: not known whether it was carried out. {why}"),
    msgid("It was carried out"),
)
_PUBLISHED = ActionOutcome(
    msgid("{what}, confirmed <t:{made}:f>, was not published. {why}"),
    msgid("{what}, confirmed <t:{made}:f>: not known whether it was published. {why}"),
    msgid("It was published"),
)
_SUBMITTED = ActionOutcome(
    msgid("{what}, confirmed <t:{made}:f>, was not submitted. {why}"),
    msgid("{what}, confirmed <t:{made}:f>: not known whether it was submitted. {why}"),
    msgid("It was submitted"),
)
_CHANGED = ActionOutcome(
    msgid("{what}, confirmed <t:{made}:f>, was not changed. {why}"),
    msgid("{what}, confirmed <t:{made}:f>: not known whether it was changed. {why}"),
    msgid("It was changed"),
)
_DONE = ActionOutcome(
    msgid("{what}, confirmed <t:{made}:f>, was not done. {why}"),
    msgid("{what}, confirmed <t:{made}:f>: not known whether it was done. {why}"),
    msgid("It was done"),
)
_CREATED = ActionOutcome(
    msgid("{what}, confirmed <t:{made}:f>, was not created. {why}"),
    msgid("{what}, confirmed <t:{made}:f>: not known whether it was created. {why}"),
    msgid("It was created"),
)
_DELETED = ActionOutcome(
    msgid("{what}, confirmed <t:{made}:f>, was not deleted. {why}"),
    msgid("{what}, confirmed <t:{made}:f>: not known whether it was deleted. {why}"),
    msgid("It was deleted"),
)
OUTCOMES = {  # of what was confirmed for a whole creator
    "proposed.mass_change": _MADE,
    "proposed.mass_end": _CARRIED_OUT,
    "proposed.post": _PUBLISHED,
    "proposed.postask": _SUBMITTED,
    "proposed.postedit": _CHANGED,
    "proposed.postdelete": _DONE,
    "proposed.postpin": _DONE,
    "proposed.postunpin": _DONE,
    "proposed.postcomment": _PUBLISHED,
    "proposed.repost": _MADE,
    "proposed.trackcreate": _CREATED,
    "proposed.trackdelete": _DELETED,
}
