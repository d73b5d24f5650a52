"""The window in which a reply is typed, empty or with a reply that was kept back."""

from typing import Any

import discord
from discord import ui

from bot.model.language import msgid, tr, tr_many
from bot.model.ports import MessageToFan

TEXT_LIMIT = 4000  # a text field of a window holds no more; longer goes by /reply


class ReplyWindow(ui.Modal, title=msgid("Reply to this fan")):
    """A text, and an offer if wanted. Its custom_id is all that the bridge needs to take it back."""

    text: ui.Label[Any] = ui.Label(
        text=msgid("Message"),
        description=msgid("Up to 4,000 characters here. For longer ones use /reply."),
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=TEXT_LIMIT, required=False
        ),
    )
    price: ui.Label[Any] = ui.Label(
        text=msgid("Price in dollars (optional)"),
        description=msgid("At least 3, for example 4.99. You choose the media next."),
        component=ui.TextInput(custom_id="price", max_length=20, required=False),
    )
    files: ui.Label[Any] = ui.Label(
        text=msgid("Photo, video or voice note (optional)"),
        description=msgid("Up to 10 files. They go into the vault first, then you press Send."),
        component=ui.FileUpload(custom_id="files", required=False, min_values=0, max_values=10),
    )
    when: ui.Label[Any] = ui.Label(
        text=msgid("Send later (optional)"),
        description=msgid(
            "For example tomorrow 6pm, or in 2 hours. We ask you again if the fan writes before."
        ),
        component=ui.TextInput(custom_id="when", max_length=60, required=False),
    )
    vault: ui.Label[Any] = ui.Label(
        text=msgid("Add media from the vault"),
        description=msgid("You choose them next and press Send. An empty window opens them too."),
        component=ui.Checkbox(custom_id="vault"),
    )

    def __init__(
        self,
        ref: str,
        action: str = "reply",
        hint: str | None = None,
        *,
        vault: bool = True,
        files: bool = False,
        later: bool = True,
    ) -> None:
        """`hint`: words about prices, at most 100 characters. `vault`: media can be chosen next.

        `files`: for those who may put something into the vault. `later`: a time can be typed.
        """
        super().__init__(custom_id=f"v1:{action}:{ref}")
        if hint is not None:
            self.price.description = hint
        if not files:
            self.remove_item(self.files)
        if not vault:
            self.remove_item(self.vault)
        if not later:
            self.remove_item(self.when)
        # discord.py keeps every window it opens until it is sent, and forgets all at a restart. Neither is
        # needed: `cogs.routing.buttons.submitted` takes any window.
        self.stop()

    def fill(self, message: MessageToFan, later: int | None = None) -> bool:
        """Let it begin with this; False when that is longer than a window holds. Its media stay with it."""
        if len(message.text or "") > TEXT_LIMIT:
            return False
        price = "" if message.price is None else f"{message.price // 100}.{message.price % 100:02d}"
        when = "" if later is None else f"<t:{later // 1000}>"
        for label, value in ((self.text, message.text or ""), (self.price, price), (self.when, when)):
            assert isinstance(label.component, ui.TextInput)
            label.component.default = value
        if message.media:
            self.vault.text = tr("Change its media")
            self.vault.description = tr_many(
                "{n} item is attached and sent with it. Tick to choose others.",
                "{n} items are attached and sent with it. Tick to choose others.",
                len(message.media),
            )
        return True
