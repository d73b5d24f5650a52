"""Any column of a row of rights: changed by hand, the row counts as not there."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import pytest

from bot.features.people.accounts.keyring import Keyring, MasterKey
from storage.database import Database, Row, Transaction
from storage.engine.dialect import COLUMNS
from storage.engine.signed_database import SignedDatabase
from storage.engine.signed_rights import MAC, TABLES, SignedTable
from storage.inbox import forum_setups, forums
from storage.money import digests
from storage.operations import signed_rows
from storage.people import (
    agent_grants,
    api_keys,
    assistant_consents,
    consents,
    creators,
    draft_rules,
    grants,
    managed_creators,
    page_sessions,
)
from storage.people.api_keys import ApiKeyScope
from storage.records import DiscordId, LinkId, LinkState
from tests.storage.record_fixtures import CREATOR, GUILD, OTHER_CREATOR, OTHER_GUILD
from tests.storage.rights_fixtures import FORUM, MEMBER, OWNER, TEAM, CountingSigner, fill

CREATORS = (CREATOR, OTHER_CREATOR)
ROWS = {
    "links": 1,
    "grants": 2,
    "consents": 2,
    "forums": 1,
    "setups": 1,
    "api_keys": 1,
    "api_key_scopes": 1,
    "agent_grants": 1,
    "draft_rules": 1,
    "page_sessions": 1,
    "assistant_consents": 1,
}
HASHES = (
    *("client_hash", "resource", "family_hash", "refresh_hash", "access_hash"),
    *("ticket_hash", "browser_hash", "state_hash", "session_hash"),
)
TEXTS = {
    "server",
    "uses",
    "id",
    "scopes",
    "handle",
    "plus",
    "minus",
    "tags",
    "name",
    "digest",
    "key_id",
    "scope",
    *HASHES,
    MAC,
}
# One of each table.
COLUMNS_BY_HAND = (
    "discord_user",
    "role",
    "given_by",
    "guild_id",
    "set_by",
    "role",
    "creator_uuid",
    "access_hash",
    "most",
    "member_id",
    "agreed_by",
)
# What a column may hold besides, where not any text or number will do.
ELSE = {
    "creator_uuid": OTHER_CREATOR,
    "state": LinkState.RELINK_REQUIRED,
    "links.kind": "steward",
    "grants.kind": "role",
    "draft_rules.kind": "template",
    "role": "manager",
    "side": "neither",
    "money": "exact",
    "via": "link-2",
}

Read = Callable[[Transaction], Coroutine[Any, Any, list[Any]]]


@pytest.fixture
def signer() -> CountingSigner:
    return CountingSigner()


@pytest.fixture
async def town(known: Database, signer: CountingSigner) -> Database:
    """Two creators, of whom one is linked and on a server; each row is signed."""
    database = SignedDatabase(known, signer)
    await database.write(fill)
    return database


async def ids_of(tx: Transaction, table: SignedTable, column: str) -> list[Any]:
    return [row[column] for row in await tx.all(f"SELECT {column} FROM {table.table}")]  # noqa: S608 - ours


async def links_read(tx: Transaction) -> list[Any]:
    table = TABLES[0]
    found: list[Any] = [
        *await creators.open_links(tx),
        *await creators.active_links(tx),
        *await creators.signed_in(tx),
        *[await creators.link(tx, one) for one in await ids_of(tx, table, "id")],
        *[await creators.open_link(tx, one) for one in CREATORS],
    ]
    for user in await ids_of(tx, table, "discord_user"):
        found += await creators.links_of(tx, user)
        found += await managed_creators.of_user(tx, user)
    for guild in await ids_of(tx, table, "guild_id"):
        found += await creators.linked_on(tx, guild)
    for via in await ids_of(tx, table, "via"):
        found += await creators.stewarded(tx, via)
    return [*found, *await digests.running(tx)]


async def grants_read(tx: Transaction) -> list[Any]:
    found = [
        one
        for creator in CREATORS
        for guild in guilds()
        for one in await grants.of_creator(tx, creator, guild)
    ]
    found += [
        one
        for subject in await ids_of(tx, TABLES[1], "subject_id")
        for guild in guilds()
        for one in await grants.of_member(tx, guild, subject)
    ]
    # A member's row may have taken something from them: it gives nothing, and takes it still.
    return [one for one in found if (one.role, one.plus, one.money) != ("none", "", None)]


async def consents_read(tx: Transaction) -> list[Any]:
    found: list[Any] = []
    for guild in guilds():
        found += [*await consents.of_guild(tx, guild), *await consents.guests(tx, guild)]
        for creator in CREATORS:
            found += [True] if await consents.both(tx, creator, guild) else []
            found += await consents.about(tx, creator, guild)
    return [*found, *[one for creator in CREATORS for one in await consents.places(tx, creator)]]


async def forums_read(tx: Transaction) -> list[Any]:
    return [
        *await forums.every(tx),
        *[await forums.get(tx, one) for one in await ids_of(tx, TABLES[3], "forum_id")],
        *[await forums.of_creator(tx, one) for one in CREATORS],
        *[one for guild in guilds() for one in await forums.of_guild(tx, guild)],
        *[one for guild in guilds() for one in await forums.waiting(tx, guild)],
        *[one for creator in CREATORS for one in await forums.guilds_of(tx, creator)],
    ]


async def setups_read(tx: Transaction) -> list[Any]:
    return [await forum_setups.of_forum(tx, one) for one in await ids_of(tx, TABLES[4], "forum_id")]


async def agent_grants_read(tx: Transaction) -> list[Any]:
    found: list[Any] = [await agent_grants.get(tx, one) for one in await ids_of(tx, TABLES[7], "key_id")]
    return found + [one for creator in CREATORS for one in await agent_grants.keys_of(tx, creator)]


async def draft_rules_read(tx: Transaction) -> list[Any]:
    return [one for creator in CREATORS for one in await draft_rules.of_creator(tx, creator)]


async def page_sessions_read(tx: Transaction) -> list[Any]:
    return [await page_sessions.by_ticket(tx, one) for one in await ids_of(tx, TABLES[9], "ticket_hash")]


async def assistant_consents_read(tx: Transaction) -> list[Any]:
    return [await assistant_consents.get(tx, one) for one in CREATORS]


async def api_keys_read(tx: Transaction) -> list[Any]:
    found: list[Any] = [await api_keys.get(tx, one) for one in await ids_of(tx, TABLES[5], "id")]
    return found + [one for creator in CREATORS for one in await api_keys.of_creator(tx, creator)]


async def api_key_scopes_read(tx: Transaction) -> list[Any]:
    """Each key that opens more than every key does."""
    keys = [await api_keys.get(tx, one) for one in await ids_of(tx, TABLES[6], "key_id")]
    listed = [one for creator in CREATORS for one in await api_keys.of_creator(tx, creator)]
    return [one for one in (*keys, *listed) if one is not None and one.scope is not ApiKeyScope.DATA]


READS: dict[str, Read] = {
    "links": links_read,
    "grants": grants_read,
    "consents": consents_read,
    "forums": forums_read,
    "setups": setups_read,
    "agent_grants": agent_grants_read,
    "draft_rules": draft_rules_read,
    "api_keys": api_keys_read,
    "api_key_scopes": api_key_scopes_read,
    "page_sessions": page_sessions_read,
    "assistant_consents": assistant_consents_read,
}


def guilds() -> list[DiscordId]:
    return [GUILD, DiscordId(GUILD + 1), OTHER_GUILD]


async def read(tx: Transaction, table: SignedTable) -> int:
    """How much every function together finds that reads this table."""
    return sum(one is not None for one in await READS[table.table](tx))


async def by_hand(tx: Transaction, table: SignedTable, column: str) -> list[Row]:
    """Write another value into every row, as somebody would who has the database and no key."""
    for row in await tx.all(f"SELECT * FROM {table.table}"):  # noqa: S608 - ours
        where = " AND ".join(f"{name} = :was_{name}" for name in table.key)
        await tx.execute(
            f"UPDATE {table.table} SET {column} = :value WHERE {where}",  # noqa: S608 - ours
            value=other(table, column, row[column]),
            **{f"was_{name}": row[name] for name in table.key},
        )
    return await tx.all(f"SELECT * FROM {table.table}")  # noqa: S608 - ours


def other(table: SignedTable, column: str, was: Any) -> Any:
    if column == "side":
        return f"not-{was}"
    chosen = ELSE.get(f"{table.table}.{column}", ELSE.get(column))
    if chosen is not None:
        return chosen if chosen != was else "member"
    is_text = column in TEXTS
    return f"{was}x" if is_text else (was or 0) + 1


async def refused(database: Database) -> list[str]:
    return [str(one) for one in await database.read(signed_rows.refused)]


class WorkUndone(Exception):
    """Raised so that nothing of a piece of work stays."""


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.table)
async def test_whatever_is_changed_by_hand_is_refused_and_named(
    town: Database, signer: CountingSigner, table: SignedTable
) -> None:
    assert await refused(town) == signer.tables == []
    assert await town.read(partial(read, table=table)) >= ROWS[table.table]

    async def work(tx: Transaction, column: str) -> None:
        rows = await by_hand(tx, table, column)
        assert len(rows) == ROWS[table.table]
        assert (column, await read(tx, table)) == (column, 0)
        named = [f"{table.table} {'/'.join(str(row[name]) for name in table.key)}" for row in rows]
        assert sorted(str(one) for one in await signed_rows.refused(tx)) == sorted(named)
        raise WorkUndone

    for column in (*table.columns, MAC):
        with pytest.raises(WorkUndone):
            await town.write(partial(work, column=column))
    assert set(signer.tables) == {table.table}
    assert await refused(town) == []


async def test_every_column_is_signed(known: Database) -> None:
    """Whoever adds one to such a table adds it to TABLES, and has the rows taken over once more."""
    found: dict[str, set[str]] = {}
    for row in await known.read(lambda tx: tx.all(COLUMNS)):
        found.setdefault(row["table"], set()).add(row["column"])

    signing = {name for name, columns in found.items() if MAC in columns}

    assert signing == {table.table for table in TABLES}
    assert all(found[table.table] == {*table.columns, MAC} for table in TABLES)


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.table)
async def test_a_row_of_somebody_elses_is_refused(town: Database, table: SignedTable) -> None:
    """Added without a signature, with another row's, or with one of another key."""
    forged = CountingSigner(Keyring([MasterKey("111", b"x" * 32)]))

    async def work(tx: Transaction) -> None:
        (row, *_) = await tx.all(f"SELECT * FROM {table.table}")  # noqa: S608 - ours
        copy = {**row, table.key[-1]: other(table, table.key[-1], row[table.key[-1]])}
        if table.table == "links":
            await tx.execute("UPDATE links SET state = 'closed'")  # one at most is open
        if table.table == "grants":
            copy["subject_id"] = 77
        for mac in (None, row[MAC], forged.sign(table.said(copy))):
            names = ", ".join(copy)
            await tx.execute(f"DELETE FROM {table.table}")  # noqa: S608 - ours
            await tx.execute(
                f"INSERT INTO {table.table} ({names}) VALUES ({', '.join(f':{name}' for name in copy)})",  # noqa: S608 - ours
                **{**copy, MAC: mac},
            )
            assert [one for one in await READS[table.table](tx) if one is not None] == []
            assert [one.table for one in await signed_rows.refused(tx)] == [table.table]

    await town.write(work)


