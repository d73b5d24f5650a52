"""/settings privacy erase: counts, a question, and the handle typed in a window."""

from collections.abc import Mapping
from typing import Any

from discord import ui

from bot.access.policy import Action
from bot.discord.answers import in_place, private, server_wish_of, two_phase
from bot.discord.asking import asks, link_of
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, service
from bot.discord.confirming import confirmed
from bot.discord.windows import open_window
from bot.features.people.privacy.answer_service import PrivacyAnswerService
from bot.features.people.privacy.erasure_service import CreatorErasureService
from bot.model.language import msgid
from cogs.people.privacy_views import by_question
from storage.records import DiscordId


class EraseWindow(ui.Modal, title=msgid("Erase everything of this creator")):
    """Its custom_id is all that the bridge needs to take it back."""

    text: ui.Label[Any] = ui.Label(
        text=msgid("The creator's handle"),
        description=msgid("As shown in the question. What is erased can't be restored."),
        component=ui.TextInput(custom_id="text", max_length=100, required=True),
    )

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:erase.yes:{ref}")


async def ask_erase(asked: Asked) -> None:
    """/settings privacy erase."""
    link = link_of(asked)
    await private(asked, lambda: service(asked, CreatorErasureService).ask(link, DiscordId(asked.user.id)))


@asks(Action.ERASE, by_question)
async def erase_window(asked: Asked, ref: str) -> None:
    """The button under the question: a window, in which nothing is done yet."""
    window = EraseWindow(ref)
    window.stop()  # as with every window here: `submitted` needs no memory of it
    await open_window(asked, window)


@asks(Action.ERASE, by_question)
async def erase_no(asked: Asked, ref: str) -> None:
    """The button [No] there."""
    answering = service(asked, PrivacyAnswerService)
    await in_place(asked, lambda: answering.no(ref, DiscordId(asked.user.id), Action.ERASE))


@asks(Action.ERASE, by_question, confirms=True)
async def erase_typed(asked: Asked, _ref: str, fields: Mapping[str, str]) -> None:
    wish, erasure, proof = server_wish_of(asked), service(asked, CreatorErasureService), confirmed(asked)
    await two_phase(
        asked,
        stage=lambda: erasure.stage(wish),
        accept=lambda command: erasure.begin(command, fields.get("text", ""), proof),
    )


BUTTONS: ButtonHandlers = {
    "erase.yes": erase_window,
    "erase.no": erase_no,
}
WINDOWS: WindowHandlers = {
    "erase.yes": erase_typed,
}
