"""An audit in memory: no lines, one fan to offer."""

from bot.features.people.audit.service import AuditService
from tests.discord.desk_answers import answering

_NOTHING = "Nothing is written down."


STAND_INS = answering(
    AuditService,
    look=_NOTHING,
    turn=_NOTHING,
    suggest=lambda creator, typed: [(f"Nora {typed}".strip(), f"pseudonym of {creator}")],
)
