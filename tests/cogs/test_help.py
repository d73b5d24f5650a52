"""/help's commands, and that there is none without a help text and an example."""

import re
from functools import partial

import discord
import pytest
from discord import app_commands

from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.discord.client import BridgeBot
from bot.discord.cog_loading import cog_names, load_cogs, set_up
from bot.discord.command_examples import CommandEntry, entries
from bot.model.ports import Post
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import FORUM, StandInChannel
from bot.sandbox.discord.people import DiscordPerson
from cogs.operations.help_pages import PAGE, page
from storage.records import DiscordId
from tests.discord.desk import MILA, Desk
from tests.discord.discord_test_server import (
    DiscordTestServer,
    SupervisorReports,
    make_bot,
    with_all_languages,
)


@pytest.fixture
async def bot() -> BridgeBot:
    bot = make_bot(Desk(), SupervisorReports())
    await set_up(bot, load_cogs(cog_names()))
    return bot


async def test_every_command_has_a_help_text_and_an_example_that_can_be_typed(bot: BridgeBot) -> None:
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Group):
            continue
        name, typed = command.qualified_name, getattr(command.callback, "example", None)
        assert typed is not None, f"/{name} has no example: put @example above its @asks"
        assert command.description.endswith("."), name
        typed = typed.format(**getattr(command.callback, "example_words", {}))
        assert typed == f"/{name}" or typed.startswith(f"/{name} "), name
        given = options_in(typed, [option.display_name for option in command.parameters])
        assert given is not None, f"the example of /{name} has something that is no option of it"
        missing = [
            one.display_name for one in command.parameters if one.required and not given.get(one.display_name)
        ]
        assert missing == [], name
        for option in command.parameters:
            if option.choices and option.display_name in given:
                chosen = given[option.display_name]
                assert any(one.name.startswith(chosen) for one in option.choices), f"/{name}: {chosen}"


async def test_every_menu_says_what_it_does_and_how_to_get_there(bot: BridgeBot) -> None:
    menus = bot.tree.get_commands(type=discord.AppCommandType.message)

    assert menus
    for menu in menus:
        assert getattr(menu.callback, "example", "").endswith("{menu}")
        assert str(getattr(menu.callback, "does", "")).endswith(".")
    assert bot.tree.get_commands(type=discord.AppCommandType.user) == []


def options_in(typed: str, names: list[str]) -> dict[str, str] | None:
    """What an example gives for each option; None where something else stands there."""
    parts = re.split(rf"(?:^| )({'|'.join(map(re.escape, names)) or 'nothing'}):", typed)
    head, given = parts[0], dict(zip(parts[1::2], parts[2::2], strict=True))
    strange = any(re.search(r"[a-z_-]:\S", text) for text in (head, *given.values()))
    return given if not strange and all(given.values()) else None


# ── who sees what ──


async def asked(
    town: DiscordTestServer, who: DiscordPerson, where: StandInChannel | None = None, **options: object
) -> InteractionAnswer:
    answer = await who.slash(town.guild, where or town.lobby, "help", **options)
    await answer.done()
    assert answer.ephemeral
    return answer


async def all_of_it(town: DiscordTestServer, who: DiscordPerson, where: StandInChannel | None = None) -> str:
    """All pages, one after the other."""
    answer = await asked(town, who, where)
    first = answer.text
    every, more = ("Alle Befehle", "Mehr") if who.user.locale == "de" else ("All commands", "More")
    await who.click(answer.message, every)
    await town.server.world.until(partial(_turned, answer, first), 10)
    read = [answer.text]
    while answer.message is not None and more in str(answer.message.components):
        await who.click(answer.message, more)
        await town.server.world.until(partial(_turned, answer, answer.text), 10)
        read.append(answer.text)
    return "\n".join(read)


def _turned(answer: InteractionAnswer, before: str) -> bool:
    return answer.text != before


async def thread(town: DiscordTestServer) -> StandInChannel:
    """A thread of a fan of Mila's."""
    forum = town.server.world.add_channel(town.guild, "fans", FORUM, nsfw=True)
    opened = await town.bot.discord.open_thread(
        DiscordId(forum.id), name="Nora", card=Post(body=("A fan.",)), tags=[]
    )
    town.desk.fans.add(opened.thread)
    return town.server.world.channel(opened.thread)


async def test_a_chatter_reads_what_a_chatter_may_and_nothing_else(town: DiscordTestServer) -> None:
    place = await thread(town)

    said = await all_of_it(town, town.maya, place)

    assert "You are a chatter." in said
    assert "`/fan snooze until:tomorrow 9:00`\n-# Snooze this thread's fan until a time." in said
    assert "Apps → Reply to this`\n-# Open the reply window" in said
    assert "/money price show" in said
    for lead in (
        "/money price limits",
        "/inbox timers",
        "/inbox review",
        "/settings privacy erase",
        "/money earnings",
        "/setup",
    ):
        assert lead not in said
    assert said.index("In a fan's thread") < said.index("Anywhere on this server")


