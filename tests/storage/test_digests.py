"""Digests and zones: one of each creator's, while their owner's link is open."""

from dataclasses import replace

from storage import creators, digests
from storage.database import Database
from storage.digests import Digest
from storage.records import DiscordId, Link, LinkId, LinkState
from tests.storage.make import CREATOR, GUILD

OWNER = DiscordId(7)
DIGEST = Digest(CREATOR, OWNER, DiscordId(8), hour=9, told="2026-11-22")
LINK = Link(LinkId("link-1"), CREATOR, OWNER, GUILD, 1, LinkState.ACTIVE, "", "lola")


async def linked(database: Database, link: Link = LINK) -> None:
    await database.write(lambda tx: creators.add_link(tx, link, now=0))
    await database.write(lambda tx: digests.put(tx, DIGEST))


async def test_a_digest_runs_with_the_zone_that_was_chosen(known: Database) -> None:
    await linked(known)
    before = await known.read(digests.running)
    for name in ("UTC", "Europe/Berlin"):
        await known.write(lambda tx, name=name: digests.choose_zone(tx, CREATOR, name))  # type: ignore[misc]

    assert before == [(DIGEST, None)]
    assert await known.read(digests.running) == [(DIGEST, "Europe/Berlin")]
    assert await known.read(lambda tx: digests.zone(tx, CREATOR)) == "Europe/Berlin"


async def test_a_day_is_taken_care_of_once_and_never_an_older_one_after_it(known: Database) -> None:
    await linked(known)

    days = ("2026-11-23", "2026-11-23", "2026-11-22", "2026-11-24")
    told = [await known.write(lambda tx, day=day: digests.tell(tx, CREATOR, day)) for day in days]  # type: ignore[misc]

    assert told == [True, False, False, True]


async def test_it_rests_while_a_sign_in_is_needed_and_ends_with_the_link(known: Database) -> None:
    await linked(known)
    await known.write(
        lambda tx: creators.move(tx, LINK.id, was=LinkState.ACTIVE, to=LinkState.RELINK_REQUIRED)
    )
    resting = await known.read(digests.running), await known.read(lambda tx: digests.get(tx, CREATOR))
    await known.write(lambda tx: creators.close(tx, LINK.id, now=1))

    assert resting == ([], DIGEST)
    assert await known.read(lambda tx: digests.get(tx, CREATOR)) is None


async def test_it_does_not_go_on_for_somebody_else_who_links_the_same_creator(known: Database) -> None:
    await linked(known)
    await known.write(lambda tx: creators.close(tx, LINK.id, now=1))
    other = replace(LINK, id=LinkId("link-2"), discord_user=DiscordId(99), generation=2)
    await known.write(lambda tx: creators.add_link(tx, other, now=2))

    assert await known.read(digests.running) == []
    assert await known.read(lambda tx: digests.get(tx, CREATOR)) is None


async def test_one_that_was_removed_is_gone(known: Database) -> None:
    await linked(known)
    await known.write(lambda tx: digests.remove(tx, CREATOR))

    assert await known.read(lambda tx: digests.get(tx, CREATOR)) is None
    assert await known.write(lambda tx: digests.tell(tx, CREATOR, "2027-01-01")) is False
