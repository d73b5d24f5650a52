"""The buttons under a program's draft: Send, Edit and Discard."""

from bot.access.policy import Action
from bot.discord.age_restriction import for_adults
from bot.discord.answers import private
from bot.discord.asking import asks, here
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.windows import open_window
from bot.features.inbox.program_drafts.press_service import OpenedProgramDraft, ProgramDraftPressService
from bot.features.inbox.program_drafts.texts import DISCARD, EDIT, SEND
from cogs.inbox.price_views import price_hint
from cogs.inbox.reply_views import answer_wish_of, may_upload, reply
from cogs.inbox.reply_windows import ReplyWindow


@asks(Action.REPLY, here)
async def send_draft(asked: Asked, ref: str) -> None:
    """The button [Send]. A text that does not stand there for all to read is read in a window first."""
    wish = answer_wish_of(asked)
    opened = await service(asked, ProgramDraftPressService).open(wish, ref)
    if opened.covered or not for_adults(asked):
        await _window(asked, opened)
        return
    message = opened.message
    await reply(
        asked,
        text=message.text,
        price=None if message.price is None else f"{message.price // 100}.{message.price % 100:02d}",
        media=" ".join(message.media),
        preview=message.preview,
        window=opened.window,
    )


@asks(Action.REPLY, here)
async def edit_draft(asked: Asked, ref: str) -> None:
    """The button [Edit]: the reply window with the draft in it."""
    wish = answer_wish_of(asked)
    await _window(asked, await service(asked, ProgramDraftPressService).open(wish, ref))


@asks(Action.REPLY, here)
async def discard_draft(asked: Asked, ref: str) -> None:
    """The button [Discard]."""
    wish = answer_wish_of(asked)
    await private(asked, lambda: service(asked, ProgramDraftPressService).discard(wish, ref))


async def _window(asked: Asked, opened: OpenedProgramDraft) -> None:
    window = ReplyWindow(opened.window, hint=await price_hint(asked), files=await may_upload(asked))
    window.fill(opened.message)  # never too long: the program was told how long it may be
    await open_window(asked, window)


BUTTONS: ButtonHandlers = {
    SEND: send_draft,
    EDIT: edit_draft,
    DISCARD: discard_draft,
}
