"""Who sees a creator's channels: each role that can be granted, by the real deeds."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.access.policy import CHANNELS as TABLE
from bot.access.policy import ChannelKind
from bot.access.roles import Permission
from bot.discord import channel_layout
from bot.sandbox.discord.model import CATEGORY, FORUM, StandInChannel, StandInOverwrite
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.permissions import SEND_IN_THREADS, VIEW_CHANNEL
from storage.inbox import forums
from storage.records import DiscordId, Forum
from tests.access.permission_specification import CHANNELS
from tests.discord.discord_test_server import APPLICATION
from tests.features.people.team.team_scenario import LUNA, TeamScenario, quarters

pytestmark = pytest.mark.policy

GRANTED = ("manager", "chatter", "trainee", "viewer")
KINDS = {"category": CATEGORY, "forum": FORUM, "alerts": 0}


@dataclass
class CreatorChannels:
    """Luna's channels as /setup makes them, on a server where Maya has the team's Discord role."""

    there: TeamScenario
    channels: Mapping[str, StandInChannel]

    async def grant(self, role: str, *, without: str = "") -> None:
        """Luna's owner lets the team in as this, and Discord follows."""
        options = {"except": without} if without else {}
        await self.there.give(self.there.victor, to=self.there.team.id, role=role, **options)
        await self.there.delivered()

    def seen_by(self, who: DiscordPerson) -> set[str]:
        """The channels that somebody sees."""
        return {name for name, channel in self.channels.items() if who.sees(channel)}

    def written_by_team(self) -> set[str]:
        """The channels in whose threads the team's role may write."""
        own = {name: one.overwrites.get(self.there.team.id) for name, one in self.channels.items()}
        return {name for name, one in own.items() if one and one.allow & SEND_IN_THREADS}


@pytest.fixture
async def rooms(tmp_path: Path) -> AsyncIterator[CreatorChannels]:
    async with quarters(tmp_path) as there:
        world, guild = there.town.server.world, there.town.guild
        bot = DiscordId(world.applications[APPLICATION].user.id)
        made = {}
        for name, kind in KINDS.items():
            rules = channel_layout.overwrites(kind, guild=there.guild, bot=bot)
            own = {
                int(one["id"]): StandInOverwrite(
                    int(one["id"]), one["type"], int(one["allow"]), int(one["deny"])
                )
                for one in rules
            }
            made[name] = world.add_channel(guild, name, kind, overwrites=own, nsfw=kind != CATEGORY)
        place = Forum(
            DiscordId(made["forum"].id),
            there.guild,
            DiscordId(made["category"].id),
            DiscordId(made["alerts"].id),
            LUNA,
            "{}",
        )
        await there.database.write(lambda tx: forums.add(tx, place, 0))
        yield CreatorChannels(there, made)


def test_the_table_is_as_specified() -> None:
    assert {kind.value for kind in TABLE} == set(CHANNELS) == {kind.value for kind in ChannelKind}
    for kind, rule in TABLE.items():
        assert rule.sees in {None, Permission.READ}
        assert (rule.sees is None) == (CHANNELS[kind.value][0] == ())


async def test_as_they_are_made_nobody_sees_them_but_the_bot_and_who_owns_the_server(
    rooms: CreatorChannels,
) -> None:
    there = rooms.there

    assert [rooms.seen_by(who) for who in (there.maya, there.lea, there.victor)] == [set()] * 3
    assert rooms.seen_by(there.olivia) == set(KINDS)


@pytest.mark.parametrize("role", GRANTED)
async def test_a_role_sees_what_it_is_granted_and_nothing_once_that_is_taken_back(
    rooms: CreatorChannels, role: str
) -> None:
    await rooms.grant(role)
    seen, written, lea = (
        rooms.seen_by(rooms.there.maya),
        rooms.written_by_team(),
        rooms.seen_by(rooms.there.lea),
    )
    there = rooms.there
    asked = await there.use(there.victor, "team revoke", **{"from": there.team.id})
    await there.press(there.victor, asked, "Yes, do it")
    await there.delivered()

    assert seen == {name for name, (sees, _) in CHANNELS.items() if role in sees}
    assert written == {name for name, (_, writes) in CHANNELS.items() if role in writes}
    assert lea == set()
    assert rooms.seen_by(there.maya) == set()


async def test_without_the_permission_to_read_a_role_sees_nothing(rooms: CreatorChannels) -> None:
    await rooms.grant("chatter")
    await rooms.grant("chatter", without="read")

    assert rooms.seen_by(rooms.there.maya) == set()


async def test_the_last_word_counts_and_what_others_set_stays(rooms: CreatorChannels) -> None:
    """Deeds that come late, twice or in another order make what is granted now."""
    there, forum = rooms.there, rooms.channels["forum"]
    forum.overwrites[there.lea.user.id] = StandInOverwrite(there.lea.user.id, 1, VIEW_CHANNEL, 0)
    await there.give(there.victor, to=there.team.id, role="chatter")
    await there.give(there.victor, to=there.team.id, role="viewer")

    for _ in range(2):
        await there.delivered()

    assert rooms.seen_by(there.maya) == {"forum", "alerts"}
    assert rooms.written_by_team() == set()
    assert there.lea.sees(forum)  # by somebody's hand: the access doctor tells of her
