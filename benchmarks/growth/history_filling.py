"""A year of traffic, written straight into the tables that grow with messages.

Every second message is a fan's, every other one a reply. What a year leaves of each: the fact, the message,
the line and the look at the card; the command, the send with its claim, the line that shows it, its line of
the audit, whose it is for credit. Older texts are erased and their lines taken away, as the daily round does.
Times lie in no order with the ids, as in a real database, where ids are random; ids take the whole room
that random ones take, so that new rows fall between them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from storage.database import Database, Transaction, Value
from storage.engine.dialect import POSTGRES
from storage.inbox import watermarks
from storage.records import CreatorId, Millis

DAY: Final[Millis] = 86_400_000
DAYS: Final = 401  # one more than records are kept: the night has a day to take away
_TEXTS: Final = 29  # days: a day less than texts are kept, so that nothing has to go from Discord
_STEP: Final = 200_000  # messages in one commit
_BASE64: Final = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_HEX: Final = "0123456789abcdef"
_SNOWFLAKE: Final = 1_000_000_000_000_000_000  # older than any that a stand-in makes
_FAR: Final = 100_000_000  # sequence numbers beyond those of rows that the bridge has made itself
_MOST_FANS: Final = 20_000
_EACH: Final = 50  # messages of one fan, until there are so many fans

Say = Callable[[str], None]


@dataclass(frozen=True)
class TrafficOwner:
    """Whose traffic it is, and where it stands on Discord."""

    creator: CreatorId
    guild: int
    forum: int


def _spread(alphabet: str, digits: int) -> str:
    """The number of a message as that many leading digits: as large a part of all that there are."""
    size = len(alphabet)
    scaled = f"(n * {size**digits} / :rows)"
    each = [
        f"substr('{alphabet}', CAST(1 + {scaled} / {size**place} % {size} AS INTEGER), 1)"
        for place in reversed(range(digits))
    ]
    return " || ".join(each)


_TAIL = "substr(CAST(1000000000000 + n AS TEXT), 2)"
_ID = f"{_spread(_BASE64, 4)} || '-{{sort}}-' || {_TAIL}"
_UUID = f"{_spread(_HEX, 6)} || '00-0000-4000-8000-' || {_TAIL}"
_WHAT = f"""WITH RECURSIVE counted (n) AS (
        SELECT CAST(:since AS BIGINT) UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < :until),
    told AS (SELECT n, fan, thread, {_UUID} AS message,
                    :begin + (n * 7919 % :rows) * {DAYS} * {DAY // 1000} / :rows * 1000 AS at
             FROM counted JOIN bench_fans ON bench_fans.place = n * :fans / :rows)"""  # noqa: S608 - constants
_IN, _OUT = "WHERE n % 2 = 0", "WHERE n % 2 = 1"
_BODY = "CASE WHEN at < :young THEN :empty ELSE :text END"
_ERASED = f"CASE WHEN at < :young THEN at + {_TEXTS * DAY} END"
_PLACE = f"CASE WHEN at >= :young THEN CAST(thread AS TEXT) || ':' || CAST({_SNOWFLAKE} + n AS TEXT) END"


def _effect(sort: str, stream: str, network: str, kind: str, cause: str, part: str, place: str) -> str:
    made = _ID.format(sort=sort)
    return f"""outbox (id, stream, seq, network, kind, creator_uuid, fan_uuid, cause, part, body_ct, state,
            attempts, attempt_started, external_id, nonce, created_at, settled_at, erased_at)
        SELECT {made}, '{stream}:' || :creator || ':' || fan, {_FAR} + n, '{network}', '{kind}', :creator,
            fan, {_ID.format(sort=cause)}, '{part}', {_BODY}, 'done', 1, at, {place}, {made}, at, at + 900,
            {_ERASED}"""


# What each message leaves, and of which messages.
_ROWS: Final[Sequence[tuple[str, str]]] = (
    (
        f"""inbox (id, creator_uuid, kind, fact_key, source, source_at, received_at, state, body_ct,
                   erased_at)
            SELECT {_ID.format(sort="f")}, :creator, 'message', message, 'webhook', at, at + 300, 'done',
                   {_BODY}, {_ERASED}""",
        _IN,
    ),
    (
        f"""messages (creator_uuid, message_uuid, fan_uuid, direction, sent_at, outbox_id, channel_id,
                      discord_message_id, seen_at)
            SELECT :creator, message, fan, CASE WHEN n % 2 = 0 THEN 'in' ELSE 'out' END, at,
                   CASE WHEN n % 2 = 1 THEN {_ID.format(sort="s")} END,
                   CASE WHEN at >= :young THEN thread END,
                   CASE WHEN at >= :young THEN {_SNOWFLAKE} + n END,
                   CASE WHEN n % 2 = 1 THEN at + 60000 END""",
        "",
    ),
    (_effect("p", "dc", "discord", "post", "f", "line:0", _PLACE), _IN),
    (_effect("c", "cd", "discord", "card.show", "f", "show", "NULL"), _IN),
    (_effect("s", "fv", "fanvue", "chat.send", "k", "send", "message"), _OUT),
    (_effect("r", "dc", "discord", "reply.post", "s", "show", _PLACE), _OUT),
    (
        f"""commands (id, interaction_id, actor, actor_name, guild_id, channel_id, creator_uuid, action,
                      target, body_ct, state, created_at, token_ct, erased_at)
            SELECT {_ID.format(sort="k")}, {_ID.format(sort="i")}, 1 + n % 20, 'Member ' || n % 20, :guild,
                   thread, :creator, 'reply', '', {_BODY}, 'accepted', at, :empty, {_ERASED}""",
        _OUT,
    ),
    (
        f"""claims (creator_uuid, external_id, outbox_id)
            SELECT :creator, message, {_ID.format(sort="s")}""",
        _OUT,
    ),
    (
        """credit_sent (creator_uuid, item, kind, at, fan, member)
            SELECT :creator, message, 'reply', at, 'fan-' || fan, 1 + n % 20""",
        _OUT,
    ),
    (
        f"""audit (id, seq, at, actor, creator_uuid, action, target, cause, outcome, fan, guild_id,
                   channel_id, interaction_id, hash)
            SELECT {_ID.format(sort="a")}, n - 1000000000,
                   CASE WHEN at < :begin + {2 * DAY} THEN :begin + {2 * DAY} ELSE at END,
                   1 + n % 20, :creator, 'reply', {_ID.format(sort="s")}, {_ID.format(sort="k")},
                   'accepted', 'fan-' || fan, :guild, thread,
                   {_ID.format(sort="i")}, 'a line of before'""",
        _OUT,
    ),
)
_BOARD = f"""INSERT INTO outbox (id, stream, seq, network, kind, creator_uuid, cause, part, body_ct, state,
            attempts, attempt_started, nonce, created_at, settled_at, erased_at)
        SELECT {_ID.format(sort="w")}, 'wb:' || :creator, {_FAR} + n, 'discord', 'board.waiting', :creator,
               {_ID.format(sort="w")}, 'show', {_BODY}, 'done', 1, at, {_ID.format(sort="w")}, at, at,
               {_ERASED}
        FROM told WHERE n % 50 = 0"""  # noqa: S608 - constants


def fans_of(rows: int) -> int:
    """How many fans so many messages are from."""
    return max(min(rows // _EACH, _MOST_FANS), 1)


async def fill(
    database: Database, home: TrafficOwner, rows: int, *, now: Millis, kind: str, say: Say
) -> None:
    """Have so many messages more; the bridge does not run."""
    given: dict[str, Value] = {
        "creator": home.creator,
        "guild": home.guild,
        "forum": home.forum,
        "rows": rows,
        "begin": now - DAYS * DAY,
        "young": now - _TEXTS * DAY,
        "made": fans_of(rows),
        "text": b"\x01" * 420,
        "empty": b"\x01" * 41,
    }
    given["fans"] = await database.write(lambda tx: _people(tx, given))
    indexes = await database.write(lambda tx: _taken_away(tx, kind))
    for since in range(0, rows, _STEP):
        span = {"since": since, "until": min(since + _STEP, rows)}
        await database.write(lambda tx, span=span: _step(tx, given | span))  # type: ignore[misc]
        say(f"{span['until']:,} of {rows:,} messages")
    for number, index in enumerate(indexes, 1):
        await database.write(lambda tx, index=index: tx.execute(index))  # type: ignore[misc]
        if rows > _STEP:
            say(f"{number} of {len(indexes)} indexes")
    await database.write(lambda tx: tx.execute("DROP TABLE bench_fans"))
    await database.write(lambda tx: watermarks.credit(tx, home.creator, until=now))
    if kind == POSTGRES:  # which does so by itself where rows come one by one
        await database.write(lambda tx: tx.execute("ANALYZE"))


async def _step(tx: Transaction, given: dict[str, Value]) -> None:
    for what, which in _ROWS:
        await _insert(tx, f"INSERT INTO {what} FROM told {which}", given)
    await _insert(tx, _BOARD, given)


async def _insert(tx: Transaction, sql: str, given: dict[str, Value]) -> None:
    table, _, rest = sql.partition("SELECT")
    sql = f"{table} {_WHAT} SELECT{rest}"
    await tx.execute(sql, **{name: value for name, value in given.items() if f":{name}" in sql})


async def _people(tx: Transaction, given: dict[str, Value]) -> int:
    """New fans with threads, answered long ago, and all fans by their place; how many there are."""
    for sql in _FANS:
        await tx.execute(sql, **{name: value for name, value in given.items() if f":{name}" in sql})
    row = await tx.one("SELECT COUNT(*) AS number FROM bench_fans")
    return int(row["number"]) if row else 0


_EVERY = """WITH RECURSIVE counted (n) AS (
        SELECT CAST(0 AS BIGINT) UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < :made),
    made AS (SELECT n, {uuid} AS fan, {key} AS key FROM counted)""".format(  # noqa: S608 - constants
    uuid=_UUID.replace(":rows", ":made"), key=_ID.format(sort="t").replace(":rows", ":made")
)
_NAME = "CASE WHEN n % 10 = 0 THEN 'Sam' ELSE 'Guest ' || n END"
_THREAD = f"{_SNOWFLAKE} - 1000000 + n"
_FANS: Final = (
    f"""INSERT INTO fans (creator_uuid, fan_uuid, handle, display_name, first_seen, handle_folded,
                          name_folded, handle_likeness, name_likeness)
        {_EVERY} SELECT :creator, fan, 'guest' || n, {_NAME}, :begin, 'guest' || n, LOWER({_NAME}),
                        'guest' || n, LOWER({_NAME}) FROM made""",  # noqa: S608 - constants
    f"""INSERT INTO threads (thread_key, creator_uuid, fan_uuid, generation, guild_id, forum_id, thread_id,
                             card_id, reference, state)
        {_EVERY} SELECT key, :creator, fan, 1, :guild, :forum, {_THREAD}, {_THREAD}, key, 'open' FROM made""",  # noqa: S608 - constants
    f"""INSERT INTO talks (creator_uuid, fan_uuid, state, last_in, last_out, last_out_by, settled_until,
                           version)
        {_EVERY} SELECT :creator, fan, 'open', :begin, :begin, 'member', :begin, 2 FROM made""",  # noqa: S608 - constants
    f"""INSERT INTO cards (creator_uuid, fan_uuid, thread_id, shows, tags)
        {_EVERY} SELECT :creator, fan, {_THREAD}, 'shown', '' FROM made""",  # noqa: S608 - constants
    "CREATE TABLE bench_fans (place BIGINT PRIMARY KEY, fan TEXT NOT NULL, thread BIGINT NOT NULL)",
    """INSERT INTO bench_fans SELECT ROW_NUMBER() OVER (ORDER BY fan_uuid) - 1, fan_uuid, thread_id
       FROM threads WHERE creator_uuid = :creator AND thread_id IS NOT NULL""",
)
_GROWING: Final = "('inbox', 'messages', 'outbox', 'commands', 'claims', 'audit', 'credit_sent')"


async def _taken_away(tx: Transaction, kind: str) -> list[str]:
    """Drop what can be made again in one go, which is faster; how it is made."""
    if kind == POSTGRES:
        found = await tx.all(
            f"""SELECT indexname AS name, indexdef AS made FROM pg_indexes
                WHERE schemaname = 'public' AND tablename IN {_GROWING}
                  AND indexname NOT LIKE '%\\_key' AND indexname NOT LIKE '%\\_pkey'"""  # noqa: S608 - a constant
        )
    else:
        found = await tx.all(
            f"""SELECT name, sql AS made FROM sqlite_master
                WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN {_GROWING}"""  # noqa: S608 - a constant
        )
    for row in found:
        await tx.execute(f"DROP INDEX {row['name']}")
    return [str(row["made"]) for row in found]
