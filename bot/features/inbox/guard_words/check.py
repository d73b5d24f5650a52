"""Keeps a reply back that has a forbidden word."""

from bot.engine.audit_log import AuditLog
from bot.features.inbox.checks.leads import is_led
from bot.features.inbox.checks.model import (
    CheckHold,
    CheckPass,
    CheckQuestion,
    CheckRefusal,
    DraftedReply,
    Finding,
)
from bot.features.inbox.guard.audit_log import ANYWAY, OUTCOMES, GuardAuditLog
from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard.texts import WORDS
from bot.features.inbox.guard_words import texts
from bot.features.inbox.guard_words.word_lists import ForbiddenWord, GuardWordLists, mark_of, strictest
from bot.model.language import tr
from storage.database import Transaction
from storage.engine import commands


class GuardWordCheck:
    """Hears what is forbidden at this moment, for everybody, as the packs of the guard do."""

    name = "words"

    def __init__(self, *, lists: GuardWordLists, trail: AuditLog) -> None:
        self._lists = lists
        self._noting = GuardAuditLog(trail)

    async def look(self, tx: Transaction, reply: DraftedReply) -> Finding:
        """A yes covers the lists as they were: after a change it is asked about again."""
        command = await commands.get(tx, reply.command)
        guild = command.guild if command is not None else None
        found = await self._lists.find(tx, reply.message.text or "", reply.creator, guild)
        if not found:
            return CheckPass()
        level, mark = strictest(found), mark_of(found)
        agreed = reply.confirmed.get(self.name) == mark and level is not GuardLevel.BLOCK
        led = level is GuardLevel.HOLD and (
            reply.author is not None
            or (guild is not None and await is_led(tx, reply.creator, guild, but=reply.actor))
        )
        stays = level is GuardLevel.HOLD and not led
        outcome = ANYWAY if agreed else OUTCOMES[GuardLevel.BLOCK if stays else level]
        await self._noting.reply(tx, (WORDS,), outcome, reply)
        return CheckPass() if agreed else _finding(found, mark, level, led=led)


def _finding(found: list[ForbiddenWord], mark: str, level: GuardLevel, *, led: bool) -> Finding:
    if level is GuardLevel.BLOCK:
        return CheckRefusal(texts.refused(found))
    if level is GuardLevel.HOLD:
        return CheckHold(texts.held(found), mark) if led else CheckRefusal(texts.undecided(found))
    return CheckQuestion(texts.asked(found), tr(texts.ANYWAY), mark)
