"""The assistant's buttons under a fan's line, and what they lead to."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.access.policy import Action
from bot.discord.answers import Said, in_place, private, server_wish_of
from bot.discord.asking import asks, by_link, here, permit_of, role_of
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, service
from bot.discord.controls import also_in
from bot.discord.discord_permissions import why_not_read
from bot.discord.windows import open_window
from bot.features.inbox.assistant import texts
from bot.features.inbox.assistant.service import AnswerStanding, AssistantService
from bot.features.inbox.assistant.setting import AssistantSetting
from bot.features.inbox.checks.pending_reply_service import PendingReplyService
from bot.model.language import LANGUAGES, closest, language, msgid
from cogs.inbox.reply_views import answer_wish_of, reads_there, sends_alone
from storage.records import DraftId, EffectId

_LONGEST = 1000  # characters of an answer; its translation is shown whole before it is sent


class TranslatedAnswerWindow(ui.Modal, title=msgid("Answer in their language")):
    """What somebody says in their own words."""

    text: ui.Label[Any] = ui.Label(
        text=msgid("Your words"),
        description=msgid("You see the translation next. Nothing is sent before you press Send."),
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=_LONGEST, required=True
        ),
    )

    def __init__(self, window: DraftId, line: str) -> None:
        super().__init__(custom_id=f"v1:{texts.ANSWER}:{window}.{line}")
        self.stop()  # as of every window: `cogs.routing.buttons.submitted` takes it


@asks(Action.SHOW_HIDDEN, here)
async def read_line(asked: Asked, ref: str) -> None:
    """The button [Translate]: only its presser sees what comes of it."""
    wish = server_wish_of(asked, why_not_read(asked.permissions))
    channel, into = wish.channel, reader_language(asked)
    await private(asked, lambda: service(asked, AssistantService).read(channel, EffectId(ref), into))


@asks(Action.REPLY, here)
async def read_kept(asked: Asked, ref: str) -> None:
    """The button [What does it say?] under a reply that a machine wrote."""
    wish = answer_wish_of(asked)
    into = reader_language(asked)
    await private(asked, lambda: service(asked, AssistantService).read_kept(wish, DraftId(ref), into))


@asks(Action.REPLY, here)
async def draft_reply(asked: Asked, ref: str) -> None:
    """The button [Draft]: a reply that is kept for its presser, as if they had typed it."""
    wish = answer_wish_of(asked)
    standing = _standing(asked)

    async def deed() -> Said:
        window = await service(asked, PendingReplyService).window(wish, EffectId(ref), about=texts.DRAFT)
        drafting = service(asked, AssistantService)
        return await drafting.draft(wish, EffectId(ref), window, standing)

    await private(asked, deed)


@asks(Action.REPLY, here)
async def open_answer(asked: Asked, ref: str) -> None:
    """The button [Answer in their language] under a translation."""
    wish = answer_wish_of(asked)
    opening = service(asked, PendingReplyService)
    window = await opening.window(wish, EffectId(ref), about=texts.ANSWER)
    await open_window(asked, TranslatedAnswerWindow(window, ref))


@asks(Action.REPLY, here)
async def submitted_answer(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """It is translated, and kept for its author with both texts."""
    wish = answer_wish_of(asked)
    data: Mapping[str, Any] = asked.data or {}
    line, standing = next(iter(also_in(data.get("custom_id"))), ""), _standing(asked)

    async def deed() -> Said:
        answering = service(asked, AssistantService)
        text = fields.get("text") or ""
        return await answering.answer(wish, EffectId(line), DraftId(ref), standing, text)

    await private(asked, deed)


@asks(Action.ASSISTANT, by_link)
async def allow(asked: Asked, _ref: str) -> None:
    """The button [Allow] under the question of /inbox assistant."""
    data: Mapping[str, Any] = asked.data or {}
    wanted = next(iter(also_in(data.get("custom_id"))), "")
    await in_place(asked, lambda: service(asked, AssistantSetting).allow(permit_of(asked), wanted))


def reader_language(asked: Asked) -> str:
    """In English: the language that a member chose to be answered in, else that of their Discord."""
    spoken, locale = language(), asked.locale.value
    code = locale if closest(locale) == spoken else spoken
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 - only where it is asked for

    try:
        found = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return LANGUAGES[spoken]
    return str(found.get_display_name("en"))


def _standing(asked: Asked) -> AnswerStanding:
    return AnswerStanding(reads=reads_there(asked), role=role_of(asked), alone=sends_alone(asked))


BUTTONS: ButtonHandlers = {
    texts.READ: read_line,
    texts.READ_KEPT: read_kept,
    texts.DRAFT: draft_reply,
    texts.ANSWER: open_answer,
    texts.ALLOW: allow,
}
WINDOWS: WindowHandlers = {texts.ANSWER: submitted_answer}
