"""Windows of a suggested post: its content, and the reason for its return."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.model.language import msgid
from cogs.inbox.reply_windows import TEXT_LIMIT

EDIT, RETURN = "suggest.edit", "suggest.return"
_SHORT, _REASON = 100, 1000


class SuggestionWindow(ui.Modal, title=msgid("The suggested post")):
    """Its custom_id is all that the bridge needs to take it back."""

    text: ui.Label[Any] = ui.Label(
        text=msgid("Text"),
        description=msgid("Up to 4,000 characters here. Leave empty to keep a longer one."),
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=TEXT_LIMIT, required=False
        ),
    )
    price: ui.Label[Any] = ui.Label(
        text=msgid("Price in dollars"),
        description=msgid("For media only, at least 3, for example 4.99. Leave empty for free."),
        component=ui.TextInput(custom_id="price", max_length=20, required=False),
    )
    audience: ui.Label[Any] = ui.Label(
        text=msgid("Who sees it"),
        description=msgid("“subscribers only” or “followers and subscribers”."),
        component=ui.TextInput(custom_id="audience", max_length=_SHORT),
    )
    when: ui.Label[Any] = ui.Label(
        text=msgid("When"),
        description=msgid(
            "“tomorrow 18:00”, “fri 20:30”, “2026-11-26 18:00” in the creator's zone. Leave empty to "
            "publish now."
        ),
        component=ui.TextInput(custom_id="when", max_length=_SHORT, required=False),
    )
    expires: ui.Label[Any] = ui.Label(
        text=msgid("When it disappears"),
        description=msgid("Same format. Leave empty to keep it up."),
        component=ui.TextInput(custom_id="expires", max_length=_SHORT, required=False),
    )

    def __init__(self, ref: str, now: Mapping[str, str]) -> None:
        """It begins with what is there `now`."""
        super().__init__(custom_id=f"v1:{EDIT}:{ref}")
        for label in (self.text, self.price, self.audience, self.when, self.expires):
            assert isinstance(label.component, ui.TextInput)
            label.component.default = now[label.component.custom_id] or None
        self.stop()  # as in `cogs.inbox.reply_windows`


class SuggestionReturnWindow(ui.Modal, title=msgid("Return it to the author")):
    why: ui.Label[Any] = ui.Label(
        text=msgid("What should be different?"),
        description=msgid("Only the author will see this, above the post."),
        component=ui.TextInput(
            custom_id="why", style=discord.TextStyle.paragraph, max_length=_REASON, required=True
        ),
    )

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:{RETURN}:{ref}")
        self.stop()  # likewise
