"""Members' choices: which messages of a creator's fans they are pinged about."""

from dataclasses import dataclass
from enum import StrEnum

from storage.database import FrequentStatement, Transaction
from storage.records import CreatorId, DiscordId, FanId, Millis
from storage.rows import record_of

MESSAGE_PING = "ping.message"  # the kind of the effect that pings
PING_OFFER = "ping.offer"  # the same that asks a new member whether to be pinged

_OF_CREATOR = FrequentStatement("SELECT * FROM pings WHERE creator_uuid = :creator ORDER BY member_id")


class PingMode(StrEnum):
    """What makes a member's phone ring."""

    CONVERSATIONS = "conversations"  # the first message of a fan who waits from then on
    MESSAGES = "messages"
    MINE = "mine"  # messages of fans whom the member answered last
    NOTHING = "nothing"


@dataclass(frozen=True)
class PingChoice:
    """One member's, about one creator. Quiet hours are minutes of the day, both or neither.

    `zone`: an IANA name; None: the creator's.
    """

    creator: CreatorId
    member: DiscordId
    mode: PingMode
    quiet_from: int | None = None
    quiet_to: int | None = None
    zone: str | None = None


async def get(tx: Transaction, creator: CreatorId, member: DiscordId) -> PingChoice | None:
    """A member's; None: they never chose."""
    row = await tx.one(
        "SELECT * FROM pings WHERE creator_uuid = :creator AND member_id = :member",
        creator=creator,
        member=member,
    )
    return record_of(PingChoice, row) if row else None


async def of_creator(tx: Transaction, creator: CreatorId) -> list[PingChoice]:
    """The choices of all who want to be pinged about a creator's fans."""
    return [one for one in await every(tx, creator) if one.mode is not PingMode.NOTHING]


async def every(tx: Transaction, creator: CreatorId) -> list[PingChoice]:
    """The choices of all who chose, also of those who want no pings."""
    return [record_of(PingChoice, row) for row in await tx.all(_OF_CREATOR, creator=creator)]


async def put(tx: Transaction, choice: PingChoice, *, now: Millis) -> None:
    """Keep a choice in place of the one before."""
    await tx.execute(
        """INSERT INTO pings (creator_uuid, member_id, mode, quiet_from, quiet_to, zone, changed_at)
           VALUES (:creator, :member, :mode, :quiet_from, :quiet_to, :zone, :now)
           ON CONFLICT (creator_uuid, member_id) DO UPDATE SET mode = excluded.mode,
               quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, zone = excluded.zone,
               changed_at = excluded.changed_at""",
        **vars(choice),
        now=now,
    )


async def last(tx: Transaction, creator: CreatorId, fan: FanId) -> Millis | None:
    """When the newest ping about a fan was decided, unless it turned out that nobody needed it."""
    row = await tx.one(
        """SELECT MAX(created_at) AS at FROM outbox
           WHERE creator_uuid = :creator AND fan_uuid = :fan AND kind = :kind
             AND state IN ('pending', 'sending', 'unknown', 'done')""",
        creator=creator,
        fan=fan,
        kind=MESSAGE_PING,
    )
    return row["at"] if row else None
