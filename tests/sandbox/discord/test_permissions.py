"""The permissions agree with those that discord.py computes from the same server."""

from datetime import UTC, datetime

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.model import (
    TEXT,
    StandInChannel,
    StandInGuild,
    StandInMember,
    StandInOverwrite,
    StandInRole,
    StandInUser,
)

BITS = [
    may.VIEW_CHANNEL,
    may.SEND_MESSAGES,
    may.EMBED_LINKS,
    may.READ_HISTORY,
    may.MANAGE_THREADS,
    may.ADMINISTRATOR,
]
SOME = st.lists(st.sampled_from(BITS), unique=True).map(sum)
# Nobody becomes administrator by an overwrite.
PARTS = st.lists(st.sampled_from(BITS[:-1]), unique=True).map(sum)
OVERWRITES = st.dictionaries(st.sampled_from([1, 11, 12, 21]), st.tuples(PARTS, PARTS), max_size=4)


class FakeState:
    """The little that discord.py's models ask of their client; it holds no network."""

    self_id = 99
    shard_count = None
    cache_guild_expressions = False
    member_cache_flags = discord.MemberCacheFlags.all()

    def store_user(self, data: dict[str, str], *, cache: bool = True) -> discord.User:
        """A user of the library, never kept."""
        del cache
        return discord.User(state=self, data=data)  # type: ignore[arg-type]


def _by_the_library(guild: StandInGuild, member: StandInMember, channel: StandInChannel) -> int:
    from bot.sandbox.discord import wire  # noqa: PLC0415 - only here

    data = wire.guild_json(guild)
    data["channels"] = [wire.channel_json(channel)]
    theirs = discord.Guild(data=data, state=FakeState())  # type: ignore[arg-type]
    who = discord.Member(data=wire.member_json(member), guild=theirs, state=FakeState())  # type: ignore[arg-type]
    place = theirs.get_channel(channel.id)
    assert place is not None
    return place.permissions_for(who).value


@given(everyone=SOME, first=SOME, second=SOME, overwrites=OVERWRITES, owner=st.booleans())
def test_roles_and_overwrites_give_what_discord_py_says(
    everyone: int, first: int, second: int, overwrites: dict[int, tuple[int, int]], *, owner: bool
) -> None:
    guild = StandInGuild(1, "g", 21 if owner else 22)
    for number, bits in ((1, everyone), (11, first), (12, second)):
        guild.roles[number] = StandInRole(number, str(number), bits, number)
    member = StandInMember(StandInUser(21, "m"), [11, 12], datetime(2026, 1, 1, tzinfo=UTC))
    guild.members[21] = member
    channel = StandInChannel(5, TEXT, "c", 1)
    for target, (allow, deny) in overwrites.items():
        channel.overwrites[target] = StandInOverwrite(target, int(target == 21), allow, deny & ~allow)
    ours, theirs = may.in_channel(guild, member, channel), _by_the_library(guild, member, channel)
    mask = sum(BITS[:-1])
    assert ours & mask == theirs & mask


def test_a_member_of_nothing_sees_nothing() -> None:
    guild = StandInGuild(1, "g", 22)
    guild.roles[1] = StandInRole(1, "@everyone", may.EVERYONE & ~may.VIEW_CHANNEL, 0)
    member = StandInMember(StandInUser(21, "m"), [], datetime(2026, 1, 1, tzinfo=UTC))
    assert may.in_channel(guild, member, StandInChannel(5, TEXT, "c", 1)) == 0
