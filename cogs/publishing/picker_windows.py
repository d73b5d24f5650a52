"""The windows of a picker: words to search for, another price, the text."""

from typing import Any

import discord
from discord import ui

from bot.model.language import msgid, tr
from cogs.inbox.reply_windows import TEXT_LIMIT


def files_field(*, required: bool) -> ui.Label[Any]:
    """The field for files that go into the vault first."""
    return ui.Label(
        text=tr("Files") if required else tr("Photo, video or voice note (optional)"),
        description=tr("Photos, videos or voice notes, up to 10. They go into the vault first."),
        component=ui.FileUpload(
            custom_id="files", required=required, min_values=int(required), max_values=10
        ),
    )


class PickerSearchWindow(ui.Modal, title=msgid("Search the vault")):
    """As of every window, the custom_id is all that the bridge needs to take it back."""

    words: ui.Label[Any] = ui.Label(
        text=msgid("Words"),
        description=msgid("In an item's name or caption. Leave empty to see everything."),
        component=ui.TextInput(custom_id="words", max_length=100, required=False),
    )

    def __init__(self, prefix: str, ref: str) -> None:
        super().__init__(custom_id=f"v1:{prefix}.search:{ref}")
        self.stop()  # as in `ReplyWindow`


class PickerPriceWindow(ui.Modal, title=msgid("Another price")):
    """A price that is not on the list; `hint`: what is usual, or allowed."""

    price: ui.Label[Any] = ui.Label(
        text=msgid("Price in dollars"),
        description=msgid("At least 3: for example 4.99"),
        component=ui.TextInput(custom_id="price", max_length=20),
    )

    def __init__(self, prefix: str, ref: str, hint: str | None) -> None:
        super().__init__(custom_id=f"v1:{prefix}.price:{ref}")
        if hint is not None:
            self.price.description = hint
        self.stop()  # likewise


class PickerUploadWindow(ui.Modal, title=msgid("Upload from your device")):
    def __init__(self, prefix: str, ref: str) -> None:
        super().__init__(custom_id=f"v1:{prefix}.upload:{ref}")
        self.add_item(files_field(required=True))
        self.stop()  # likewise


class PickerTextWindow(ui.Modal, title=msgid("Your text")):
    """The text, as it is now where a window holds it."""

    text: ui.Label[Any] = ui.Label(
        text=msgid("Message"),
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=TEXT_LIMIT, required=False
        ),
    )

    def __init__(self, prefix: str, ref: str, text: str, *, files: bool) -> None:
        """`files`: for those who may put something into the vault."""
        super().__init__(custom_id=f"v1:{prefix}.text:{ref}")
        if files:
            self.add_item(files_field(required=False))
        assert isinstance(self.text.component, ui.TextInput)
        self.text.component.default = text if len(text) <= TEXT_LIMIT else None
        self.stop()  # likewise
