"""Every cell of action, role and relation, asked of the real door."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.access.permits import Access, Actor
from bot.access.policy import POLICY, Action, ActionNeed
from bot.access.roles import Permission, TeamRole
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.people import consents, creators, grants
from storage.records import Creator, CreatorId, DiscordId, Link, LinkId, LinkState
from tests.access.permission_specification import ALLOWED, IN_THREAD, ROLES, TWICE, may
from tests.database_place import database_in

pytestmark = pytest.mark.policy

MILA = CreatorId("8d1f0c52-0000-4000-8000-000000000001")
ZOE = CreatorId("8d1f0c52-0000-4000-8000-000000000002")
HOME, ELSEWHERE = DiscordId(1_300_000_000_000_000_001), DiscordId(1_300_000_000_000_000_002)
TEAM = DiscordId(1_300_000_000_000_000_100)
PEOPLE = {role: DiscordId(1_400_000_000_000_000_000 + number) for number, role in enumerate(ROLES)}
STRANGER = DiscordId(1_400_000_000_000_000_099)
RELATIONS = ("own", "other creator", "other server", "private messages", "unlinked")


@dataclass
class CellScenario:
    """Mila is at home on HOME with a team; Zoe is at home there too, and everybody is a stranger to her."""

    database: Database
    access: Access

    async def unlink(self) -> None:
        await self.database.write(lambda tx: creators.close(tx, LinkId("mila"), now=2))


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[CellScenario]:
    database = await open_database(database_in(tmp_path), now=0)
    try:
        await database.write(_furnish)
        yield CellScenario(database, Access(database))
    finally:
        await database.close()


async def _furnish(tx: Transaction) -> None:
    for creator, handle, owner in ((MILA, "mila", PEOPLE["owner"]), (ZOE, "zoe", STRANGER)):
        await creators.learn(tx, Creator(creator, handle, handle.title()), now=0)
        link = Link(LinkId(handle), creator, owner, HOME, 1, LinkState.ACTIVE, "", handle)
        await creators.add_link(tx, link, now=0)
        await consents.give(tx, creator, HOME, "owner", by=owner, now=0)
        await consents.give(tx, creator, HOME, "server", by=STRANGER, now=0)
    # A grant for a server where the creator is not at home is worth nothing.
    for role in ROLES[1:-1]:
        for guild in (HOME, ELSEWHERE):
            await grants.put(tx, _grant(f"{role}-{guild}", guild, "member", PEOPLE[role], role))


def _grant(name: str, guild: DiscordId, kind: str, subject: DiscordId, role: str) -> grants.GrantRecord:
    return grants.GrantRecord(name, MILA, guild, kind, subject, role, "", "", None, PEOPLE["owner"], 0)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("action", list(Action))
async def test_a_cell(place: CellScenario, action: Action, relation: str) -> None:
    creator = ZOE if relation == "other creator" else MILA
    guild = {"other server": ELSEWHERE, "private messages": None}.get(relation, HOME)
    if relation == "unlinked":
        await place.unlink()

    found = {
        (role, manages): await place.access.authorize(
            Actor(PEOPLE[role], guild, manages=manages), action, creator
        )
        is not None
        for role in ROLES
        for manages in (False, True)
    }

    assert found == {
        (role, manages): may(action, role, relation, manages=manages)
        for role in ROLES
        for manages in (False, True)
    }


@pytest.mark.parametrize("action", list(Action))
async def test_without_a_creator_nothing_that_is_about_one_is_allowed(
    place: CellScenario, action: Action
) -> None:
    found = await place.access.authorize(Actor(PEOPLE["owner"], HOME), action, None)
    unknown = await place.access.authorize(Actor(PEOPLE["owner"], HOME), action, CreatorId("nobody"))

    assert (found is not None, unknown is not None) == (ALLOWED[action] == ["everybody"],) * 2


@pytest.mark.parametrize("action", list(Action))
async def test_what_is_listed_is_what_is_allowed(place: CellScenario, action: Action) -> None:
    for role in ROLES:
        actor = Actor(PEOPLE[role], HOME)
        listed = {permit.creator for permit in await place.access.permitted(actor, action)}
        about_one = POLICY[action].needs not in {ActionNeed.NOTHING, ActionNeed.MANAGE_SERVER}

        assert (MILA in listed) == (about_one and may(action, role, "own"))
        assert ZOE not in listed


def test_every_action_is_in_the_table_and_in_the_specification() -> None:
    assert set(POLICY) == set(Action) == set(ALLOWED)


def test_visibility_and_the_second_press_are_as_specified() -> None:
    assert {action for action, rule in POLICY.items() if rule.visible == "thread"} == IN_THREAD
    assert {rule.visible for rule in POLICY.values()} == {"private", "thread"}
    assert {action for action, rule in POLICY.items() if rule.twice} == TWICE


@pytest.mark.parametrize("action", [action for action in Action if POLICY[action].needs in set(Permission)])
async def test_one_permission_more_or_less_decides_alone(place: CellScenario, action: Action) -> None:
    needs = POLICY[action].needs
    viewer, manager = PEOPLE["viewer"], PEOPLE["manager"]

    async def change(tx: Transaction) -> None:
        for user, role, plus, minus in (
            (viewer, TeamRole.VIEWER, needs, ""),
            (manager, TeamRole.MANAGER, "", needs),
        ):
            kept = grants.GrantRecord(
                f"new-{user}", MILA, HOME, "member", user, role, plus, minus, None, PEOPLE["owner"], 1
            )
            await grants.put(tx, kept)

    await place.database.write(change)

    assert await place.access.authorize(Actor(viewer, HOME), action, MILA) is not None
    assert await place.access.authorize(Actor(manager, HOME), action, MILA) is None


@pytest.mark.parametrize("side", ["owner", "server"])
async def test_either_side_takes_its_consent_back_and_every_grant_is_worth_nothing(
    place: CellScenario, side: str
) -> None:
    async def withdraw(tx: Transaction) -> None:
        assert side in {"owner", "server"}
        word = "owner" if side == "owner" else "server"
        await consents.withdraw(tx, MILA, HOME, word, by=STRANGER, now=1)  # type: ignore[arg-type]  # one of both

    before = await place.access.authorize(Actor(PEOPLE["chatter"], HOME), Action.REPLY, MILA)
    await place.database.write(withdraw)
    after = await place.access.authorize(Actor(PEOPLE["chatter"], HOME), Action.REPLY, MILA)
    owner = await place.access.authorize(Actor(PEOPLE["owner"], HOME), Action.UNLINK, MILA)

    assert (before is not None, after, owner is not None) == (True, None, True)


@pytest.mark.parametrize("action", list(Action))
async def test_where_a_creator_has_left_nothing_is_done_in_view_of_the_server(
    place: CellScenario, action: Action
) -> None:
    owner = Actor(PEOPLE["owner"], HOME, manages=True)

    await place.database.write(lambda tx: consents.withdraw(tx, MILA, HOME, "owner", by=STRANGER, now=1))
    asked = await place.access.authorize(owner, action, MILA)
    offered = {permit.creator for permit in await place.access.permitted(owner, action)}

    about_one = POLICY[action].needs not in {ActionNeed.NOTHING, ActionNeed.MANAGE_SERVER}
    assert (asked is not None) == (action not in IN_THREAD)
    assert (MILA in offered) == (about_one and action not in IN_THREAD)


async def test_roles_add_up_and_a_personal_grant_stands_alone(place: CellScenario) -> None:
    person = DiscordId(77)

    async def by_role(tx: Transaction) -> None:
        await grants.put(tx, _grant("team", HOME, "role", TEAM, "chatter"))
        await grants.put(tx, _grant("planners", HOME, "role", DiscordId(TEAM + 1), "manager"))

    async def alone(tx: Transaction) -> None:
        await grants.put(tx, _grant("alone", HOME, "member", person, "none"))

    await place.database.write(by_role)
    both = Actor(person, HOME, frozenset({TEAM, DiscordId(TEAM + 1)}))
    with_roles = await place.access.authorize(both, Action.MASS, MILA)
    one = await place.access.authorize(Actor(person, HOME, frozenset({TEAM})), Action.MASS, MILA)
    await place.database.write(alone)
    blocked = await place.access.authorize(both, Action.STATUS, MILA)

    assert (with_roles is not None, one, blocked) == (True, None, None)


async def test_a_role_or_permission_of_a_later_version_gives_nothing(place: CellScenario) -> None:
    async def later(tx: Transaction) -> None:
        kept = grants.GrantRecord(
            "later", MILA, HOME, "member", DiscordId(78), "emperor", "rule reply", "", "all", None, 0
        )
        await grants.put(tx, kept)

    await place.database.write(later)
    actor = Actor(DiscordId(78), HOME)

    assert await place.access.authorize(actor, Action.STATUS, MILA) is None
    assert await place.access.authorize(actor, Action.REPLY, MILA) is not None


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("guild", [HOME, ELSEWHERE, None], ids=["home", "elsewhere", "private"])
async def test_all_actions_at_once_are_answered_like_each_alone(
    place: CellScenario, role: str, guild: DiscordId | None
) -> None:
    await place.database.write(lambda tx: consents.withdraw(tx, ZOE, HOME, "owner", by=STRANGER, now=3))
    actor = Actor(PEOPLE[role], guild, manages=role == "outsider")

    found = await place.access.abilities(actor, set(Action))

    for action in Action:
        if POLICY[action].needs in (ActionNeed.NOTHING, ActionNeed.MANAGE_SERVER):
            alone = await place.access.authorize(actor, action)
            assert list(found[action]) == ([alone] if alone is not None else [])
        else:
            assert list(found[action]) == await place.access.permitted(actor, action)
