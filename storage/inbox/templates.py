"""Templates of a creator, or shared on a server, and which reply came from which."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction, Value
from storage.records import CreatorId, DiscordId, Millis, TemplateId
from storage.rows import record_of

SHARED = CreatorId("")  # the creator of a template that a server's creators share
_TOGETHER = 100  # rows of one statement
ANYWHERE = DiscordId(0)  # the server of a creator's own template


@dataclass(frozen=True)
class StoredTemplate:
    """One template; its content is sealed."""

    id: TemplateId
    guild: DiscordId
    creator: CreatorId
    name: str
    key: str  # the name, as names are compared
    body: bytes
    by: DiscordId
    at: Millis
    used_at: Millis | None = None

    @property
    def shared(self) -> bool:
        """Whether it is for all creators of its server."""
        return self.creator == SHARED


@dataclass(frozen=True)
class TemplateFigures:
    """The uses of a template: to one fan, for a price, and paid; to many at once.

    `reached`, `unlocked`: of mass messages with a price, who got one and who bought it, at their last looks.
    """

    sent: int
    offered: int
    bought: int
    masses: int = 0
    posts: int = 0
    reached: int = 0
    unlocked: int = 0


async def get(tx: Transaction, template: TemplateId) -> StoredTemplate | None:
    row = await tx.one("SELECT * FROM templates WHERE id = :id", id=template)
    return _kept(row) if row else None


async def usable(tx: Transaction, creator: CreatorId, guild: DiscordId) -> list[StoredTemplate]:
    """A creator's own and those shared on this server, newest used first."""
    rows = await tx.all(
        """SELECT * FROM templates WHERE (guild_id = 0 AND creator_uuid = :creator)
             OR (guild_id = :guild AND creator_uuid = '')
           ORDER BY COALESCE(used_at, 0) DESC, changed_at DESC, name_key, id""",
        creator=creator,
        guild=guild,
    )
    return [_kept(row) for row in rows]


async def named(tx: Transaction, guild: DiscordId, creator: CreatorId, key: str) -> StoredTemplate | None:
    """The template of this place with this name."""
    row = await tx.one(
        "SELECT * FROM templates WHERE guild_id = :guild AND creator_uuid = :creator AND name_key = :key",
        guild=guild,
        creator=creator,
        key=key,
    )
    return _kept(row) if row else None


async def number(tx: Transaction, guild: DiscordId, creator: CreatorId) -> int:
    """Count this place's templates."""
    row = await tx.one(
        "SELECT COUNT(*) AS number FROM templates WHERE guild_id = :guild AND creator_uuid = :creator",
        guild=guild,
        creator=creator,
    )
    return int(row["number"]) if row else 0


async def put(tx: Transaction, *new: StoredTemplate) -> None:
    """Keep templates, or what they say now; where they belong and when they were used do not change."""
    for begin in range(0, len(new), _TOGETHER):
        given: dict[str, Value] = {}
        rows = []
        for number, one in enumerate(new[begin : begin + _TOGETHER]):
            row: dict[str, Value] = {
                "id": one.id,
                "guild": one.guild,
                "creator": one.creator,
                "name": one.name,
                "key": one.key,
                "body": one.body,
                "by": one.by,
                "at": one.at,
            }
            given |= {f"{name}{number}": value for name, value in row.items()}
            rows.append(f"({', '.join(f':{name}{number}' for name in row)})")
        await tx.execute(
            f"""INSERT INTO templates
                    (id, guild_id, creator_uuid, name, name_key, body_ct, changed_by, changed_at)
                VALUES {", ".join(rows)}
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
                    body_ct = excluded.body_ct, changed_by = excluded.changed_by,
                    changed_at = excluded.changed_at""",  # noqa: S608 - names only
            **given,
        )


