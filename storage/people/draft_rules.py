"""Owners who let drafts of their programs leave without a press."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.engine import signed_rights
from storage.engine.signed_rights import DRAFT_RULES
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of, row_of


@dataclass(frozen=True)
class DraftRule:
    """One rule, for drafts of one kind. `begins`, `ends`: minutes of the creator's day; the same: all day.

    `most`: drafts a day; `wait`: minutes in which people can still stop one.
    """

    creator: CreatorId
    kind: str
    most: int
    begins: int
    ends: int
    wait: int
    by: DiscordId


async def of_creator(tx: Transaction, creator: CreatorId) -> list[DraftRule]:
    """All of a creator's rules, by kind."""
    sql = "SELECT * FROM draft_rules WHERE creator_uuid = :creator ORDER BY kind"
    return [
        record_of(DraftRule, row, by=row["set_by"])
        for row in await signed_rights.every(tx, DRAFT_RULES, sql, creator=creator)
    ]


async def get(tx: Transaction, creator: CreatorId, kind: str) -> DraftRule | None:
    """The rule for drafts of this kind; None: a person sends each."""
    return next((rule for rule in await of_creator(tx, creator) if rule.kind == kind), None)


async def put(tx: Transaction, rule: DraftRule, *, now: Millis) -> None:
    """In the place of the one before."""
    row = row_of(rule, DRAFT_RULES.columns, set_by=rule.by, set_at=now)
    await signed_rights.put(tx, DRAFT_RULES, row)


async def end(tx: Transaction, creator: CreatorId, kind: str) -> bool:
    """Whether there was one."""
    sql = "DELETE FROM draft_rules WHERE creator_uuid = :creator AND kind = :kind"
    return await tx.execute(sql, creator=creator, kind=kind) > 0
