"""Signatures of rights: a database of before is taken over once, and keys go over."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.features.operations.keys.rotation import KeysRefused
from bot.features.operations.keys.signer import RightsSigner
from bot.features.people.accounts import token_pairs
from bot.features.people.accounts.keyring import Keyring, WrongKey
from bot.features.people.accounts.token_pairs import UnsealedTokenPair
from storage.database import Database, Transaction
from storage.engine import audit_log, instance
from storage.engine.signed_database import signed
from storage.engine.signed_rights import MAC, TABLES
from storage.operations import signed_rows
from storage.people import creators, pending_links, tokens
from storage.records import DiscordId, Link, LinkId
from tests.features.operations.keys.keys_scenario import NEW, OLD
from tests.features.operations.keys.test_rotating import bridge, made_by, rotate
from tests.storage import rights_fixtures
from tests.storage.record_fixtures import CREATOR, GUILD, a_creator

# A link, two grants, two consents, a forum, its setup, an API key, its scope, an agent's tokens, a rule,
# a session, a consent to an assistant.
ROWS = 13
CANARY = "instance|canary|1"
PAIR = UnsealedTokenPair("access", "refresh", 0, 9)


async def of_before(url: str, ring: Keyring) -> None:
    """What a bridge without signatures has left: the same rows, tokens under their earlier places."""
    async with bridge(url, ring) as database:
        await a_creator(database, CREATOR)
        await database.write(lambda tx: older(tx, ring))


async def older(tx: Transaction, ring: Keyring) -> None:
    await rights_fixtures.fill(tx)
    owner = rights_fixtures.OWNER
    ticket = pending_links.Ticket("t", owner, "Luna", GUILD, "Studio", "used", 0, 9**15, "c")
    await pending_links.add_ticket(tx, ticket)
    sealed = ring.seal(f"pending_links|tokens_ct|p|{CREATOR}", json.dumps(PAIR.__dict__).encode())
    await pending_links.add_pending(
        tx,
        pending_links.PendingLink("p", "t", owner, GUILD, CREATOR, "luna", "Luna", "", sealed, "open", 9**15),
    )
    place = f"link-1|{CREATOR}|4"
    made = tokens.NewPair(
        LinkId("link-1"),
        4,
        ring.seal(f"tokens|access_ct|{place}", b"access"),
        ring.seal(f"tokens|refresh_ct|{place}", b"refresh"),
        9,
        8,
    )
    await tokens.put(tx, made)
    await instance.keep_canary(tx, ring.seal(CANARY, b"the key fits"))


async def looked(database: Database, ring: Keyring, work: Callable[[Transaction], Awaitable[Any]]) -> Any:
    return await database.read(signed(work, RightsSigner(ring)))


async def link_of(tx: Transaction) -> Link | None:
    return await creators.open_link(tx, CREATOR)


async def test_a_database_of_before_is_taken_over_once_and_it_is_said(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    ring = Keyring([OLD])
    await of_before(url, ring)

    async with bridge(url, ring) as database:
        assert await looked(database, ring, signed_rows.refused) == []
        link = await looked(database, ring, link_of)
        stored = await database.read(lambda tx: tokens.get(tx, LinkId("link-1")))
        pending = await database.read(lambda tx: pending_links.pending(tx, "p"))
        lines = await database.read(lambda tx: tx.all("SELECT * FROM audit WHERE action = 'rights.signed'"))
    assert stored is not None
    assert pending is not None
    assert pending.tokens is not None
    assert (token_pairs.access_of(ring, link, stored), token_pairs.refresh_of(ring, link, stored)) == (
        "access",
        "refresh",
    )
    assert token_pairs.open_pending(ring, pending, pending.tokens) == PAIR
    assert [audit_log.entry_of(line).outcome for line in lines] == [f"{ROWS} rows as they were"]
    (said,) = [one.getMessage() for one in caplog.records]
    assert f"rights are signed from now on: {ROWS} rows" in said

    caplog.clear()
    async with bridge(url, ring) as database:  # nobody has a row signed by taking the signatures away
        await database.write(strip)
    async with bridge(url, ring) as database:
        assert len(await looked(database, ring, signed_rows.refused)) == ROWS
        assert await looked(database, ring, link_of) is None
    (told,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert f"integrity: {ROWS} rows of rights are not as they were signed" in told.getMessage()


async def test_an_earlier_canary_has_nothing_signed_once_more(url: str) -> None:
    """It may be in an old backup; that it was done stands in the audit."""
    ring = Keyring([OLD])
    await of_before(url, ring)
    async with bridge(url, ring) as database:
        await database.write(strip)
        await database.write(lambda tx: instance.keep_canary(tx, ring.seal(CANARY, b"the key fits")))

    with pytest.raises(WrongKey, match="Someone changed it by hand: restore a backup"):
        async with bridge(url, ring):
            pass


async def strip(tx: Transaction) -> None:
    for table in TABLES:
        await tx.execute(f"UPDATE {table.table} SET {MAC} = NULL")  # noqa: S608 - ours
    await tx.execute("DELETE FROM kept WHERE name LIKE 'rights%'")


@pytest.mark.parametrize("column", ["discord_user", "guild_id", "kind", "creator_uuid", "id"])
async def test_tokens_of_a_link_that_was_changed_do_not_open(column: str) -> None:
    """Also for whoever could sign rows: whose, where and as what belongs to what seals them."""
    ring = Keyring([OLD])
    link = Link(LinkId("a"), CREATOR, DiscordId(1), GUILD, 1, "active", "", "luna")  # type: ignore[arg-type]
    row = token_pairs.seal_pair(ring, link, 1, PAIR)
    stored = tokens.StoredPair(row.link, 1, row.access, row.refresh, 9, None, None, 8, repeated=False)
    changed = {"discord_user": ("discord_user", 2), "guild_id": ("guild", 2), "kind": ("kind", "steward")}
    name, value = changed.get(column, (column.removesuffix("_uuid"), "b"))

    assert token_pairs.access_of(ring, link, stored) == "access"
    with pytest.raises(ValueError, match="belongs to another place"):
        token_pairs.access_of(ring, Link(**{**link.__dict__, name: value}), stored)


async def test_signatures_go_over_to_a_new_key_and_what_is_refused_stays_so(url: str) -> None:
    both = Keyring([NEW, OLD])
    async with bridge(url, Keyring([OLD])) as database:
        await a_creator(database, CREATOR)
        await database.write(signed(rights_fixtures.fill, RightsSigner(Keyring([OLD]))))
        await database.write(lambda tx: tx.execute("UPDATE grants SET role = 'manager' WHERE kind = 'role'"))

    report = rotate(url, both)

    assert dict(report.closed) == {("grants", MAC): 1}
    assert {key: report.done[key] for key in report.done if key[1] == MAC} == {
        ("links", MAC): 1,
        ("grants", MAC): 1,
        ("consents", MAC): 2,
        ("forums", MAC): 1,
        ("setups", MAC): 1,
        ("api_keys", MAC): 1,
        ("api_key_scopes", MAC): 1,
        ("agent_grants", MAC): 1,
        ("draft_rules", MAC): 1,
        ("page_sessions", MAC): 1,
        ("assistant_consents", MAC): 1,
    }
    assert made_by(url, Keyring([NEW]))["111"] == 1
    async with bridge(url, Keyring([NEW])) as database:
        refused = await looked(database, Keyring([NEW]), signed_rows.refused)
        assert [str(one) for one in refused] == ["grants role-1"]
        assert await looked(database, Keyring([NEW]), link_of) is not None


async def test_nothing_goes_over_before_a_database_of_before_was_taken_over(url: str) -> None:
    """Its tokens would not open in their new places, and the key that opens them would go."""
    await of_before(url, Keyring([OLD]))

    with pytest.raises(KeysRefused, match="Start it once: it signs all rights"):
        rotate(url, Keyring([NEW, OLD]))
