"""What of people's messages reaches the bridge, and when it is asked for at all."""

import pytest

from bot.discord.channel_visibility import ChannelVisibility
from bot.discord.client import point_at
from bot.discord.gateway import GatewayFailed
from bot.discord.identify_budget import DailyIdentifyBudget
from bot.engine.clock import SystemClock
from bot.model.ports import Post
from bot.model.shards import Shard
from bot.sandbox.discord import drafts, messages
from bot.sandbox.discord.model import FORUM
from bot.sandbox.discord.permissions import MANAGE_MESSAGES
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.discord.standalone import BOT_RIGHTS
from storage.records import DiscordId
from tests.discord.desk import Desk
from tests.discord.discord_test_server import (
    APPLICATION,
    DiscordTestServer,
    SupervisorReports,
    connected,
    furnish,
    make_bot,
    supervisor,
)
from tests.features.inbox.message_replies.desk import DeskTyped


def test_the_intent_is_asked_for_only_where_the_settings_say_so() -> None:
    bot = make_bot(Desk(), SupervisorReports(), hearing=DeskTyped(listens=True))

    wanted = [name for name, wanted in bot.intents if wanted]
    assert wanted == ["guilds", "guild_messages", "message_content"]


async def test_asked_for_and_not_allowed_says_what_to_do() -> None:
    told = SupervisorReports()
    async with DiscordServer() as server:
        point_at(server.api_url, server.gateway_url)
        furnish(server)
        bot = make_bot(Desk(), told, hearing=DeskTyped(listens=True))
        async with bot:
            with pytest.raises(
                GatewayFailed,
                match=(
                    "The settings say MESSAGE_CONTENT=on, but the developer portal doesn't "
                    "allow it: turn on “Message Content Intent” there"
                ),
            ):
                await supervisor(bot, told).run()

        assert server.ledger.of("gateway_closed")[0].data["code"] == 4014


async def test_what_people_type_in_threads_is_handed_on_and_nothing_else() -> None:
    told, typed = SupervisorReports(), DeskTyped(listens=True)
    async with DiscordServer() as server:
        point_at(server.api_url, server.gateway_url)
        guild, lobby, _team = furnish(server)
        server.world.applications[APPLICATION].intents_enabled = frozenset({"message_content"})
        other = server.world.add_application(77, "other", "secret")
        server.world.invite_bot(guild, other, BOT_RIGHTS)
        person = server.person(guild.owner_id)
        bot = make_bot(Desk(), told, hearing=typed, catching=typed)
        async with connected(bot, told):
            forum = server.world.add_channel(guild, "fans", FORUM)
            card = Post(title="Nora", body=("A fan.",), accent=1)
            opened = await bot.discord.open_thread(DiscordId(forum.id), name="Nora", card=card, tags=[])
            thread = server.world.channel(opened.thread)
            await person.say(lobby, "in a channel")
            messages.create(server.world, drafts.MessageDraft(other.user, thread, {"content": "a bot"}))
            first = await person.say(thread, "hello")
            await person.say(thread, "more", reply_to=first)
            await typed.until(lambda: len(typed.told) == 2)
            await person.edit(first, "hello there")
            await typed.until(lambda: bool(typed.changed))
            await person.delete(first)
            await typed.until(lambda: bool(typed.deleted))

    assert [heard.text for heard in typed.told] == ["hello", "more"]
    assert [heard.beside for heard in typed.told] == [False, True]
    assert typed.told[0].by.user == guild.owner_id
    assert typed.changed == typed.deleted == [first.id]
    assert typed.sessions[:1] == ["anew"]
    assert "ready" in typed.sessions


async def test_without_the_setting_nothing_is_handed_on_though_the_portal_allows_it(
    town: DiscordTestServer,
) -> None:
    town.server.world.applications[APPLICATION].intents_enabled = frozenset({"message_content"})
    forum = town.server.world.add_channel(town.guild, "fans", FORUM)
    card = Post(title="Nora", body=("A fan.",), accent=1)
    opened = await town.bot.discord.open_thread(DiscordId(forum.id), name="Nora", card=card, tags=[])
    town.desk.noticed.clear()

    await town.olivia.say(opened.thread, "hello")
    await town.bot.discord.delete_thread(DiscordId(opened.thread))
    await town.desk.until_noticed("changed", town.guild.id)

    typed = town.bot.context.hearing
    assert isinstance(typed, DeskTyped)
    assert typed.told == []


class DeafSession(DailyIdentifyBudget):
    """Of a session that hears of no server of this town."""

    def __init__(self, guild: int) -> None:
        super().__init__(clock=SystemClock())
        self.shard = Shard(1 - (guild >> 22) % 2, 2)


@pytest.mark.parametrize(("rights", "may"), [(BOT_RIGHTS, True), (BOT_RIGHTS & ~MANAGE_MESSAGES, False)])
async def test_of_a_server_that_another_process_hears_of_discord_is_asked_what_the_bot_may_do(
    rights: int, *, may: bool
) -> None:
    told = SupervisorReports()
    async with DiscordServer() as server:
        point_at(server.api_url, server.gateway_url)
        guild, _lobby, _team = furnish(server, rights)
        forum = server.world.add_channel(guild, "fans", FORUM)
        bot = make_bot(Desk(), told, budget=DeafSession(guild.id), shards=2)
        async with connected(bot, told):
            seeing = ChannelVisibility(bot)
            found = [await seeing.takes_messages(DiscordId(one)) for one in (forum.id, guild.owner_id)]

            assert (list(bot.guilds), found) == ([], [may, False])
        assert server.contract_errors == []
