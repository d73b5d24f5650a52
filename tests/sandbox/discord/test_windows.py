"""Windows with boxes to tick, one of several, and files, as with Discord."""

from typing import Any

import discord
import pytest
from discord import app_commands, ui

from bot.discord.typed_input import WindowFile, fields, files_in
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.errors import DiscordApiError, must_fit
from bot.sandbox.discord.window_components import WINDOW, window_problems
from tests.sandbox.discord.conftest import FurnishedDiscord, SandboxDiscordClient, running


class EveryFieldForm(ui.Modal, title="A reply"):
    """One field of each kind that a window has beside texts and lists."""

    paid: ui.Label[Any] = ui.Label(text="Add media", component=ui.Checkbox(custom_id="add"))
    price: ui.Label[Any] = ui.Label(
        text="Price",
        component=ui.RadioGroup(
            custom_id="price",
            required=False,
            options=[
                discord.RadioGroupOption(label="$5", value="5"),
                discord.RadioGroupOption(label="$10", value="10"),
            ],
        ),
    )
    tags: ui.Label[Any] = ui.Label(
        text="Tags",
        component=ui.CheckboxGroup(
            custom_id="tags",
            min_values=0,
            required=False,
            options=[
                discord.CheckboxGroupOption(label="VIP", value="vip", default=True),
                discord.CheckboxGroupOption(label="New", value="new"),
            ],
        ),
    )
    files: ui.Label[Any] = ui.Label(
        text="Files", component=ui.FileUpload(custom_id="files", required=False, max_values=2)
    )


class FormBot(SandboxDiscordClient):
    """Opens the form; keeps what comes back as the bridge reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.files: tuple[WindowFile, ...] = ()

        @self.tree.command(description="Open it")
        async def window(interaction: discord.Interaction) -> None:
            await interaction.response.send_modal(EveryFieldForm())

        assert isinstance(window, app_commands.Command)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            data: Any = interaction.data
            self.fields = dict(fields(data["components"]))
            self.files = files_in(interaction, "files")
            await interaction.response.send_message("Taken.", ephemeral=True)


async def test_all_that_was_filled_in_arrives(studio: FurnishedDiscord) -> None:
    async with running(studio.server, FormBot()) as client:
        assert isinstance(client, FormBot)
        maya = studio.person("maya")
        opened = await maya.slash(studio.guild, studio.lobby, "window")
        await opened.opened()
        given = {"Add media": True, "Price": "$10", "tags": ["New"], "Files": [("voice.ogg", b"OggS")]}
        await (await maya.submit(opened, given)).says("Taken.")

        assert {name: client.fields[name] for name in ("add", "price", "tags")} == {
            "add": "true",
            "price": "10",
            "tags": "new",
        }
        assert [(file.filename, file.size, file.content_type) for file in client.files] == [
            ("voice.ogg", 4, "audio/ogg")
        ]
        assert client.files[0].url.startswith(studio.server.url)


async def test_what_nobody_touched_keeps_what_it_came_with(studio: FurnishedDiscord) -> None:
    async with running(studio.server, FormBot()) as client:
        assert isinstance(client, FormBot)
        maya = studio.person("maya")
        opened = await maya.slash(studio.guild, studio.lobby, "window")
        await opened.opened()
        await (await maya.submit(opened, {})).says("Taken.")

        assert client.fields == {"add": "", "price": "", "tags": "vip", "files": ""}
        assert client.files == ()


async def test_a_client_sends_no_file_that_is_too_large_or_one_too_many(studio: FurnishedDiscord) -> None:
    async with running(studio.server, FormBot()):
        maya = studio.person("maya")
        maya.user.largest_file = 3
        opened = await maya.slash(studio.guild, studio.lobby, "window")
        await opened.opened()

        with pytest.raises(NotPossible, match="larger"):
            await maya.submit(opened, {"files": ("a.png", b"1234")})
        with pytest.raises(NotPossible, match="between 0 and 2"):
            await maya.submit(opened, {"files": [("a.png", b"1")] * 3})
        with pytest.raises(NotPossible, match="not offered"):
            await maya.submit(opened, {"price": "$7"})


def _window(**field: Any) -> dict[str, Any]:
    label = {"type": 18, "label": "Field", "component": {"custom_id": "f", **field}}
    return {"custom_id": "w", "title": "Window", "components": [label]}


_TWO = [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]


@pytest.mark.parametrize(
    ("window", "fits"),
    [
        (_window(type=23, default=True), True),
        (_window(type=23, required=True), False),
        (_window(type=21, options=_TWO), True),
        (_window(type=21, options=_TWO[:1]), False),
        (_window(type=21, options=[{**one, "default": True} for one in _TWO]), False),
        (_window(type=22, options=_TWO[:1]), True),
        (_window(type=22, options=[_TWO[0], _TWO[0]]), False),
        (_window(type=22, options=_TWO, min_values=2, max_values=1), False),
        (_window(type=19, min_values=0), False),
        (_window(type=19, min_values=0, required=False), True),
        (_window(type=19, max_values=11), False),
        (_window(type=13), False),
    ],
)
def test_discord_takes_a_window_or_not(window: dict[str, Any], *, fits: bool) -> None:
    try:
        must_fit(WINDOW, window)
        must_fit(WINDOW, window, window_problems(window["components"]))
    except DiscordApiError:
        assert not fits
    else:
        assert fits
