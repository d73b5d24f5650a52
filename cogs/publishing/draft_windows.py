"""Windows of a draft: its text, media and price, its time, lists by their names."""

from typing import Any

import discord
from discord import ui

from bot.model.language import msgid, number_text, tr
from cogs.inbox.reply_windows import TEXT_LIMIT
from cogs.publishing.picker_windows import files_field

_SHORT = 100
_LISTS = 300


def _field(name: str, words: str, hint: str, begins: str, most: int, *, tall: bool = False) -> ui.Label[Any]:
    """A field, with the present content where it fits; else that stays until something is sent."""
    style = discord.TextStyle.paragraph if tall else discord.TextStyle.short
    default = begins if 0 < len(begins) <= most else None
    text: ui.TextInput[Any] = ui.TextInput(
        custom_id=name, style=style, max_length=most, required=False, default=default
    )
    return ui.Label(text=words, description=hint, component=text)


class DraftTextWindow(ui.Modal, title=msgid("What they read")):
    """The text. As of every window, the custom_id is all that the bridge needs to take it back."""

    def __init__(self, ref: str, text: str, *, files: bool) -> None:
        """`files`: for those who may put something into the vault."""
        super().__init__(custom_id=f"v1:compose.write:{ref}")
        long = len(text) > TEXT_LIMIT
        hint = tr(
            "Your saved text of {length} characters is too long to show here. Anything you type replaces it.",
            length=number_text(len(text)),
        )
        words = (
            hint if long else tr("Up to 4,000 characters here. For longer ones start with /mass new text:…")
        )
        self.add_item(_field("text", tr("Message"), words, text, TEXT_LIMIT, tall=True))
        if files:
            self.add_item(files_field(required=False))
        self.stop()  # as in `cogs.inbox.reply_windows`


class DraftTimeWindow(ui.Modal, title=msgid("When is it sent?")):
    def __init__(self, ref: str, when: str) -> None:
        super().__init__(custom_id=f"v1:compose.when:{ref}")
        hint = tr(
            "“tomorrow 18:00”, “fri 20:30”, “in 2 hours”, in the creator's time zone. Leave "
            "empty to send now."
        )
        self.add_item(_field("when", tr("Time"), hint, when, _SHORT))
        self.stop()  # likewise


class ListSearchWindow(ui.Modal, title=msgid("Find lists by name")):
    """Names of lists, for either side."""

    def __init__(self, ref: str, to: str, without: str) -> None:
        super().__init__(custom_id=f"v1:compose.find:{ref}")
        hint = tr("Part of the name is enough. Separate several with commas.")
        self.add_item(_field("to", tr("Who also gets it"), hint, to, _LISTS))
        self.add_item(_field("without", tr("Who does not get it"), hint, without, _LISTS))
        self.stop()  # likewise
