"""[Test to one fan] under a draft: which fan, and the question."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from discord import ui

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, in_place
from bot.discord.asking import asks
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers, service
from bot.discord.windows import open_window
from bot.features.publishing.drafts.service import DraftService
from bot.features.publishing.safety.trial_service import TrialSendService
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import msgid, tr
from bot.model.ports import Button, MessageToFan, Post
from bot.relay.message_template import TemplateRefused
from bot.text.price_input import NotAPrice
from bot.text.reply_rules import ReplyRefused
from cogs.publishing.draft_screens import by_composition, shown, step_of
from cogs.publishing.fan_test_reply_views import cancel, discard_kept, message_of, send, send_kept

_SHOWN = 25  # Discord shows no more
_NOBODY = msgid(
    "⚠️ No fan with that name has an open thread here. Press **Test to one fan** and "
    "write the handle as Fanvue has it. Not sent."
)


class FanTestWindow(ui.Modal, title=msgid("Test to one fan")):
    """Its custom_id is all that the bridge needs to take it back."""

    fan: ui.Label[Any] = ui.Label(
        text=msgid("Which fan?"),
        description=msgid("Handle or name. A real fan gets it; we ask you before anything is sent."),
        component=ui.TextInput(custom_id="fan", max_length=100, required=True),
    )

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:onefan.find:{ref}")
        self.stop()  # as in `cogs.inbox.reply_windows`


# ── which fan ──


@asks(Action.REPLY, by_composition)
async def fan_window(asked: Asked, ref: str) -> None:
    """The button [Test to one fan]."""
    await open_window(asked, FanTestWindow(ref))


@asks(Action.REPLY, by_composition)
async def found(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    async def work(message: MessageToFan) -> Said | None:
        fans = await service(asked, TrialSendService).like(step_of(asked, ref).holder, fields.get("fan", ""))
        if len(fans) == 1:
            return await _question(asked, ref, fans[0][1], message)
        return _several(ref, fans) if fans else None

    await in_place(asked, lambda: _with_message(asked, ref, work))


@asks(Action.REPLY, by_composition)
async def picked(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    """One of several was chosen."""
    fan = next(iter(chosen), "")
    await in_place(
        asked, lambda: _with_message(asked, ref, lambda message: _question(asked, ref, fan, message))
    )


async def _with_message(
    asked: Asked, ref: str, work: Callable[[MessageToFan], Awaitable[Said | None]]
) -> Said | None:
    """The draft again, with the reason, where it cannot be sent as it is or to nobody."""
    step, drafts = step_of(asked, ref), service(asked, DraftService)
    now = await drafts.written(step)
    if now is None:
        return shown(await drafts.say(step, ""))
    try:
        message = await message_of(asked, now)
    except (NotAPrice, ReplyRefused, TemplateRefused) as refused:
        return shown(await drafts.say(step, f"⚠️ {refused}"))
    return await work(message) or shown(await drafts.say(step, tr(_NOBODY)))


async def _question(asked: Asked, ref: str, fan: str, message: MessageToFan) -> Said | None:
    return await service(asked, TrialSendService).ask(step_of(asked, ref).holder, ref, fan, message)


def _several(ref: str, fans: Sequence[tuple[str, str]]) -> Said:
    options = tuple(ChoiceOption(value, words) for words, value in fans[:_SHOWN])
    more = tr("There are more: type more of the handle to see them.") if len(fans) > _SHOWN else None
    return AnswerContent(
        Post(
            body=(tr("**Which one?**"),),
            small=more,
            buttons=(Button("compose.go", ref, tr("Back to the draft")),),
        ),
        choice=Choice("onefan.pick", ref, tr("Choose the fan"), options),
    )


BUTTONS: ButtonHandlers = {
    "onefan.find": fan_window,
    "onefan.send": send,
    "onefan.kept": send_kept,
    "onefan.discard": discard_kept,
    "onefan.cancel": cancel,
}
LISTS: ListHandlers = {"onefan.pick": picked}
WINDOWS: WindowHandlers = {"onefan.find": found}
