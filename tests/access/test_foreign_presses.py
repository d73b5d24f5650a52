"""A press that is none to this question: nobody stands in, and no limit changes."""

from dataclasses import replace

import pytest

from bot.access.permits import Access, Actor
from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.engine.guild_routing import ALONE, GuildRouting
from bot.features.inbox.pricing.feature import PricingFeature
from bot.features.people.agency.steward_service import StewardRefused, StewardService
from bot.model.shards import whole
from storage.engine import guild_assignments
from storage.inbox import price_limits
from storage.inbox.price_limits import RolePriceLimits
from storage.people import creators, managed_creators
from storage.people.managed_creators import ManagedCreator
from storage.records import Creator, CreatorId, Link, LinkId, LinkKind, LinkState
from tests.confirmations import pressed_by_mistake, ref_of, yes_to
from tests.relay.relay_scenario import CREATOR, GUILD, MAYA, RelayScenario, running
from tests.scenario_fixtures import in_folder

FAR = CreatorId("22222222-2222-4333-8444-555555555555")
AGENT = CreatorId("33333333-2222-4333-8444-555555555555")
OWNER = Actor(MAYA, GUILD)


world = in_folder(running)


async def test_a_foreign_press_makes_nobody_a_steward(world: RelayScenario) -> None:
    link = Link(
        LinkId("link-of-the-agent"), AGENT, MAYA, GUILD, 1, LinkState.ACTIVE, "", "agent", LinkKind.MEMBER
    )
    reach = ManagedCreator(link.id, FAR, "far", "Far", "MANAGER")
    await world.database.write(lambda tx: creators.learn(tx, Creator(AGENT, "agent", "Agent"), now=0))
    await world.database.write(lambda tx: creators.add_link(tx, link, now=0))
    await world.database.write(lambda tx: managed_creators.put(tx, link.id, [reach], now=0))
    on = world.ground()
    standing_in = StewardService(replace(on, serving=ALONE))
    question = await standing_in.ask(MAYA, GUILD, "far")
    yes = yes_to(Action.STEWARD, question.id, OWNER)

    await pressed_by_mistake(yes, standing_in.take, StewardRefused)
    with pytest.raises(StewardRefused):  # on another server than it was asked on
        await standing_in.take(yes_to(Action.STEWARD, question.id, MAYA))

    assert await world.database.read(lambda tx: creators.open_link(tx, FAR)) is None
    assert (await standing_in.take(yes)).reach == reach


async def test_nobody_stands_in_on_a_server_of_another_bot(world: RelayScenario) -> None:
    link = Link(
        LinkId("link-of-the-agent"), AGENT, MAYA, GUILD, 1, LinkState.ACTIVE, "", "agent", LinkKind.MEMBER
    )
    reach = ManagedCreator(link.id, FAR, "far", "Far", "MANAGER")
    await world.database.write(lambda tx: creators.learn(tx, Creator(AGENT, "agent", "Agent"), now=0))
    await world.database.write(lambda tx: creators.add_link(tx, link, now=0))
    await world.database.write(lambda tx: managed_creators.put(tx, link.id, [reach], now=0))
    await world.database.write(lambda tx: guild_assignments.claim(tx, GUILD, 71, now=0))
    on = world.ground()
    standing_in = StewardService(replace(on, serving=GuildRouting(72, home=True, alone=False, shard=whole)))
    question = await standing_in.ask(MAYA, GUILD, "far")

    with pytest.raises(StewardRefused, match="Another bot serves this server"):
        await standing_in.take(yes_to(Action.STEWARD, question.id, OWNER))

    assert await world.database.read(lambda tx: creators.open_link(tx, FAR)) is None


async def test_a_foreign_press_limits_no_price(world: RelayScenario) -> None:
    setting = PricingFeature(world.ground()).setting
    permit = await Access(world.database).authorize(OWNER, Action.PRICE_LIMITS, CREATOR)
    assert permit is not None
    question = await setting.ask(permit, TeamRole.CHATTER, {"floor": 700})
    yes = yes_to(Action.PRICE_LIMITS, ref_of(question), OWNER, CREATOR)

    await pressed_by_mistake(yes, setting.yes)
    before = await world.database.read(lambda tx: price_limits.of_server(tx, CREATOR, GUILD))
    await setting.yes(yes)

    assert before == {}
    after = await world.database.read(lambda tx: price_limits.of_server(tx, CREATOR, GUILD))
    assert after == {"chatter": RolePriceLimits(floor=700)}
