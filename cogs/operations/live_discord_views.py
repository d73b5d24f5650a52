"""The button and the window that `doctor --live-discord` has a person try."""

from collections.abc import Mapping

import discord
from discord import ui
from discord.http import Route

from bot.access.policy import Action
from bot.discord.answers import Said, private
from bot.discord.asking import asks, nobody
from bot.discord.attachments import is_in_store
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers
from bot.discord.typed_input import files_in
from bot.discord.windows import open_window
from bot.features.operations.live_discord import texts
from bot.features.operations.live_discord.window_facts import WindowFacts
from bot.model.language import tr
from storage.records import DiscordId

_CHOICE, _FILES = "choice", "files"
_OFFERED = {"first": texts.FIRST, "second": texts.SECOND}


class TrialWindow(ui.Modal, title=texts.WINDOW):
    """A list and a file, as other windows have them."""

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:{texts.TRY}:{ref}")
        options = [
            discord.SelectOption(value=value, label=tr(label), default=not number)
            for number, (value, label) in enumerate(_OFFERED.items())
        ]
        self.add_item(
            ui.Label(text=texts.FILE, component=ui.FileUpload(custom_id=_FILES, min_values=1, max_values=1))
        )
        self.add_item(
            ui.Label(
                text=texts.CHOICE, component=ui.Select(custom_id=_CHOICE, options=options, required=False)
            )
        )
        self.stop()  # as in `cogs.inbox.reply_windows`


@asks(Action.TRIAL, nobody)
async def open_trial(asked: Asked, ref: str) -> None:
    """Open the window."""
    await open_window(asked, TrialWindow(ref))


@asks(Action.TRIAL, nobody)
async def take_trial(asked: Asked, _ref: str, fields: Mapping[str, str]) -> None:
    """Write under the button what arrived, where the check reads it."""

    async def deed() -> Said:
        assert asked.message is not None, "the window was opened by a button"
        place, message = DiscordId(asked.message.channel.id), DiscordId(asked.message.id)
        await asked.client.discord.edit(place, message, texts.arrived(_facts(asked, fields)))
        return tr(texts.THANKS)

    await private(asked, deed)


def _facts(asked: Asked, fields: Mapping[str, str]) -> WindowFacts:
    files = files_in(asked, _FILES)
    return WindowFacts(
        chosen=fields.get(_CHOICE) in _OFFERED,
        files=len(files),
        name=bool(files) and all(one.filename for one in files),
        size=bool(files) and all(one.size > 0 for one in files),
        kind=bool(files) and all(one.content_type for one in files),
        store=bool(files) and all(is_in_store(one.url, Route.BASE) for one in files),
    )


BUTTONS: ButtonHandlers = {texts.TRY: open_trial}
WINDOWS: WindowHandlers = {texts.TRY: take_trial}
