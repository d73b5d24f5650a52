"""Rules that say who is offered a creator's fans first, in their order."""

from dataclasses import dataclass
from enum import StrEnum

from storage.database import FrequentStatement, Transaction
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of

_OF_CREATOR = FrequentStatement(
    "SELECT * FROM routing_rules WHERE creator_uuid = :creator ORDER BY place, id"
)


class RoutingCondition(StrEnum):
    """What is true of a fan for whom a rule counts."""

    VIP = "vip"  # the team's mark
    TAG = "tag"
    LANGUAGE = "language"  # as the team wrote it down in a tag
    LIST = "list"  # on Fanvue, as of the last look at it
    NEW = "new"  # the first conversation began at most so many days ago
    SPENT = "spent"  # at least so much
    EVERYONE = "everyone"


@dataclass(frozen=True)
class StoredRoutingRule:
    """One rule. `body`: the sealed tag or language."""

    id: str
    creator: CreatorId
    place: int
    condition: RoutingCondition
    number: int | None
    body: bytes | None
    target_kind: str  # "member" or "role"
    target: DiscordId
    minutes: int
    is_on: bool
    by: DiscordId
    at: Millis
    list: str | None = None  # the key of a Fanvue list


async def of_creator(tx: Transaction, creator: CreatorId) -> list[StoredRoutingRule]:
    """All of a creator's, the first first."""
    return [
        record_of(StoredRoutingRule, row, by=row["changed_by"], at=row["changed_at"], list=row["list_key"])
        for row in await tx.all(_OF_CREATOR, creator=creator)
    ]


async def add(tx: Transaction, rule: StoredRoutingRule) -> None:
    """Keep a new rule."""
    await tx.execute(
        """INSERT INTO routing_rules (id, creator_uuid, place, condition, number, body_ct, target_kind,
                                      target_id, minutes, is_on, changed_by, changed_at, list_key)
           VALUES (:id, :creator, :place, :condition, :number, :body, :target_kind, :target, :minutes,
                   :is_on, :by, :at, :list)""",
        **vars(rule),
    )


async def remove(tx: Transaction, rule: str) -> None:
    """Delete one."""
    await tx.execute("DELETE FROM routing_rules WHERE id = :id", id=rule)


async def put_at(tx: Transaction, rule: str, place: int, *, by: DiscordId, now: Millis) -> None:
    """Change a rule's place."""
    await tx.execute(
        "UPDATE routing_rules SET place = :place, changed_by = :by, changed_at = :now WHERE id = :id",
        id=rule,
        place=place,
        by=by,
        now=now,
    )


async def switch(tx: Transaction, creator: CreatorId, *, is_on: bool, by: DiscordId, now: Millis) -> None:
    """Use all rules of a creator, or keep them unused."""
    await tx.execute(
        """UPDATE routing_rules SET is_on = :is_on, changed_by = :by, changed_at = :now
           WHERE creator_uuid = :creator""",
        creator=creator,
        is_on=int(is_on),
        by=by,
        now=now,
    )


async def remove_member(tx: Transaction, creator: CreatorId, member: DiscordId) -> int:
    """Delete the rules that name a member; how many."""
    return await tx.execute(
        """DELETE FROM routing_rules
           WHERE creator_uuid = :creator AND target_kind = 'member' AND target_id = :member""",
        creator=creator,
        member=member,
    )
