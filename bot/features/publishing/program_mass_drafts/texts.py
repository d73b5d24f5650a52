"""What members read in the channel of a drafted mass message: never its text."""

from bot.features.operations.channel_drafts.model import ChannelDraftWords, DraftContent
from bot.features.operations.channel_drafts.texts import items
from bot.model.language import msgid, tr
from bot.text.safe_text import one_line, safe

_NAMES = 200  # letters


def _about(draft: DraftContent) -> list[str]:
    lines = [tr("**To:** {names}", names=_names(draft["to"]))]
    if draft["except"]:
        lines.append(tr("**Except:** {names}", names=_names(draft["except"])))
    lines += items(draft)
    if (at := draft["at"]) is not None:
        lines.append(tr("**Planned:** <t:{at}:f>", at=at))
    return lines


def _names(lists: list[str]) -> str:
    return safe(one_line(", ".join(lists), _NAMES))


WORDS = ChannelDraftWords(
    title=msgid("Mass message drafted by {program}"),
    small=msgid(
        "Written by a program. Open makes it your draft; nothing is sent until you confirm a preview."
    ),
    taken=msgid("{draft}: <@{by}> opened it."),
    nothing=msgid("Not sent."),
    about=_about,
    by_member=(
        msgid("Mass message planned on the web page by <@{member}>"),
        msgid("Not sent yet. Open makes it your draft; nothing is sent until you confirm a preview."),
    ),
)
