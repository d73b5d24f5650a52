"""/team grant and /team revoke: two presses, and nobody beyond what they have."""

from typing import Any

import pytest

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.discord.asking import NOT_HERE
from bot.discord.controls import references_in
from bot.features.people.team import texts
from bot.features.people.team.grant_service import TeamGrantService
from bot.sandbox.discord.model import StandInMessage
from storage.people import grants
from storage.records import DiscordId
from tests.confirmations import pressed_by_mistake, yes_to
from tests.features.people.team.team_scenario import LUNA, TeamScenario


async def test_a_member_is_let_in_by_a_second_press_and_then_may(quarters: TeamScenario) -> None:
    preview = await quarters.use(quarters.victor, "team grant", to=quarters.lea.user.id, role="chatter")
    words = preview.text.replace("\\", "")
    before = await quarters.standing(quarters.lea)

    said = await quarters.press(quarters.victor, preview, "Yes, do it")

    assert "as chatter for @luna. They can read what fans write, reply, set prices" in words
    assert "They can't send mass messages, publish posts" in words
    assert "Figures: hidden." in words
    assert before is None
    assert "See everyone with /team show, remove it with /team revoke" in said
    assert await quarters.standing(quarters.lea) == "chatter"
    (entry,) = [one for one in await quarters.audit() if one.action == "team.grant"]
    assert (entry.actor, entry.target, entry.outcome) == (
        quarters.victor.user.id,
        f"member:{quarters.lea.user.id}",
        "chatter",
    )


async def test_a_discord_role_is_let_in_with_more_with_less_and_with_exact_figures(
    quarters: TeamScenario,
) -> None:
    said = await quarters.give(
        quarters.victor,
        to=quarters.team.id,
        role="manager",
        also="export, Pause",
        **{"except": "mass unsend"},
        money="exact",
    )

    assert "<@&" in said
    (kept,) = await quarters.database.read(lambda tx: grants.of_creator(tx, LUNA, quarters.guild))
    assert (kept.kind, kept.subject, kept.role, kept.plus, kept.minus, kept.money) == (
        "role",
        quarters.team.id,
        "manager",
        "export pause",
        "mass unsend",
        "exact",
    )
    assert await quarters.standing(quarters.maya, quarters.team) == "manager"


async def test_no_changes_nothing(quarters: TeamScenario) -> None:
    preview = await quarters.use(quarters.victor, "team grant", to=quarters.lea.user.id, role="viewer")

    assert await quarters.press(quarters.victor, preview, "No") == texts.CANCELLED

    assert await quarters.holds() == []


async def test_a_second_press_of_the_same_preview_does_nothing(quarters: TeamScenario) -> None:
    preview = await quarters.use(quarters.victor, "team grant", to=quarters.lea.user.id, role="viewer")
    assert preview.message is not None
    ref = first_ref(preview.message)
    await quarters.press(quarters.victor, preview, "Yes, do it")
    await quarters.press(
        quarters.victor,
        await quarters.use(quarters.victor, "team revoke", **{"from": quarters.lea.user.id}),
        "Yes, do it",
    )

    granting = quarters.town.bot.services.get(TeamGrantService)
    again = await granting.confirm(yes_to(Action.TEAM_GRANT, ref, owner_of(quarters), LUNA))

    assert again == texts.SETTLED
    assert await quarters.holds() == []


async def test_a_preview_is_its_makers_and_lasts_ten_minutes(quarters: TeamScenario) -> None:
    preview = await quarters.use(quarters.victor, "team grant", to=quarters.lea.user.id, role="viewer")
    assert preview.message is not None
    granting, ref = quarters.town.bot.services.get(TeamGrantService), first_ref(preview.message)
    lead = DiscordId(quarters.maya.user.id)
    await quarters.let_in(lead, "manager", plus="team")

    others = await granting.confirm(yes_to(Action.TEAM_GRANT, ref, actor(quarters, lead), LUNA))
    quarters.clock.at += 10 * 60_000
    late = await granting.confirm(yes_to(Action.TEAM_GRANT, ref, owner_of(quarters), LUNA))

    assert (others, late) == (None, texts.SETTLED)
    assert await quarters.holds() == [("member", lead, "manager")]