async def test_what_was_refused_stays_so_whatever_is_done_to_it(town: Database) -> None:
    """None of the bridge's own changes makes it a good one."""

    async def work(tx: Transaction) -> None:
        await tx.execute("UPDATE links SET discord_user = 666")
        await creators.fence(tx, LinkId("link-1"), generation=9)
        await creators.granted(tx, LinkId("link-1"), "openid")
        assert await creators.move(tx, LinkId("link-1"), was=LinkState.ACTIVE, to=LinkState.RELINK_REQUIRED)
        await tx.execute("UPDATE consents SET given_by = 666")
        await consents.withdraw(tx, CREATOR, GUILD, "server", by=OWNER, now=9)
        await consents.only_from(tx, CREATOR, OWNER, now=9)
        await tx.execute("UPDATE forums SET creator_uuid = NULL")
        await forums.bind(tx, FORUM, OTHER_CREATOR)

    await town.write(work)

    assert await refused(town) == [
        "links link-1",
        f"consents {CREATOR}/{GUILD}/owner",
        f"consents {CREATOR}/{GUILD}/server",
        f"forums {FORUM}",
    ]


async def test_said_anew_everything_counts_again(town: Database) -> None:
    for table, column in zip(TABLES, COLUMNS_BY_HAND, strict=True):
        await town.write(partial(by_hand, table=table, column=column))

    await town.write(partial(fill, number=2))

    # These have ended; of what has no id of its own nothing is left.
    assert await refused(town) == [
        "links link-1",
        "grants member-1",
        "grants role-1",
        "api_keys key-1",
        "api_key_scopes key-1",
        "agent_grants key-1",
        "page_sessions session-1",
    ]
    for table in TABLES:
        assert await town.read(partial(read, table=table)) >= ROWS[table.table]