async def test_outside_of_a_thread_what_works_everywhere_comes_first(town: DiscordTestServer) -> None:
    await thread(town)

    said = await all_of_it(town, town.maya)

    assert said.index("Anywhere on this server") < said.index("In a fan's thread")


async def test_the_owner_reads_all_pages_and_somebody_else_what_is_for_everybody(
    town: DiscordTestServer,
) -> None:
    place = await thread(town)
    town.desk.link_up(DiscordId(town.olivia.user.id), "mila", DiscordId(town.guild.id), creator=MILA)

    owner, outsider = await all_of_it(town, town.olivia, place), await all_of_it(town, town.victor)

    assert "You are the owner of @mila." in owner
    for command in (
        "/settings privacy erase",
        "/setup",
        "/inbox hold",
        "/team grant",
        "/money earnings",
        "/fan claim",
    ):
        assert command in owner
    assert "You are on no creator's team here" in outsider
    assert "`/link`" in outsider
    for command in ("/fan claim", "/inbox", "/settings privacy", "/setup"):
        assert command not in outsider


async def test_one_command_is_told_with_its_options(town: DiscordTestServer) -> None:
    await thread(town)

    said = (await asked(town, town.maya, command="/Inbox  waiting")).text
    snooze = (await asked(town, town.maya, command="fan snooze")).text
    unknown = (await asked(town, town.maya, command="settings privacy erase")).text

    assert "How to use inbox waiting" in said
    assert "`until` (optional): For example" in snooze
    assert "It works only in a fan's thread." in snooze
    assert unknown.startswith("No such command for you here.")


async def test_while_a_command_is_typed_those_are_offered_that_one_may_use(town: DiscordTestServer) -> None:
    await thread(town)

    chatter = await town.maya.autocomplete(town.guild, town.lobby, "help", "command", "in")
    outsider = await town.victor.autocomplete(town.guild, town.lobby, "help", "command", "in")

    names = [one["value"] for one in chatter]
    assert "inbox waiting" in names
    assert "inbox hold" not in names
    assert [one["value"] for one in outsider if one["value"].startswith("inbox")] == []


async def test_whoever_reads_german_reads_what_is_typed_in_german(town: DiscordTestServer) -> None:
    await with_all_languages(town.bot)
    place = await thread(town)
    town.desk.link_up(DiscordId(town.olivia.user.id), "mila", DiscordId(town.guild.id), creator=MILA)
    town.olivia.user.locale = "de"

    said = await all_of_it(town, town.olivia, place)
    one = (await asked(town, town.olivia, command="hilfe")).text
    offered = await town.olivia.autocomplete(town.guild, town.lobby, "help", "command", "hilf")

    assert (
        "`/fan zurückstellen bis:morgen 9:00`\n-# Stellt den Fan dieses Threads bis zu einer Zeit zurück."
        in said
    )
    assert "`/geld einnahmen zeitraum:1.–15. Nov.`" in said
    assert "Apps → Hierauf antworten`" in said
    assert (
        "`/konto vertreten creator:@mila`\n-# Verwaltet einen Creator, bis er sein eigenes Konto verbindet."
        in said
    )
    assert "Zum Beispiel: `/hilfe suche:ein bezahltes Bild senden`" in one
    assert "`befehl` (optional): Ein Befehl im Detail" in one
    assert [(one["name"], one["value"]) for one in offered] == [("hilfe", "help")]


def test_a_page_fits_and_those_beyond_the_last_are_the_last() -> None:
    many = [
        CommandEntry(
            f"{n}", f"command {n}", "d" * 99 + ".", "/" + "x" * 90, Action.REPLY, in_thread=n % 2 == 0
        )
        for n in range(3 * PAGE)
    ]
    roles = [(TeamRole.CHATTER, "h" * 90)] * 20

    pages = [page(many, roles, number, thread=True) for number in range(5)]

    assert pages[2] == pages[3] == pages[4]
    assert max(sum(map(len, one.body)) for one in pages) < 3900
    assert "and 15 more" in pages[0].body[0]


async def test_what_works_in_a_fans_thread_only_is_told_apart(bot: BridgeBot) -> None:
    inside = {entry.name for entry in entries(bot.tree) if entry.in_thread}

    assert {"fan claim", "fan snooze", "fan note add", "Reply to this"} <= inside
    assert not inside & {"inbox waiting", "help", "mass new", "link"}
