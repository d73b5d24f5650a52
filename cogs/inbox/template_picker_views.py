"""Templates in a fan's thread: a private list, and the reply window filled in."""

from collections.abc import Sequence

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, private, tell
from bot.discord.asking import asks, creator_of, here, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, service
from bot.discord.windows import open_window
from bot.features.inbox.checks.pending_reply_service import PendingReplyService
from bot.features.inbox.templates.fill_service import TemplateFillService
from bot.features.inbox.templates.search_service import TemplateSearchService
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import msgid, tr
from bot.model.ports import Post
from cogs.inbox.claim_views import begins
from cogs.inbox.price_views import price_hint
from cogs.inbox.reply_views import answer_wish_of, may_upload
from cogs.inbox.reply_windows import ReplyWindow
from storage.records import DiscordId, EffectId

_LISTED = 25  # Discord shows no more
_SMALL = msgid("The reply window opens with it. Nothing is sent before you press Send.")
_MORE = msgid("These are the last used. Find the others by name with /template use.")


@asks(Action.TEMPLATE_USE, here)
async def list_to_pick(asked: Asked, ref: str) -> None:
    """The button [Templates] under a line of a fan."""

    async def deed() -> Said:
        found = await service(asked, TemplateSearchService).like(permit_of(asked), "")
        if not found:
            return tr("This creator has no templates yet. The team's leads add them with /template add.")
        options = tuple(ChoiceOption(value, words) for words, value in found)
        small = f"{tr(_SMALL)}\n{tr(_MORE)}" if len(options) == _LISTED else tr(_SMALL)
        choice = Choice("template.pick", ref, tr("Choose a template"), options)
        return AnswerContent(Post(body=(tr("Which template?"),), small=small), choice=choice)

    await private(asked, deed)


@asks(Action.REPLY, here)
async def picked(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    """One of that list was chosen."""
    await open_filled(asked, chosen[0] if chosen else "", EffectId(ref))


async def open_filled(asked: Asked, wanted: str, line: EffectId | None) -> None:
    """The reply window with a template in it, for a person to read. The permit is for this thread's creator.

    `line`: under which it was asked for.
    """
    wish = answer_wish_of(asked)
    filled = await service(asked, TemplateFillService).fill(
        permit_of(asked), DiscordId(asked.channel_id or 0), wanted
    )
    ref = await service(asked, PendingReplyService).window(wish, line, about=filled.template)
    window = ReplyWindow(ref, hint=await price_hint(asked), files=await may_upload(asked))
    if not window.fill(filled.message):
        await tell(asked, tr("This template is too long for a window. Send it with `/reply template:`"))
        return
    await service(asked, TemplateFillService).opened(ref, filled.template, creator_of(asked))
    if await begins(asked, wish, ref):
        await open_window(asked, window)


BUTTONS: ButtonHandlers = {
    "template.list": list_to_pick,
}
LISTS: ListHandlers = {
    "template.pick": picked,
}