async def test_a_member_who_was_taken_out_does_not_come_back_by_a_changed_row(town: Database) -> None:
    taken_out = grants.GrantRecord("none", CREATOR, GUILD, "member", MEMBER, "none", "", "", None, OWNER, 5)
    await town.write(lambda tx: grants.put(tx, taken_out))
    await town.write(lambda tx: tx.execute("UPDATE grants SET role = 'manager' WHERE id = 'none'"))

    held = await town.read(lambda tx: grants.of_subjects(tx, CREATOR, GUILD, member=MEMBER, roles=[TEAM]))

    assert [(one.id, one.role) for one in held if one.kind == "member"] == [("none", "none")]


async def test_a_word_that_was_taken_back_by_hand_lets_nobody_be_anywhere(town: Database) -> None:
    await town.write(lambda tx: consents.withdraw(tx, CREATOR, GUILD, "owner", by=OWNER, now=9))
    await town.write(lambda tx: tx.execute("UPDATE consents SET withdrawn_at = NULL, withdrawn_by = NULL"))

    assert await town.read(lambda tx: consents.left(tx, CREATOR)) == {GUILD}
    assert not await town.read(lambda tx: consents.both(tx, CREATOR, GUILD))


async def test_without_its_signer_nothing_that_is_signed_counts(town: Database, known: Database) -> None:
    for table in TABLES:
        assert await town.read(partial(read, table=table))
        assert await known.read(partial(read, table=table)) == 0
