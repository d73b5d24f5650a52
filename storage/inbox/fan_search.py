"""The data of a search: names by likeness, sealed rows newest first."""

from storage.database import Transaction
from storage.engine.outbox import effect_of
from storage.inbox.fans import fan_of
from storage.records import CreatorId, Effect, Fan


async def fans_named(tx: Transaction, creator: CreatorId, *, part: str, alike: str, limit: int) -> list[Fan]:
    """Fans in whose handle or name this stands: `part` folded, or `alike` as a likeness."""
    rows = await tx.all(
        r"""SELECT * FROM fans WHERE creator_uuid = :creator
              AND (handle_folded LIKE :part ESCAPE '\' OR name_folded LIKE :part ESCAPE '\'
                   OR handle_likeness LIKE :alike ESCAPE '\' OR name_likeness LIKE :alike ESCAPE '\')
            ORDER BY first_seen DESC, fan_uuid LIMIT :limit""",
        creator=creator,
        part=f"%{_literal(part)}%",
        alike=f"%{_literal(alike)}%",
        limit=limit,
    )
    return [fan_of(row) for row in rows]


async def lines_newest(tx: Transaction, creator: CreatorId, *, limit: int) -> list[Effect]:
    """Lines of fans' threads and sent replies whose texts are still there, newest first."""
    rows = await tx.all(
        """SELECT * FROM outbox WHERE creator_uuid = :creator AND erased_at IS NULL
             AND fan_uuid IS NOT NULL AND kind IN ('post', 'post.join', 'chat.send')
           ORDER BY created_at DESC LIMIT :limit""",
        creator=creator,
        limit=limit,
    )
    return [effect_of(row) for row in rows]


def _literal(part: str) -> str:
    return part.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
