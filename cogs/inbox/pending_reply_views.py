"""The buttons under a reply that was kept back, and the window that changes it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.access.policy import Action
from bot.discord.answers import tell, two_phase, wish_of
from bot.discord.asking import asks, creator_of, here, permit_of, role_of
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, elsewhere, service
from bot.discord.confirming import confirmed
from bot.discord.kept_reply_place import of_kept_reply
from bot.discord.windows import open_window
from bot.engine.commands import CommandWish
from bot.features.inbox.checks.pending_reply_service import PendingReplyService
from bot.features.inbox.claims.service import ClaimService
from bot.features.inbox.reply_media.window_media import WindowMediaService
from bot.features.inbox.templates.fill_service import TemplateFillService
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.reply_gate import DISCARD, EDIT, SEND
from cogs.inbox.claim_views import begins
from cogs.inbox.price_views import price_hint
from cogs.inbox.reply_media_views import begun, lacks_media
from cogs.inbox.reply_views import (
    NO_PRICE,
    answer_wish_of,
    may_price,
    may_upload,
    reads_there,
    reply,
    sends_alone,
)
from cogs.inbox.reply_windows import ReplyWindow
from cogs.inbox.template_picker_views import open_filled
from storage.records import CommandId, DraftId, EffectId


@asks(Action.REPLY, here)
async def open_reply(asked: Asked, ref: str) -> None:
    """The button [Reply] under any line of a thread."""
    wish = answer_wish_of(asked)
    if await begins(asked, wish, ref):
        await _open(asked, wish, ref)


@asks(Action.ANSWER_ANYWAY, here, confirms=True)
async def answer_anyway(asked: Asked, _ref: str) -> None:
    """The button [Answer anyway]: somebody else answers this fan already."""
    wish = answer_wish_of(asked)
    line = await service(asked, ClaimService).anyway(wish.channel, confirmed(asked))
    template = await service(asked, TemplateFillService).of_ref(DraftId(line))
    if template is None:
        await _open(asked, wish, line)
    else:  # it was a window with this template in it that was to open
        await open_filled(asked, template, None)


@asks(Action.REPLY, of_kept_reply)
async def send_kept(asked: Asked, ref: str) -> None:
    """The button [Send], or [Try again]."""
    wish = answer_wish_of(asked)
    pressing = service(asked, PendingReplyService)
    if await pressing.is_priced(wish, DraftId(ref)) and not await may_price(asked):
        await tell(asked, tr(NO_PRICE))
        return
    await _press(asked, wish, ref, pressing.send)


@asks(Action.REPLY, of_kept_reply)
async def discard_kept(asked: Asked, ref: str) -> None:
    """The button [Discard]."""
    wish = answer_wish_of(asked)
    await _press(asked, wish, ref, service(asked, PendingReplyService).discard)


@asks(Action.REPLY, of_kept_reply)
async def edit_kept(asked: Asked, ref: str) -> None:
    """The button [Edit]: the window again, with what was typed."""
    wish = answer_wish_of(asked)
    editing = await service(asked, PendingReplyService).edit(wish, DraftId(ref))
    vault = not elsewhere(asked)  # the gallery opens in the fan's thread only
    hint, files = await price_hint(asked), vault and await may_upload(asked)
    window = ReplyWindow(editing.window, EDIT, hint, vault=vault, files=files)
    if not window.fill(editing.message, editing.later):
        await tell(asked, tr("Too long for a window. It's saved. Send it as is, or rewrite it with /reply."))
        return
    filling = service(asked, TemplateFillService)
    template = await filling.of_ref(editing.command)
    if template is not None:  # however often it is changed, it comes from there
        await filling.opened(editing.window, template, creator_of(asked))
    await open_window(asked, window)


@asks(Action.REPLY, here)
async def submitted_reply(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """A window that was opened by [Reply]."""
    await _reply(asked, ref, fields, in_place=False)


@asks(Action.REPLY, of_kept_reply)
async def submitted_edit(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """A window that was opened by [Edit]: the answer takes the place of the question."""
    await _reply(asked, ref, fields, in_place=_is_private(asked))


async def _open(asked: Asked, wish: CommandWish, ref: str) -> None:
    window = await service(asked, PendingReplyService).window(wish, EffectId(ref))
    hint, files = await price_hint(asked), await may_upload(asked)
    await open_window(asked, ReplyWindow(window, hint=hint, files=files))


async def _reply(asked: Asked, ref: str, fields: Mapping[str, str], *, in_place: bool) -> None:
    wish, window = wish_of(asked), DraftId(ref)
    template = await service(asked, TemplateFillService).of_ref(window)
    media, preview = fields.get("media"), fields.get("preview")  # of a window of an earlier version
    if media is None and wish is not None:
        carrying = service(asked, WindowMediaService)
        carried = await carrying.carried(wish, permit_of(asked), window, template)
        media, preview = " ".join(carried.media), carried.preview
    await reply(
        asked,
        text=fields.get("text"),
        price=fields.get("price"),
        media=media,
        preview=preview,
        window=window,
        in_place=in_place,
        template=template,
        when=fields.get("when"),
        goes_on=begun if await _goes_on(asked, {**fields, "media": media or ""}) else None,
    )


async def _goes_on(asked: Asked, fields: Mapping[str, str]) -> bool:
    """Whether media are chosen next: it was ticked, there are files, or what was typed lacks them."""
    wanted = bool(fields.get("vault") or fields.get("files"))
    if wanted or elsewhere(asked):  # the gallery opens in the fan's thread only
        return wanted
    return await lacks_media(asked, fields.get("text"), fields.get("price"), fields["media"])


async def _press(
    asked: Asked, wish: CommandWish, ref: str, act: Callable[[CommandId], Awaitable[Post | str | None]]
) -> None:
    pressing, reads = service(asked, PendingReplyService), reads_there(asked)
    await two_phase(
        asked,
        stage=lambda: pressing.stage(
            wish, DraftId(ref), reads=reads, role=role_of(asked), alone=sends_alone(asked)
        ),
        accept=act,
        in_place=_is_private(asked),
    )


def _is_private(asked: Asked) -> bool:
    """Whether the pressed button stands in a private answer: a line of the thread does not become one."""
    return asked.message is not None and asked.message.flags.ephemeral


BUTTONS: ButtonHandlers = {
    "reply": open_reply,
    SEND: send_kept,
    EDIT: edit_kept,
    DISCARD: discard_kept,
    "talk.anyway": answer_anyway,
}
WINDOWS: WindowHandlers = {
    "reply": submitted_reply,
    EDIT: submitted_edit,
}
