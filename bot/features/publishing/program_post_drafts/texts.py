"""What members read of a drafted post: in the channel never its text."""

from bot.features.operations.channel_drafts.model import ChannelDraftWords, DraftContent
from bot.features.operations.channel_drafts.texts import items
from bot.features.publishing.posts.plan_rules import AUDIENCES, NOTHING
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.text.rejected_input import RejectedInput
from bot.text.safe_text import one_line, parts_of, safe
from storage.records import DiscordId

_WAITS = msgid("The draft is still in the channel: open it again later, or press Discard.")
_NAMES = 200  # letters
_ROOM = 3000  # letters of the text that an answer shows; a file has all of it


def not_opened(why: str, text: str, member: DiscordId | None = None) -> RejectedInput:
    """It can't be previewed as it is; whoever opened it reads what it says. `member`: who planned it."""
    if not text:
        return RejectedInput(Post(body=(why,), small=tr(_WAITS)))
    pieces = parts_of(text, _ROOM)
    more = tr("\n… all of it is in the file.") if len(pieces) > 1 else ""
    shown = safe(pieces[0])
    wrote = (
        tr("**The program wrote**\n{shown}", shown=shown)
        if member is None
        else tr("**<@{member}> wrote**\n{shown}", member=member, shown=shown)
    )
    said = wrote + more
    return RejectedInput(Post(body=(why, said), small=tr(_WAITS)), text if more else None, "draft.txt")


def _about(draft: DraftContent) -> list[str]:
    lines = [tr("**Who sees it:** {audience}", audience=tr(AUDIENCES[draft["audience"]])), *items(draft)]
    if (at := draft["at"]) is not None:
        lines.append(tr("**Planned:** <t:{at}:f>", at=at))
    if (at := draft["expires"]) is not None:
        lines.append(tr("**Expires:** <t:{at}:f>", at=at))
    if draft["collections"]:
        names = safe(one_line(", ".join(draft["collections"]), _NAMES))
        lines.append(tr("**Collections:** {names}", names=names))
    return lines


WORDS = ChannelDraftWords(
    title=msgid("Post drafted by {program}"),
    small=msgid("Written by a program. Open shows you a preview; nothing is published until you confirm it."),
    taken=msgid("{draft}: <@{by}> opened it."),
    nothing=NOTHING,
    about=_about,
    by_member=(
        msgid("Post planned on the web page by <@{member}>"),
        msgid("Not published yet. Open shows you a preview; nothing is published until you confirm it."),
    ),
)
