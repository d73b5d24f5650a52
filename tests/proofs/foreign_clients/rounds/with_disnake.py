"""The round of disnake."""

import asyncio

import disnake
from disnake.ext import commands
from forks import Steps, intents
from steps import API, APPLICATION, GUILD, TOKEN, Played, must

disnake.http.Route.BASE = API


async def main() -> None:
    """Play it."""
    played = Played()
    client = commands.InteractionBot(intents=intents(disnake), test_guilds=[GUILD])

    @client.slash_command(description="Say it")
    async def echo(inter: disnake.ApplicationCommandInteraction, text: str) -> None:
        del text
        words = disnake.ui.TextInput(label="Words", custom_id="words")
        await inter.response.send_modal(title="A form", custom_id="form", components=[words])

    @client.event
    async def on_modal_submit(inter: disnake.ModalInteraction) -> None:
        await inter.response.defer(ephemeral=True)
        await inter.edit_original_response(f"You wrote {inter.text_values['words']}")
        await inter.followup.send("And more", ephemeral=True)

    running = asyncio.create_task(client.start(TOKEN))

    async def connect() -> None:
        await client.wait_until_ready()
        must(client.user.id == APPLICATION, "the bot is itself")
        must(len([m async for m in client.get_guild(GUILD).fetch_members()]) > 1, "members are listed")

    async def registered() -> None:
        while not any(c.name == "echo" for c in await client.fetch_guild_commands(GUILD)):
            await asyncio.sleep(0.5)  # disnake registers by itself, some time after it is ready
        other = disnake.SlashCommand("other", "Something else")
        made = await client.create_guild_command(GUILD, other)
        changed = disnake.SlashCommand("other", "Something else again")
        await client.edit_guild_command(GUILD, made.id, changed)
        must(len(await client.fetch_guild_commands(GUILD)) == 2, "both are there")
        await client.delete_guild_command(GUILD, made.id)
        await client.bulk_overwrite_global_commands([disnake.SlashCommand("everywhere", "On all servers")])

    steps = Steps(disnake, client, played)
    await played.step("connect", connect)
    await played.step("commands", registered)
    await steps.play()
    await played.step("modal", steps.modal)
    await client.close()
    running.cancel()
    played.say()


asyncio.run(main())
