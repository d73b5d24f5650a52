"""The round of nextcord."""

import asyncio

import nextcord
from forks import Steps, intents
from steps import API, APPLICATION, GUILD, TOKEN, Played, must

nextcord.http.Route.BASE = API


class NextcordForm(nextcord.ui.Modal):
    """A form with one field."""

    def __init__(self) -> None:
        """The field is empty."""
        super().__init__("A form", custom_id="form")
        self.words = nextcord.ui.TextInput("Words", custom_id="words")
        self.add_item(self.words)

    async def callback(self, interaction: nextcord.Interaction) -> None:
        """Say what was written."""
        await interaction.response.defer(ephemeral=True, with_message=True)
        await interaction.edit_original_message(content=f"You wrote {self.words.value}")
        await interaction.followup.send("And more", ephemeral=True)


async def main() -> None:
    """Play it."""
    played = Played()
    # nextcord knows its form only when its answer has come back: nobody fills one in as fast as a program.
    known = asyncio.Event()
    client = nextcord.Client(intents=intents(nextcord))

    @client.slash_command(description="Say it", guild_ids=[GUILD])
    async def echo(interaction: nextcord.Interaction, text: str) -> None:
        del text
        await interaction.response.send_modal(NextcordForm())
        known.set()

    running = asyncio.create_task(client.start(TOKEN))

    async def connect() -> None:
        while not client.is_ready():  # before its login, nextcord has nothing to wait on
            await asyncio.sleep(0.1)
        must(client.user.id == APPLICATION, "the bot is itself")
        must(len([m async for m in client.get_guild(GUILD).fetch_members()]) > 1, "members are listed")

    async def registered() -> None:
        api = client.http
        while not any(c["name"] == "echo" for c in await api.get_guild_commands(APPLICATION, GUILD)):
            await asyncio.sleep(0.5)  # nextcord registers by itself, some time after it is ready
        other = {"type": 1, "name": "other", "description": "Something else"}
        made = await api.upsert_guild_command(APPLICATION, GUILD, other)
        changed = {**other, "description": "Something else again"}
        await api.edit_guild_command(APPLICATION, GUILD, made["id"], changed)
        must(len(await api.get_guild_commands(APPLICATION, GUILD)) == 2, "both are there")
        await api.delete_guild_command(APPLICATION, GUILD, made["id"])
        everywhere = {"type": 1, "name": "everywhere", "description": "On all servers"}
        await api.bulk_upsert_global_commands(APPLICATION, [everywhere])

    steps = Steps(nextcord, client, played)
    await played.step("connect", connect)
    await played.step("commands", registered)
    await steps.play()
    await played.step("modal", lambda: steps.modal(known))
    await client.close()
    running.cancel()
    played.say()


asyncio.run(main())