async def test_what_changed_since_the_preview_is_not_overwritten(quarters: TeamScenario) -> None:
    preview = await quarters.use(quarters.victor, "team grant", to=quarters.lea.user.id, role="viewer")
    await quarters.let_in(quarters.lea.user.id, "manager")

    assert await quarters.press(quarters.victor, preview, "Yes, do it") == texts.CHANGED

    assert await quarters.standing(quarters.lea) == "manager"


async def test_who_lost_the_right_between_preview_and_press_changes_nothing(quarters: TeamScenario) -> None:
    await quarters.let_in(quarters.maya.user.id, "manager", plus="team")
    preview = await quarters.use(quarters.maya, "team grant", to=quarters.lea.user.id, role="viewer")
    await quarters.let_in(quarters.maya.user.id, "manager")

    assert preview.message is not None
    pressed = await quarters.maya.click(preview.message, "Yes, do it")
    await pressed.says(NOT_HERE)

    assert await quarters.standing(quarters.lea) is None


@pytest.mark.parametrize(
    ("has", "gives"),
    [
        ("chatter team", {"role": "manager"}),
        ("chatter team", {"role": "chatter"}),  # as much as oneself
        ("chatter team", {"role": "viewer", "also": "mass"}),
        ("chatter team", {"role": "viewer", "money": "banded"}),
        ("manager team", {"role": "chatter", "money": "exact"}),
        ("manager team", {"role": "manager"}),
        ("manager team", {"role": "viewer", "also": "export"}),
    ],
)
async def test_nobody_gives_more_than_they_have(
    quarters: TeamScenario, has: str, gives: dict[str, Any]
) -> None:
    role, plus = has.split()
    await quarters.let_in(quarters.maya.user.id, role, plus=plus)

    answer = await quarters.use(quarters.maya, "team grant", to=quarters.lea.user.id, **gives)

    assert answer.text == texts.BEYOND
    assert await quarters.standing(quarters.lea) is None


async def test_a_lead_lets_lesser_people_in_and_out(quarters: TeamScenario) -> None:
    await quarters.let_in(quarters.maya.user.id, "manager", plus="team")

    await quarters.give(quarters.maya, to=quarters.lea.user.id, role="chatter", money="banded")
    let_in = await quarters.standing(quarters.lea)
    preview = await quarters.use(quarters.maya, "team revoke", **{"from": quarters.lea.user.id})
    await quarters.press(quarters.maya, preview, "Yes, do it")

    assert (let_in, await quarters.standing(quarters.lea)) == ("chatter", None)
    assert [one.action for one in await quarters.audit()] == ["team.grant", "team.revoke"]


async def test_a_lead_does_not_take_from_equals_not_even_by_a_lesser_grant_to_them(
    quarters: TeamScenario,
) -> None:
    lead, team = quarters.lea, quarters.team
    await quarters.let_in(lead.user.id, "manager", plus="team")
    await quarters.let_in(team.id, "manager", kind="role")  # Maya is a manager by her Discord role

    said = [
        (await quarters.use(lead, "team grant", to=quarters.maya.user.id, role="none")).text,
        (await quarters.use(lead, "team grant", to=team.id, role="viewer")).text,
        (await quarters.use(lead, "team revoke", **{"from": team.id})).text,
        (await quarters.use(lead, "team revoke", **{"from": lead.user.id})).text,
    ]

    assert said == [texts.BEYOND] * 4
    assert await quarters.standing(quarters.maya, team) == "manager"


