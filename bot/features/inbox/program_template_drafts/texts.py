"""What members read of a program's template: in the channel never its text."""

from bot.features.operations.channel_drafts.model import ChannelDraftWords, DraftContent
from bot.features.operations.channel_drafts.texts import items
from bot.model.language import msgid, tr
from bot.text.safe_text import safe


def _about(draft: DraftContent) -> list[str]:
    return [tr("**Name:** {name}", name=safe(draft["name"])), *items(draft)]


WORDS = ChannelDraftWords(
    title=msgid("Template drafted by {program}"),
    small=msgid(
        "Written by a program. Open lets you read and change it; nobody can use it until you save it."
    ),
    taken=msgid("{draft}: <@{by}> saved it."),
    nothing=msgid("Not saved."),
    about=_about,
)
