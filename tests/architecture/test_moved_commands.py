"""The table of moved commands: complete, true, and printed as it is."""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.cog_loading import cog_names, load_cogs, set_up
from bot.discord.command_tree import BridgeTree
from bot.discord.moved_commands import MOVED
from tests.architecture.moved_commands import page
from tests.architecture.source_tree import TOP


def test_the_page_of_moved_commands_is_what_the_code_says() -> None:
    assert (TOP / "docs" / "moved-commands.md").read_text(encoding="utf-8") == page()


def test_every_moved_command_leads_to_one_that_is_there_and_no_two_to_the_same() -> None:
    there = asyncio.run(_names())

    assert sorted(set(MOVED.values()) - there) == []
    assert sorted(MOVED.keys() & there) == []
    assert len(set(MOVED.values())) == len(MOVED)


async def _names() -> set[str]:
    bot = commands.Bot((), intents=discord.Intents.none(), tree_cls=BridgeTree)
    await set_up(bot, load_cogs(cog_names()))
    return {one.qualified_name for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command)}
