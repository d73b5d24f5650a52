"""The section of what waits for a person: fans, held replies, open questions."""

from bot.features.operations.creator_context.model import ContextWaitingFan, WaitingSection
from bot.features.operations.creator_context.model_parts import moment, moment_or_none
from bot.features.operations.creator_context.subscribers_section import name_or_none
from storage.database import Transaction
from storage.inbox import held_replies, waiting_fans
from storage.inbox.waiting_fans import WaitingFan
from storage.operations import attention
from storage.records import CreatorId, Millis

_QUESTIONS = 1_000  # that are counted at most


async def waiting(tx: Transaction, creator: CreatorId, *, most: int, now: Millis) -> WaitingSection:
    """All that waits, from the database alone."""
    found = await waiting_fans.standing(tx, creator, now=now, limit=most + 1)
    rows = [(one, since) for one in found if (since := one.talk.waiting_since) is not None]
    return WaitingSection(
        fans=[_fan(one, since, now) for one, since in rows[:most]],
        complete=len(rows) <= most,
        held_replies=await held_replies.number(tx, creator, now=now),
        needs_decision=len(await attention.waiting(tx, creator, limit=_QUESTIONS)),
    )


def _fan(one: WaitingFan, since: Millis, now: Millis) -> ContextWaitingFan:
    talk = one.talk
    holder = talk.holder(now)
    there = one.guild is not None and one.thread is not None
    return ContextWaitingFan(
        id=talk.fan,
        handle=name_or_none(one.handle),
        name=name_or_none(one.display_name),
        since=moment(since),
        claimed_by=None if holder is None else str(holder),
        snoozed_until=moment_or_none(talk.snoozed_until if talk.snoozed(now) else None),
        thread_url=f"https://discord.com/channels/{one.guild}/{one.thread}" if there else None,
    )