async def remove(tx: Transaction, template: TemplateId) -> bool:
    """Delete a template and what is known of its use; False when it was not there."""
    await tx.execute("DELETE FROM template_uses WHERE template_id = :id", id=template)
    return await tx.execute("DELETE FROM templates WHERE id = :id", id=template) == 1


async def use(tx: Transaction, ref: str, template: TemplateId, creator: CreatorId, *, now: Millis) -> None:
    """Remember that this reply came from a template, which is the one used last now."""
    await remember(tx, ref, template, creator, now=now)
    await tx.execute("UPDATE templates SET used_at = :now WHERE id = :template", template=template, now=now)


async def remember(
    tx: Transaction, ref: str, template: TemplateId, creator: CreatorId, *, now: Millis
) -> None:
    """Remember from which template a reply, or a window for one, came; the first word counts."""
    await tx.execute(
        """INSERT INTO template_uses (ref, template_id, creator_uuid, used_at)
           VALUES (:ref, :template, :creator, :now) ON CONFLICT (ref) DO NOTHING""",
        ref=ref,
        template=template,
        creator=creator,
        now=now,
    )


async def follow(tx: Transaction, ref: str, came: Sequence[str], *, now: Millis) -> None:
    """A preview comes from the template of the first of these that came from one, if any did."""
    for earlier in came:
        row = await tx.one(
            "SELECT template_id, creator_uuid FROM template_uses WHERE ref = :earlier", earlier=earlier
        )
        if row is not None:
            whose = CreatorId(row["creator_uuid"])
            await remember(tx, ref, TemplateId(row["template_id"]), whose, now=now)
            return


async def left(tx: Transaction, ref: str, *, now: Millis) -> None:
    """Mark the template of a preview that leaves, if it has one, as the one used last."""
    await tx.execute(
        """UPDATE templates SET used_at = :now
           WHERE id = (SELECT template_id FROM template_uses WHERE ref = :ref)""",
        now=now,
        ref=ref,
    )


async def of_ref(tx: Transaction, ref: str) -> TemplateId | None:
    """From which template a reply, or a window for one, came."""
    row = await tx.one("SELECT template_id FROM template_uses WHERE ref = :ref", ref=ref)
    return TemplateId(row["template_id"]) if row else None


async def figures(tx: Transaction, template: TemplateId, creator: CreatorId) -> TemplateFigures:
    """The results of all that came from a template for a creator's fans, as far as they are kept."""
    row = await tx.one(
        """SELECT COUNT(CASE WHEN outbox.kind = 'chat.send' THEN 1 END) AS sent,
                  COUNT(CASE WHEN messages.price > 0 AND (messages.deleted_at IS NULL
                                                            OR messages.bought_at IS NOT NULL)
                        THEN 1 END) AS offered,
                  COUNT(CASE WHEN messages.price > 0 THEN messages.bought_at END) AS bought,
                  COUNT(CASE WHEN outbox.kind = 'proposed.mass' THEN 1 END) AS masses,
                  COUNT(CASE WHEN outbox.kind = 'proposed.post' THEN 1 END) AS posts,
                  COALESCE(SUM(campaigns.reached), 0) AS reached,
                  COALESCE(SUM(campaigns.bought), 0) AS unlocked
           FROM template_uses
           JOIN outbox ON outbox.cause = template_uses.ref AND outbox.state = 'done'
             AND outbox.kind IN ('chat.send', 'proposed.mass', 'proposed.post')
           LEFT JOIN messages ON messages.outbox_id = outbox.id AND messages.direction = 'out'
           LEFT JOIN campaigns ON campaigns.effect_id = outbox.id
           WHERE template_uses.template_id = :template AND template_uses.creator_uuid = :creator""",
        template=template,
        creator=creator,
    )
    assert row is not None, "a count has a row"
    return record_of(TemplateFigures, row)


def _kept(row: Row) -> StoredTemplate:
    return record_of(StoredTemplate, row, key=row["name_key"], by=row["changed_by"], at=row["changed_at"])
