"""Windows in which a promise is written down, from a message too, and dropped."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.access.policy import Action
from bot.discord.asking import asks, here
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, service
from bot.discord.windows import open_window
from bot.features.inbox.promises.source_service import PromiseSourceService
from bot.model.language import msgid, tr
from cogs.inbox.promise_views import about_promise, add_promise, answer
from storage.records import DiscordId

PROMISE_LIMIT = 150
_UNTIL = msgid("tomorrow 9:00")  # as it is typed
_NO_MESSAGE = "0" * 22  # the thread says about whom it is, and the rest is typed


class PromiseWindow(ui.Modal, title=msgid("A promise to this fan")):
    """Asks for a promise and its time. Its custom_id names the marked message, if any."""

    what: ui.Label[Any] = ui.Label(
        text=msgid("What is promised?"),
        description=msgid("The team sees it on the fan's card. The fan never does."),
        component=ui.TextInput(custom_id="text", max_length=PROMISE_LIMIT, required=True),
    )
    until: ui.Label[Any] = ui.Label(
        text=msgid("By when?"),
        description=msgid("For example “tonight”, “friday” or “26 Nov 18:00”. We remind you then."),
        component=ui.TextInput(custom_id="until", max_length=60, required=True),
    )

    def __init__(self, ref: str = _NO_MESSAGE, what: str = "") -> None:
        super().__init__(custom_id=f"v1:promise.add:{ref}")
        assert isinstance(self.what.component, ui.TextInput)
        self.what.component.default = what or None
        assert isinstance(self.until.component, ui.TextInput)
        self.until.component.default = tr(_UNTIL)
        self.stop()  # as in `cogs.inbox.reply_windows`


class PromiseDropWindow(ui.Modal, title=msgid("Drop this promise")):
    reason: ui.Label[Any] = ui.Label(
        text=msgid("Why?"),
        description=msgid("Your colleagues see this in /fan promise list for two weeks."),
        component=ui.TextInput(custom_id="text", max_length=PROMISE_LIMIT, required=True),
    )

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:promise.drop:{ref}")
        self.stop()  # likewise


async def mark_promise(asked: Asked, message: discord.Message) -> None:
    """Open the window with what a message of ours says. The permit is for PROMISE."""
    marking = service(asked, PromiseSourceService)
    text = await marking.text_of(DiscordId(asked.channel_id or 0), DiscordId(message.id))
    await open_window(asked, PromiseWindow(f"{message.id:022d}", text))


@asks(Action.PROMISE, here)
async def promise_window(asked: Asked, _ref: str) -> None:
    """The button [Write one down]."""
    await open_window(asked, PromiseWindow())


@asks(Action.PROMISE, here)
async def submitted_promise(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    message = int(ref) if ref.isascii() and ref.isdigit() else 0
    marked = DiscordId(message) if message else None
    await add_promise(asked, fields.get("text", ""), fields.get("until", ""), marked)


@asks(Action.PROMISE, about_promise)
async def drop_window(asked: Asked, ref: str) -> None:
    """The button [Drop]."""
    await open_window(asked, PromiseDropWindow(ref))


@asks(Action.PROMISE, about_promise)
async def submitted_drop(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    reason = fields.get("text", "")
    await answer(asked, lambda keeping, wish: keeping.give_up(wish.actor, ref, reason))


BUTTONS: ButtonHandlers = {
    "promise.add": promise_window,
    "promise.drop": drop_window,
}
WINDOWS: WindowHandlers = {
    "promise.add": submitted_promise,
    "promise.drop": submitted_drop,
}
