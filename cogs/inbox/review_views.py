"""/inbox review, and the buttons and windows of replies that wait for a lead."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

import discord
from discord import ui

from bot.access.permits import Access
from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, in_place, private, server_wish_of, tell, two_phase
from bot.discord.asking import actor_of, asks, creator_of, each, here, permit_of, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, service
from bot.discord.message_bodies import AnswerFile
from bot.discord.windows import open_window
from bot.features.inbox.approvals.decision_service import ApprovalDecisionService
from bot.features.inbox.approvals.list_service import ApprovalListService, ApprovalPage
from bot.model.language import msgid, tr
from bot.model.ports import MessageToFan
from bot.text.price_input import NotAPrice, cents_of
from cogs.inbox.reply_windows import ReplyWindow
from cogs.people.privacy_views import by_question
from storage.records import CommandId, DiscordId, DraftId

EDIT, RETURN = "review.edit", "review.return"
_REASON = 1000
_WHOLE_LOST = msgid("Discord did not accept the file with the whole text. Not sent: open it once more.")


class ReplyReturnWindow(ui.Modal, title=msgid("Return it to the author")):
    reason: ui.Label[Any] = ui.Label(
        text=msgid("What should be different?"),
        description=msgid("Only the author will see this note."),
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=_REASON, required=True
        ),
    )

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:{RETURN}:{ref}")
        self.stop()  # as in `cogs.inbox.reply_windows`


async def show_reviews(asked: Asked, ref: str = "", *, turn: bool = False) -> None:
    """Answer with one page of what waits for this lead; `turn`: in place of the page before."""
    permits, listing = permits_of(asked), service(asked, ApprovalListService)

    async def deed() -> Said:
        return _shown(await listing.page(permits, ref))

    await (in_place if turn else private)(asked, deed)


@asks(Action.REVIEW, each)
async def turn_reviews(asked: Asked, ref: str) -> None:
    await show_reviews(asked, ref, turn=True)


@asks(Action.HELD_OPEN, here)
async def open_held(asked: Asked, ref: str) -> None:
    """The button [Open] in the fan's thread, for its writer and for leads."""
    me = DiscordId(asked.user.id)
    lead = await service(asked, Access).authorize(actor_of(asked), Action.REVIEW, creator_of(asked))

    async def deed() -> Said:
        return _shown(await service(asked, ApprovalListService).opened(DraftId(ref), me, lead))

    await private(asked, deed)


@asks(Action.REVIEW, by_question)
async def approve(asked: Asked, ref: str) -> None:
    """The button [Approve]."""
    await _decide(asked, ref, {}, service(asked, ApprovalDecisionService).approve)


@asks(Action.REVIEW, by_question)
async def edit_window(asked: Asked, ref: str) -> None:
    """The button [Edit]: the window with what its writer wrote."""
    message = await service(asked, ApprovalDecisionService).window(permit_of(asked), DraftId(ref))
    window = ReplyWindow(ref, EDIT, vault=False, later=False)
    if window.fill(message):
        await open_window(asked, window)
    else:
        await tell(asked, tr("Too long for a window. Return it, and say what to change."))


@asks(Action.REVIEW, by_question)
async def submitted_edit(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """Take the sent window. Its content is kept as it is; faults are named under it."""
    try:
        cents = cents_of(fields.get("price"))
    except NotAPrice as wrong:
        await tell(asked, str(wrong))
        return
    deciding = service(asked, ApprovalDecisionService)
    theirs = await deciding.window(permit_of(asked), DraftId(ref))  # no window shows media: they stay
    text = (fields.get("text") or "").strip() or None
    message = MessageToFan(text, theirs.media, cents, theirs.preview)
    await _decide(asked, ref, asdict(message), deciding.edit)


@asks(Action.REVIEW, by_question)
async def return_window(asked: Asked, ref: str) -> None:
    """The button [Return]: the window for the reason."""
    await open_window(asked, ReplyReturnWindow(ref))


@asks(Action.REVIEW, by_question)
async def submitted_return(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    reason = {"reason": fields.get("text", "")}
    await _decide(asked, ref, reason, service(asked, ApprovalDecisionService).give_back)


@asks(Action.REPLY, here)
async def take_back(asked: Asked, ref: str) -> None:
    """The button [Take back], of its writer."""
    wish, permit, deciding = server_wish_of(asked), permit_of(asked), service(asked, ApprovalDecisionService)

    async def accept(command: CommandId) -> Said:
        return _shown(await deciding.take_back(command, wish.actor))

    await two_phase(
        asked,
        stage=lambda: deciding.stage_own(wish, permit, DraftId(ref)),
        accept=accept,
        in_place=True,
    )


async def _decide(
    asked: Asked,
    ref: str,
    body: Mapping[str, Any],
    deed: Callable[[CommandId, Any], Awaitable[ApprovalPage]],
) -> None:
    wish, permit, deciding = server_wish_of(asked), permit_of(asked), service(asked, ApprovalDecisionService)

    async def accept(command: CommandId) -> Said:
        return _shown(await deed(command, permit))

    await two_phase(
        asked,
        stage=lambda: deciding.stage(wish, permit, DraftId(ref), body),
        accept=accept,
        in_place=asked.message is not None,
    )


def _shown(page: ApprovalPage) -> Said:
    if page.whole is None:
        return page.post
    file = AnswerFile("reply.txt", page.whole.encode(errors="replace"), tr("The whole text of the reply"))
    return AnswerContent(page.post, file=file, without=tr(_WHOLE_LOST))


BUTTONS: ButtonHandlers = {
    "review.open": open_held,
    "review.approve": approve,
    EDIT: edit_window,
    RETURN: return_window,
    "review.page": turn_reviews,
    "review.back": take_back,
}
WINDOWS: WindowHandlers = {
    EDIT: submitted_edit,
    RETURN: submitted_return,
}
