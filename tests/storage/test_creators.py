"""Creators and links: one open link for each creator, generations that only grow."""

import pytest

from storage.database import Database
from storage.people import creators
from storage.records import Creator, CreatorId, DiscordId, Link, LinkId, LinkState
from tests.storage.record_fixtures import CREATOR, GUILD, OTHER_CREATOR

USER = DiscordId(11)
OTHER_USER = DiscordId(12)


def a_link(
    name: str, creator: CreatorId = CREATOR, user: DiscordId = USER, state: LinkState = LinkState.ACTIVE
) -> Link:
    return Link(LinkId(name), creator, user, GUILD, 1, state, "read:self", "mara")


async def test_a_creator_is_kept_with_the_newest_name(known: Database) -> None:
    await known.write(lambda tx: creators.learn(tx, Creator(CREATOR, "new", "New Name"), now=9))

    assert await known.read(lambda tx: creators.get(tx, CREATOR)) == Creator(CREATOR, "new", "New Name")
    assert await known.read(lambda tx: creators.get(tx, CreatorId("nobody"))) is None


async def test_a_second_open_link_to_one_creator_is_refused_by_the_database_itself(known: Database) -> None:
    await known.write(lambda tx: creators.add_link(tx, a_link("one"), now=1))

    with pytest.raises(Exception, match=r"(?i)unique"):
        await known.write(lambda tx: creators.add_link(tx, a_link("two", user=OTHER_USER), now=2))
    await known.write(lambda tx: creators.close(tx, LinkId("one"), now=3))
    await known.write(lambda tx: creators.add_link(tx, a_link("two", user=OTHER_USER), now=4))

    found = await known.read(lambda tx: creators.open_link(tx, CREATOR))
    assert found is not None
    assert found.id == "two"


@pytest.mark.parametrize("state", [state for state in LinkState if state is not LinkState.CLOSED])
async def test_every_state_but_closed_counts_as_open(known: Database, state: LinkState) -> None:
    await known.write(lambda tx: creators.add_link(tx, a_link("one", state=state), now=1))

    assert await known.read(lambda tx: creators.open_link(tx, CREATOR)) == a_link("one", state=state)


async def test_a_users_links_come_oldest_first_and_without_closed_ones(known: Database) -> None:
    await known.write(lambda tx: creators.add_link(tx, a_link("later", OTHER_CREATOR), now=5))
    await known.write(lambda tx: creators.add_link(tx, a_link("first"), now=1))

    of_user = await known.read(lambda tx: creators.links_of(tx, USER))
    await known.write(lambda tx: creators.close(tx, LinkId("first"), now=6))

    assert [link.id for link in of_user] == ["first", "later"]
    assert [link.id for link in await known.read(creators.open_links)] == ["later"]
    assert [link.id for link in await known.read(lambda tx: creators.links_of(tx, USER))] == ["later"]
    assert await known.read(lambda tx: creators.links_of(tx, OTHER_USER)) == []


async def test_a_state_moves_only_from_the_one_that_was_read(known: Database) -> None:
    await known.write(lambda tx: creators.add_link(tx, a_link("one"), now=1))
    active, over = LinkState.ACTIVE, LinkState.RELINK_REQUIRED

    moves = [
        await known.write(lambda tx: creators.move(tx, LinkId("one"), was=active, to=over)) for _ in range(2)
    ]

    assert moves == [True, False]
    found = await known.read(lambda tx: creators.link(tx, LinkId("one")))
    assert found is not None
    assert found.state is over


async def test_a_fence_and_new_scopes_are_kept(known: Database) -> None:
    await known.write(lambda tx: creators.add_link(tx, a_link("one"), now=1))
    await known.write(lambda tx: creators.fence(tx, LinkId("one"), generation=7))
    await known.write(lambda tx: creators.granted(tx, LinkId("one"), "read:chat"))

    found = await known.read(lambda tx: creators.link(tx, LinkId("one")))
    assert found is not None
    assert (found.generation, found.scopes) == (7, "read:chat")
    assert await known.read(lambda tx: creators.last_generation(tx, CREATOR)) == 7
    assert await known.read(lambda tx: creators.last_generation(tx, OTHER_CREATOR)) == 0
    assert await known.read(lambda tx: creators.link(tx, LinkId("none"))) is None


async def test_closing_twice_keeps_the_first_time(known: Database) -> None:
    await known.write(lambda tx: creators.add_link(tx, a_link("one"), now=1))
    for now in (5, 9):
        await known.write(lambda tx, now=now: creators.close(tx, LinkId("one"), now=now))  # type: ignore[misc]

    row = await known.read(lambda tx: tx.one("SELECT closed_at FROM links WHERE id = 'one'"))
    assert row is not None
    assert row["closed_at"] == 5
