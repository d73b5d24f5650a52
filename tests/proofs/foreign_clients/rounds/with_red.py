"""The round of Red, a whole bot: started as its own program does, core cogs only."""

import asyncio
import logging
import os
import tempfile
from typing import Any

from forks import Steps
from steps import API, APPLICATION, GUILD, LOBBY, TOKEN, Played, must, person

# isort: split
from redbot.__main__ import run_bot  # the first of Red's: it sets up logging and the loop before the others

# isort: split
import discord
from discord import app_commands
from redbot import version_info
from redbot.core import _cli, _events, data_manager
from redbot.core.bot import Red

discord.http.Route.BASE = API
FLAGS = ["--no-prompt", "--no-cogs", "--prefix", "!", "--token", TOKEN]


async def _is_the_newest() -> tuple[Any, None]:
    return version_info, None


# It asks its registry for a newer version whenever it is ready: of no use here, and nothing else leaves.
_events.fetch_latest_red_version_info = _is_the_newest


class Complaints(logging.Handler):
    """What Red, or the library in it, calls an error in its log is a failure."""

    def __init__(self, played: Played) -> None:
        """Where failures are kept."""
        super().__init__(logging.ERROR)
        self.played = played

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.played.failures.append({"step": "log", "problem": self.format(record)[-600:]})


class RedForm(discord.ui.Modal, title="A form"):
    """A form with one field."""

    words = discord.ui.TextInput(label="Words", custom_id="words")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Say what was written."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content=f"You wrote {self.words.value}")
        await interaction.followup.send("And more", ephemeral=True)


@app_commands.command(description="Say it")
async def echo(interaction: discord.Interaction, text: str) -> None:
    del text
    await interaction.response.send_modal(RedForm())


@app_commands.command(description="Something else")
async def other(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Something else")


class RedRound(Steps):
    """The steps, and what is Red's own: its ready, its tree, a command that is typed."""

    async def connect(self) -> None:
        await self.client.wait_until_red_ready()
        must(self.client.user.id == APPLICATION, "the bot is itself")
        must(self.guild.chunked and len(self.guild.members) > 1, "all members came by the gateway")
        must(len([m async for m in self.guild.fetch_members()]) > 1, "members are listed")

    async def commands(self) -> None:
        tree, here = self.client.tree, discord.Object(GUILD)
        for command in (echo, other):
            tree.add_command(command, guild=here)
        must(len(await tree.sync(guild=here)) == 2, "both are there")
        found = {command.name: command for command in await tree.fetch_commands(guild=here)}
        await found["other"].edit(description="Something else again")
        await found["other"].delete()
        must([c.name for c in await tree.fetch_commands(guild=here)] == ["echo"], "one is left")
        await tree.sync()  # everywhere: none, because Red has those off that nobody switched on
        pong = self.hearing("message", lambda found: found.author.id == APPLICATION)
        await asyncio.sleep(0)
        await person("say", channel=LOBBY, text="!ping")
        must((await pong).content == "Pong.", "Red answers what is typed")


async def main(folder: str) -> None:
    """Play it."""
    played = Played()
    logging.getLogger().addHandler(Complaints(played))
    storage = {"STORAGE_TYPE": "JSON", "STORAGE_DETAILS": {}}
    data_manager.basic_config = {**data_manager.basic_config_default, **storage, "DATA_PATH": folder}
    data_manager._instance_name = "round"
    flags = _cli.parse_cli_flags(FLAGS)
    client = Red(cli_flags=flags, description="Red V3", dm_help=None)
    running = asyncio.create_task(run_bot(client, flags))
    steps = RedRound(discord, client, played)
    await played.step("connect", steps.connect)
    await played.step("commands", steps.commands)
    await steps.play()
    await played.step("modal", steps.modal)
    await client.close()
    running.cancel()
    played.say()


with tempfile.TemporaryDirectory(dir=os.environ["CLIENT_FOLDER"]) as data:
    asyncio.run(main(data))
