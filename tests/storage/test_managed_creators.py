"""Whom an account manages, whose way is taken, through whom an attempt went."""

from storage.database import Database
from storage.people import acting_accounts, creators, managed_creators
from storage.people.acting_accounts import AttemptAccount
from storage.people.managed_creators import ManagedCreator, ManagingAccount
from storage.records import CreatorId, EffectId, Link, LinkId, LinkKind, LinkState
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR
from tests.storage.test_creators import OTHER_USER, USER, a_link

ANNA, BEN = LinkId("anna"), LinkId("ben")
FAR = CreatorId("a creator whom nobody connected")


def a_reach(link: LinkId, creator: CreatorId, role: str | None = "CHATTER") -> ManagedCreator:
    return ManagedCreator(link, creator, f"handle of {creator}"[:40], "Name", role)


async def _two_members(known: Database) -> None:
    await known.write(lambda tx: creators.add_link(tx, a_link("anna"), now=1))
    await known.write(lambda tx: creators.add_link(tx, a_link("ben", OTHER_CREATOR, OTHER_USER), now=2))


async def test_a_new_list_takes_the_place_of_the_old_one_and_says_who_is_missing(known: Database) -> None:
    await _two_members(known)
    both = [a_reach(ANNA, CREATOR), a_reach(ANNA, FAR)]

    assert await known.write(lambda tx: managed_creators.put(tx, ANNA, both, now=5)) == []
    assert await known.write(lambda tx: managed_creators.put(tx, ANNA, both[:1], now=6)) == [FAR]

    assert await known.read(lambda tx: managed_creators.of_link(tx, ANNA)) == both[:1]
    assert await known.read(lambda tx: managed_creators.of_user(tx, USER)) == both[:1]
    assert await known.read(lambda tx: managed_creators.of_user(tx, OTHER_USER)) == []


async def test_only_a_members_own_active_link_that_was_not_denied_is_a_way(known: Database) -> None:
    await _two_members(known)
    await known.write(lambda tx: managed_creators.put(tx, ANNA, [a_reach(ANNA, FAR)], now=5))
    way = ManagingAccount(ANNA, "mara", "read:self")

    assert await known.read(lambda tx: managed_creators.ways(tx, FAR, USER)) == [way]
    assert await known.read(lambda tx: managed_creators.ways(tx, FAR, OTHER_USER)) == []
    assert await known.read(lambda tx: managed_creators.ways(tx, CREATOR, USER)) == []

    await known.write(lambda tx: managed_creators.deny(tx, ANNA, FAR, now=6))
    assert await known.read(lambda tx: managed_creators.ways(tx, FAR, USER)) == []
    assert not await known.read(lambda tx: managed_creators.has(tx, ANNA, FAR))

    await known.write(lambda tx: managed_creators.put(tx, ANNA, [a_reach(ANNA, FAR)], now=7))
    assert await known.read(lambda tx: managed_creators.ways(tx, FAR, USER)) == [way]

    over = LinkState.RELINK_REQUIRED
    await known.write(lambda tx: creators.move(tx, ANNA, was=LinkState.ACTIVE, to=over))
    assert await known.read(lambda tx: managed_creators.ways(tx, FAR, USER)) == []


async def test_a_choice_is_new_only_when_it_differs(known: Database) -> None:
    effect, own, managed = EffectId("e1"), AttemptAccount(ANNA, None), AttemptAccount(BEN, CREATOR)

    assert await known.write(lambda tx: acting_accounts.choose(tx, effect, own, now=1))
    assert not await known.write(lambda tx: acting_accounts.choose(tx, effect, own, now=2))
    assert await known.write(lambda tx: acting_accounts.choose(tx, effect, managed, now=3))
    assert await known.read(lambda tx: acting_accounts.get(tx, effect)) == managed

    await known.write(lambda tx: acting_accounts.forget_before(tx, 4))
    assert await known.read(lambda tx: acting_accounts.get(tx, effect)) is None


async def test_a_steward_goes_through_the_link_of_the_account_that_manages(known: Database) -> None:
    member = Link(ANNA, CREATOR, USER, a_link("x").guild, 1, LinkState.ACTIVE, "", "anna", LinkKind.MEMBER)
    standing = Link(
        LinkId("s"),
        OTHER_CREATOR,
        USER,
        member.guild,
        1,
        LinkState.ACTIVE,
        "",
        "mila",
        LinkKind.STEWARD,
        ANNA,
    )
    for link in (member, standing):
        await known.write(lambda tx, link=link: creators.add_link(tx, link, now=1))  # type: ignore[misc]

    assert await known.read(creators.active_links) == [standing]
    assert await known.read(creators.signed_in) == [member]
    assert await known.read(lambda tx: creators.linked_on(tx, member.guild)) == [OTHER_CREATOR]
    assert await known.read(lambda tx: creators.stewarded(tx, ANNA)) == [standing]
    assert not await known.read(lambda tx: creators.ever_own(tx, OTHER_CREATOR))

    await known.write(lambda tx: creators.lead_through(tx, ANNA, BEN))
    (moved,) = await known.read(lambda tx: creators.stewarded(tx, BEN))
    assert (moved.id, moved.via) == ("s", BEN)
