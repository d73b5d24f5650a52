"""A real discord.py bot signs in and answers commands, buttons and forms."""

from typing import Any

import discord
from discord import app_commands, ui

from tests.sandbox.discord.conftest import FurnishedDiscord, SandboxDiscordClient, running


class ReferenceButton(ui.DynamicItem[ui.Button[Any]], template=r"answer:(?P<ref>[a-z0-9]+)"):
    """A button that carries its reference in its id, as the bridge's do."""

    def __init__(self, ref: str) -> None:
        """The reference survives a restart of the bot."""
        super().__init__(ui.Button(label="Reply", custom_id=f"answer:{ref}"))
        self.ref = ref

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any, /) -> "ReferenceButton":
        """Made again from the id alone."""
        del interaction, item
        return cls(match["ref"])

    async def callback(self, interaction: Any) -> None:
        """Open a form."""
        await interaction.response.send_modal(LongFieldForm(self.ref))


class LongFieldForm(ui.Modal, title="Reply"):
    """A form with one long field."""

    words: ui.TextInput[Any] = ui.TextInput(label="Text", style=discord.TextStyle.paragraph, max_length=4000)

    def __init__(self, ref: str) -> None:
        """The form belongs to one reference."""
        super().__init__(custom_id=f"form:{ref}")
        self.ref = ref

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Answer after thinking."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content=f"{self.ref}: {self.words.value}")


def card(ref: str) -> ui.LayoutView:
    """A message made of components."""
    view = ui.LayoutView(timeout=None)
    row: ui.ActionRow[Any] = ui.ActionRow(ReferenceButton(ref))
    view.add_item(ui.Container(ui.TextDisplay("**A fan**"), ui.Separator(), row, accent_colour=0x336699))
    return view


async def test_a_bot_signs_in_and_sees_its_server(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    guild = client.get_guild(studio.guild.id)
    assert guild is not None
    assert [channel.name for channel in guild.text_channels] == ["lobby"]
    assert guild.me.guild_permissions.manage_channels
    assert studio.server.ledger.count("gateway_identified") == 1


async def test_a_slash_command_is_completed_deferred_and_edited(studio: FurnishedDiscord) -> None:
    client = SandboxDiscordClient()

    async def names(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        known = ("anna", "annika", "bert")
        return [app_commands.Choice(name=n.title(), value=n) for n in known if n.startswith(typed)]

    @client.tree.command(description="Write to a fan")
    @app_commands.autocomplete(fan=names)
    async def reply(interaction: discord.Interaction, fan: str, text: str, price: int | None = None) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content=f"{fan} gets {text} for {price}")

    async with running(studio.server, client):
        maya = studio.person("maya")
        offered = await maya.autocomplete(studio.guild, studio.lobby, "reply", "fan", "ann")
        assert [choice["value"] for choice in offered] == ["anna", "annika"]
        answer = await maya.slash(studio.guild, studio.lobby, "reply", fan="anna", text="hello", price=300)
        await answer.says("anna gets hello for 300")
    assert answer.ephemeral
    assert answer.message in maya.read(studio.lobby)
    assert answer.message not in studio.person("noah").read(studio.lobby)
    assert [e.data["type"] for e in studio.server.ledger.of("answer", name="reply")] == [8, 5]


async def test_a_button_on_a_layout_opens_a_form_and_the_form_is_answered(studio: FurnishedDiscord) -> None:
    client = SandboxDiscordClient()
    client.add_dynamic_items(ReferenceButton)
    async with running(studio.server, client):
        channel = client.get_channel(studio.lobby.id)
        assert isinstance(channel, discord.TextChannel)
        sent = await channel.send(view=card("abc1"))
        message = studio.server.world.messages[studio.lobby.id][sent.id]
        maya = studio.person("maya")
        clicked = await maya.click(message, "Reply")
        form = await clicked.opened()
        assert form["title"] == "Reply"
        submitted = await maya.submit(clicked, {"Text": "hello there"})
        await submitted.says("abc1: hello there")
    assert submitted.ephemeral


async def test_a_forum_post_with_a_layout_becomes_a_thread_with_that_first_message(
    studio: FurnishedDiscord,
) -> None:
    client = SandboxDiscordClient()
    client.add_dynamic_items(ReferenceButton)
    async with running(studio.server, client):
        guild = client.get_guild(studio.guild.id)
        assert guild is not None
        hidden = discord.PermissionOverwrite(view_channel=False)
        shown = discord.PermissionOverwrite(view_channel=True, send_messages_in_threads=True)
        category = await guild.create_category("Creators")
        forum = await guild.create_forum(
            "luna",
            category=category,
            nsfw=True,
            overwrites={guild.default_role: hidden, guild.me: shown},
            available_tags=[discord.ForumTag(name="new"), discord.ForumTag(name="vip", emoji="⭐")],
            default_auto_archive_duration=10080,
        )
        made = await forum.create_thread(
            name="Anna", view=card("ref9"), applied_tags=[forum.available_tags[0]]
        )
        assert made.message.id == made.thread.id
        await made.thread.send("hello")
        await made.thread.edit(applied_tags=[forum.available_tags[1]], archived=True)
        fetched = [thread async for thread in forum.archived_threads()]
        assert [thread.name for thread in fetched] == ["Anna"]
        await made.thread.send("awake again")
    thread = studio.server.world.channels[made.thread.id]
    assert thread.thread is not None
    assert not thread.thread.archived
    assert studio.person("maya").threads(forum.id) == []
    assert [message.text for message in studio.person("olivia").read(thread)] == [
        "**A fan**",
        "hello",
        "awake again",
    ]
