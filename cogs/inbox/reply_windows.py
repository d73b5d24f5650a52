"""The window in which a reply is typed, empty or with a reply that was kept back."""

from typing import Any

import discord
from discord import ui

from bot.model.ports import MessageToFan

TEXT_LIMIT = 4000  # a text field of a window holds no more; longer goes by /reply
_LISTED = 1000


class ReplyWindow(ui.Modal, title="Reply to this fan"):
    """A text, and an offer if wanted. Its custom_id is all that the bridge needs to take it back."""

    text: ui.Label[Any] = ui.Label(
        text="Message",
        description="Up to 4,000 characters here. Longer ones go by /reply.",
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=TEXT_LIMIT, required=False
        ),
    )
    price: ui.Label[Any] = ui.Label(
        text="Price in dollars (optional)",
        description="For media only, at least 3: for example 4.99",
        component=ui.TextInput(custom_id="price", max_length=20, required=False),
    )
    media: ui.Label[Any] = ui.Label(
        text="Media ids from the vault (optional)",
        description="Separated by spaces or commas.",
        component=ui.TextInput(custom_id="media", max_length=_LISTED, required=False),
    )

    def __init__(self, ref: str, action: str = "reply", hint: str | None = None) -> None:
        """`hint`: words about prices, at most 100 characters."""
        super().__init__(custom_id=f"v1:{action}:{ref}")
        if hint is not None:
            self.price.description = hint
        # discord.py keeps every window it opens until it is sent, and forgets all at a restart. Neither is
        # needed: `cogs.routing.buttons.submitted` takes any window.
        self.stop()

    def fill(self, message: MessageToFan) -> bool:
        """Let it begin with this; False when that is longer than a window holds."""
        listed = " ".join(message.media)
        if len(message.text or "") > TEXT_LIMIT or len(listed) > _LISTED:
            return False
        price = "" if message.price is None else f"{message.price // 100}.{message.price % 100:02d}"
        for label, value in ((self.text, message.text or ""), (self.price, price), (self.media, listed)):
            assert isinstance(label.component, ui.TextInput)
            label.component.default = value
        if message.preview is not None:
            self.add_item(
                ui.Label(
                    text="Preview (optional)",
                    description="The id of the one item that the fan sees before paying.",
                    component=ui.TextInput(
                        custom_id="preview", max_length=100, required=False, default=message.preview
                    ),
                )
            )
        return True
