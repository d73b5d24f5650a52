"""Every cell of action, role and relation, asked of the real door."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from bot.access.permits import Access, Actor, Principal
from bot.access.policy import POLICY, Action, ActionNeed
from bot.access.roles import Permission, TeamRole, rank
from bot.features.operations.api_keys.key_rules import STANDINGS
from storage.database import Transaction
from storage.people import consents, creators, grants
from storage.records import CreatorId, DiscordId, LinkId
from tests.access.cell_scenario import (
    ELSEWHERE,
    HOME,
    MILA,
    PEOPLE,
    STRANGER,
    TEAM,
    ZOE,
    CellScenario,
    granted,
    opened,
)
from tests.access.permission_specification import ALLOWED, IN_THREAD, ROLES, may

pytestmark = [pytest.mark.policy, pytest.mark.asyncio(loop_scope="module")]

RELATIONS = ("own", "other creator", "other server", "private messages", "unlinked")


@pytest_asyncio.fixture(loop_scope="module")
async def place(tmp_path: Path) -> AsyncIterator[CellScenario]:
    """For a test that changes something there."""
    async with opened(tmp_path) as made:
        yield made


# Access only asks: of a place where nothing else happens, all cells may ask.


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def access(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Access]:
    async with opened(tmp_path_factory.mktemp("linked")) as made:
        yield made.access


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def access_unlinked(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Access]:
    """Mila was unlinked."""

    async def unlink(tx: Transaction) -> None:
        await creators.close(tx, LinkId("mila"), now=2)

    async with opened(tmp_path_factory.mktemp("unlinked"), unlink) as made:
        yield made.access


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def access_left(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Access]:
    """Mila's owner has taken the consent back."""
    async with opened(tmp_path_factory.mktemp("left"), partial(_leave, creator=MILA)) as made:
        yield made.access


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def access_without_zoe(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Access]:
    """Zoe's has."""
    async with opened(tmp_path_factory.mktemp("without_zoe"), partial(_leave, creator=ZOE)) as made:
        yield made.access


async def _leave(tx: Transaction, creator: CreatorId) -> None:
    await consents.withdraw(tx, creator, HOME, "owner", by=STRANGER, now=1)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("action", list(Action))
async def test_a_cell(access: Access, access_unlinked: Access, action: Action, relation: str) -> None:
    creator = ZOE if relation == "other creator" else MILA
    guild = {"other server": ELSEWHERE, "private messages": None}.get(relation, HOME)
    door = access_unlinked if relation == "unlinked" else access

    found = {
        (role, manages): await door.authorize(Actor(PEOPLE[role], guild, manages=manages), action, creator)
        is not None
        for role in ROLES
        for manages in (False, True)
    }

    assert found == {
        (role, manages): may(action, role, relation, manages=manages)
        for role in ROLES
        for manages in (False, True)
    }


@pytest.mark.parametrize("key", list(STANDINGS))
@pytest.mark.parametrize("action", list(Action))
async def test_a_key_and_a_rule_do_what_both_their_role_and_their_person_may(
    access: Access, action: Action, key: TeamRole
) -> None:
    by_permission = POLICY[action].needs in set(Permission)
    found = {
        role: await access.authorize(
            Principal(PEOPLE[role], HOME, manages=True, own=STANDINGS[key]), action, MILA
        )
        for role in ROLES
    }

    assert {role for role, permit in found.items() if permit is not None} == {
        role for role in ROLES if by_permission and may(action, role, "own") and may(action, key, "own")
    }
    assert {permit.standing.role for permit in found.values() if permit and permit.standing} <= {
        role for role in TeamRole if rank(role) <= rank(key)
    }


@pytest.mark.parametrize("action", list(Action))
async def test_without_a_creator_nothing_that_is_about_one_is_allowed(access: Access, action: Action) -> None:
    found = await access.authorize(Actor(PEOPLE["owner"], HOME), action, None)
    unknown = await access.authorize(Actor(PEOPLE["owner"], HOME), action, CreatorId("nobody"))

    assert (found is not None, unknown is not None) == (ALLOWED[action] == ["everybody"],) * 2


@pytest.mark.parametrize("action", list(Action))
async def test_what_is_listed_is_what_is_allowed(access: Access, action: Action) -> None:
    for role in ROLES:
        actor = Actor(PEOPLE[role], HOME)
        listed = {permit.creator for permit in await access.permitted(actor, action)}
        about_one = POLICY[action].needs not in {ActionNeed.NOTHING, ActionNeed.MANAGE_SERVER}

        assert (MILA in listed) == (about_one and may(action, role, "own"))
        assert ZOE not in listed


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
    access_left: Access, action: Action
) -> None:
    owner = Actor(PEOPLE["owner"], HOME, manages=True)

    asked = await access_left.authorize(owner, action, MILA)
    offered = {permit.creator for permit in await access_left.permitted(owner, action)}

    about_one = POLICY[action].needs not in {ActionNeed.NOTHING, ActionNeed.MANAGE_SERVER}
    assert (asked is not None) == (action not in IN_THREAD)
    assert (MILA in offered) == (about_one and action not in IN_THREAD)


async def test_roles_add_up_and_a_personal_grant_stands_alone(place: CellScenario) -> None:
    person = DiscordId(77)

    async def by_role(tx: Transaction) -> None:
        await grants.put(tx, granted("team", HOME, "role", TEAM, "chatter"))
        await grants.put(tx, granted("planners", HOME, "role", DiscordId(TEAM + 1), "manager"))

    async def alone(tx: Transaction) -> None:
        await grants.put(tx, granted("alone", HOME, "member", person, "none"))

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
    access_without_zoe: Access, role: str, guild: DiscordId | None
) -> None:
    actor = Actor(PEOPLE[role], guild, manages=role == "outsider")

    found = await access_without_zoe.abilities(actor, set(Action))

    for action in Action:
        if POLICY[action].needs in (ActionNeed.NOTHING, ActionNeed.MANAGE_SERVER):
            alone = await access_without_zoe.authorize(actor, action)
            assert list(found[action]) == ([alone] if alone is not None else [])
        else:
            assert list(found[action]) == await access_without_zoe.permitted(actor, action)
