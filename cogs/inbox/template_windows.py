"""The window in which a template is written or changed."""

from typing import Any

import discord
from discord import ui

from bot.features.inbox.templates.model import TemplateWindowContent
from bot.model.language import msgid, tr, tr_many
from bot.relay.message_template import NAME_LIMIT, TEXT_LIMIT
from bot.text.price_input import typed_of
from bot.text.template_variables import VARIABLES
from cogs.publishing.picker_windows import files_field

# Translators: at most 100 characters with the {fields}, which have 51.
_FIELDS = msgid("We fill in: {fields}. Or {{fan_name|love}}.")


class TemplateWindow(ui.Modal, title=msgid("A template")):
    """Everything a template has. Its custom_id is all that the bridge needs to take it back."""

    name: ui.Label[Any] = ui.Label(
        text=msgid("Name"),
        description=msgid("A short name your team can search for."),
        component=ui.TextInput(custom_id="name", max_length=NAME_LIMIT),
    )
    text: ui.Label[Any] = ui.Label(
        text=msgid("Message"),
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=TEXT_LIMIT, required=False
        ),
    )
    price: ui.Label[Any] = ui.Label(
        text=msgid("Price in dollars (optional)"),
        description=msgid("At least 3, for media. If you write no message, the gallery opens next."),
        component=ui.TextInput(custom_id="price", max_length=20, required=False),
    )

    def __init__(
        self, opened: TemplateWindowContent, *, title: str | None = None, files: bool = False
    ) -> None:
        """Empty for a new one, else with what is kept. `files`: for those who may add some to it."""
        super().__init__(title=title or tr("A template"), custom_id=f"v1:template.edit:{opened.ref}")
        self.stop()  # as in `ReplyWindow`
        fields = ", ".join(f"{{{name}}}" for name in VARIABLES)
        self.text.description = tr(_FIELDS, fields=fields)
        if files:
            self.add_item(files_field(required=False))
        message = opened.message
        if message is not None:
            values = (opened.name, message.text, typed_of(message.price))
            labels = (self.name, self.text, self.price)
            for label, value in zip(labels, values, strict=True):
                assert isinstance(label.component, ui.TextInput)
                label.component.default = value or None
            if message.media:
                self.price.description = tr_many(
                    "{n} item is kept with it. At least 3, for example 4.99",
                    "{n} items are kept with it. At least 3, for example 4.99",
                    len(message.media),
                )
