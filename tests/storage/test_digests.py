"""Digests and zones: one of each sort, while the owner's link is open."""

from dataclasses import replace

from storage.database import Database
from storage.money import digests
from storage.money.digests import Digest
from storage.people import creators
from storage.records import DiscordId, Link, LinkId, LinkState
from tests.storage.record_fixtures import CREATOR, GUILD

OWNER = DiscordId(7)
DIGEST = Digest(
    CREATOR, "daily", OWNER, DiscordId(8), hour=9, figures="exact", quiet=False, since="2026-11-22"
)
LONG_AGO = "2025-01-01"
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


async def tell(database: Database, day: str, sort: str = "daily", forget: str = LONG_AGO) -> bool:
    return await database.write(lambda tx: digests.tell(tx, CREATOR, sort, day, forget=forget))


async def test_a_day_is_taken_care_of_once_in_any_order_and_none_of_before_it_was_wanted(
    known: Database,
) -> None:
    await linked(known)

    days = ("2026-11-25", "2026-11-25", "2026-11-23", "2026-11-24", "2026-11-23", "2026-11-22")
    told = [await tell(known, day) for day in days]

    assert told == [True, False, True, True, False, False]
    assert await known.read(lambda tx: digests.newest(tx, CREATOR, "daily")) == "2026-11-25"


async def test_sorts_do_not_know_of_each_other(known: Database) -> None:
    await linked(known)
    await known.write(lambda tx: digests.put(tx, replace(DIGEST, sort="weekly", channel=None)))

    told = [await tell(known, "2026-11-29", sort) for sort in ("daily", "weekly", "monthly")]
    await known.write(lambda tx: digests.remove(tx, CREATOR, "daily"))

    assert told == [True, True, False]
    assert [one.sort for one, _zone in await known.read(digests.running)] == ["weekly"]


async def test_what_is_long_ago_is_remembered_no_longer(known: Database) -> None:
    await linked(known)
    await tell(known, "2026-11-23")

    await tell(known, "2027-12-31", forget="2026-11-24")

    assert await known.read(lambda tx: digests.is_told(tx, CREATOR, "daily", "2026-11-23")) is False
    assert await known.read(lambda tx: digests.is_told(tx, CREATOR, "daily", "2027-12-31")) is True


async def test_whoever_takes_no_private_messages_is_told_none_until_they_choose_again(
    known: Database,
) -> None:
    await linked(known)
    private = replace(DIGEST, sort="weekly", channel=None)
    await known.write(lambda tx: digests.put(tx, private))

    closed = [await known.write(lambda tx: digests.close(tx, CREATOR, OWNER, now=5)) for _ in range(2)]
    shut = [one.sort for one, _zone in await known.read(digests.running)]
    await known.write(lambda tx: digests.put(tx, private))

    assert (closed, shut) == ([True, False], ["daily"])
    assert [one.sort for one, _zone in await known.read(digests.running)] == ["daily", "weekly"]


async def test_it_rests_while_a_sign_in_is_needed_and_ends_with_the_link(known: Database) -> None:
    await linked(known)
    await known.write(
        lambda tx: creators.move(tx, LINK.id, was=LinkState.ACTIVE, to=LinkState.RELINK_REQUIRED)
    )
    resting = (
        await known.read(digests.running),
        await known.read(lambda tx: digests.get(tx, CREATOR, "daily")),
    )
    await known.write(lambda tx: creators.close(tx, LINK.id, now=1))

    assert resting == ([], DIGEST)
    assert await known.read(lambda tx: digests.get(tx, CREATOR, "daily")) is None


async def test_it_does_not_go_on_for_somebody_else_who_links_the_same_creator(known: Database) -> None:
    await linked(known)
    await known.write(lambda tx: creators.close(tx, LINK.id, now=1))
    other = replace(LINK, id=LinkId("link-2"), discord_user=DiscordId(99), generation=2)
    await known.write(lambda tx: creators.add_link(tx, other, now=2))

    assert await known.read(digests.running) == []
    assert await known.read(lambda tx: digests.get(tx, CREATOR, "daily")) is None


async def test_one_that_was_removed_is_gone(known: Database) -> None:
    await linked(known)
    await known.write(lambda tx: digests.remove(tx, CREATOR, "daily"))

    assert await known.read(lambda tx: digests.get(tx, CREATOR, "daily")) is None
    assert await tell(known, "2027-01-01") is False