async def test_a_lead_does_not_give_back_by_revoking_what_only_the_owner_could_give(
    quarters: TeamScenario,
) -> None:
    await quarters.let_in(quarters.lea.user.id, "chatter", plus="team")
    await quarters.let_in(quarters.team.id, "manager", kind="role")
    await quarters.let_in(quarters.maya.user.id, "none")  # the owner keeps Maya out, whatever her role gives

    answer = await quarters.use(quarters.lea, "team revoke", **{"from": quarters.maya.user.id})

    assert answer.text == texts.BEYOND
    assert await quarters.standing(quarters.maya, quarters.team) is None


async def test_whoever_manages_nothing_here_is_told_of_nothing(quarters: TeamScenario) -> None:
    await quarters.let_in(quarters.maya.user.id, "manager")
    to = quarters.lea.user.id

    for who in (quarters.olivia, quarters.maya, quarters.lea):  # the server's owner is nobody here either
        assert (await quarters.use(who, "team grant", to=to, role="viewer")).text == NOT_HERE
        assert (await quarters.use(who, "team revoke", **{"from": to})).text == NOT_HERE
        assert (await quarters.use(who, "team show")).text == NOT_HERE


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"also": "fly"}, "Write permissions as they are called"),
        ({"also": "mass", "except": "reply, mass"}, "Under both `also:` and `except:`: mass"),
    ],
)
async def test_what_cannot_be_meant_is_said(
    quarters: TeamScenario, typed: dict[str, str], words: str
) -> None:
    answer = await quarters.use(
        quarters.victor, "team grant", to=quarters.lea.user.id, role="viewer", **typed
    )

    assert words in answer.text


async def test_who_is_no_team_is_said(quarters: TeamScenario) -> None:
    there = quarters.town

    async def to(whom: int, role: str = "viewer") -> str:
        return (await quarters.use(quarters.victor, "team grant", to=whom, role=role)).text

    assert await to(there.guild.id) == texts.EVERYONE
    assert await to(quarters.victor.user.id) == texts.IS_OWNER
    assert "That is a bot" in await to(next(iter(there.server.world.applications.values())).user.id)
    assert "would give this role nothing" in await to(quarters.team.id, "none")
    nothing = await quarters.use(quarters.victor, "team revoke", **{"from": quarters.lea.user.id})
    assert "has no grant of their own here" in nothing.text


async def test_permissions_are_offered_one_after_the_other(quarters: TeamScenario) -> None:
    async def offered(typed: str) -> list[str]:
        place = quarters.town.guild, quarters.town.lobby
        to = quarters.lea.user.id
        found = await quarters.victor.autocomplete(*place, "team grant", "also", typed, to=to, role="viewer")
        return [choice["value"] for choice in found]

    assert (await offered(""))[:3] == ["read", "draft", "reply"]
    assert await offered("re") == ["read", "reply", "relink"]
    assert await offered("reply, m") == ["reply, media", "reply, mass", "reply, money"]
    assert len(await offered("reply, ")) == 14


def owner_of(quarters: TeamScenario) -> Actor:
    return actor(quarters, DiscordId(quarters.victor.user.id))


def actor(quarters: TeamScenario, user: DiscordId) -> Actor:
    return Actor(user, quarters.guild)


def first_ref(message: StandInMessage) -> str:
    """What the first button of a preview carries."""
    return next(iter(references_in(message.components)))


async def test_a_press_that_is_none_to_this_preview_lets_nobody_in(quarters: TeamScenario) -> None:
    preview = await quarters.use(quarters.victor, "team grant", to=quarters.lea.user.id, role="viewer")
    assert preview.message is not None
    granting = quarters.town.bot.services.get(TeamGrantService)
    yes = yes_to(Action.TEAM_GRANT, first_ref(preview.message), owner_of(quarters), LUNA)

    await pressed_by_mistake(yes, granting.confirm)
    before = await quarters.holds()
    await granting.confirm(yes)

    assert before == []
    assert await quarters.holds() == [("member", quarters.lea.user.id, "viewer")]
