"""Figures for the operator, out of the tables, on each kind of database."""

from dataclasses import replace

from storage.database import Database, Transaction
from storage.inbox import conversations
from storage.operations.figures import InstallationFigures, figures
from storage.people import tokens
from storage.records import CreatorId, FanId, LinkId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR

NOW = 1_000_000


async def seen(database: Database) -> InstallationFigures:
    found = await database.read(lambda tx: figures(tx, now=NOW))
    assert found.bytes > 50_000, "a schema alone takes more"
    return replace(found, bytes=0)


async def linked(
    database: Database, creator: CreatorId, state: str = "active", *, ends: int | None = None
) -> None:
    link = LinkId(f"link-{creator}")

    async def work(tx: Transaction) -> None:
        await tx.execute(
            """INSERT INTO links (id, creator_uuid, discord_user, guild_id, generation, state, scopes, handle,
                                  created_at)
               VALUES (:id, :creator, 1, 1, 1, :state, '', 'handle', 1)""",
            id=link,
            creator=creator,
            state=state,
        )
        if ends is not None:
            await tokens.put(tx, tokens.NewPair(link, 1, b"a", b"r", expires_at=ends, renew_at=1))

    await database.write(work)


async def waits(
    database: Database, creator: CreatorId, fan: str, since: int | None, *, snoozed: int | None = None
) -> None:
    async def work(tx: Transaction) -> None:
        talk = await conversations.known(tx, creator, FanId(fan))
        await conversations.changed(tx, talk, replace(talk, waiting_since=since, snoozed_until=snoozed))

    await database.write(work)


async def test_an_empty_installation_has_none(database: Database) -> None:
    assert await seen(database) == InstallationFigures(None, None, 0, 0)


async def test_the_fan_who_waits_longest_counts_unless_snoozed_or_of_an_account_that_left(
    known: Database,
) -> None:
    await linked(known, CREATOR)
    await linked(known, OTHER_CREATOR, "closed")
    await waits(known, CREATOR, FAN, 700)
    await waits(known, CREATOR, "answered", None)
    await waits(known, CREATOR, "snoozed", 100, snoozed=NOW + 1)
    await waits(known, CREATOR, "back", 600, snoozed=NOW)
    await waits(known, OTHER_CREATOR, "left", 50)

    assert (await seen(known)).oldest_waiting == 600


async def test_the_first_token_to_end_is_one_that_is_in_use(known: Database) -> None:
    await linked(known, CREATOR, ends=5_000)
    await linked(known, OTHER_CREATOR, "relink_required", ends=1_000)

    found = await seen(known)

    assert (found.token_end, found.sign_ins_ended) == (5_000, 1)
