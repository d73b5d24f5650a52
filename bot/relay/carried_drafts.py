"""The draft that a reply came from, carried with its command; then its mark."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from bot.model.draft_source import DraftMark, DraftSource, DraftSourceKind, ReplyDraft
from bot.model.ports import MessageToFan
from bot.relay.send_effects import outgoing
from bot.text.draft_changes import change_of
from bot.text.template_variables import BadTemplateText
from storage.records import DiscordId, DraftId

UNKNOWN: Final = DraftId("")  # of which draft, where an earlier version kept the name alone
# In a reply's body its name; in what is proposed to many: `carried` of the draft that it was begun with.
DRAFTED: Final = "drafted"

BY_RULE: Final = "rule"  # in a reply's command: no person pressed


def carried(draft: ReplyDraft | None) -> dict[str, Any]:
    """Beside the reply in its command's body. The version before reads the name alone."""
    if draft is None:
        return {}
    if draft.id == UNKNOWN:
        return {DRAFTED: draft.source.name}
    message = None if draft.message is None else asdict(draft.message)
    told = {"id": draft.id, "source": asdict(draft.source), "message": message}
    own = {} if draft.original is None else {"original": draft.original}
    return {DRAFTED: draft.source.name, "draft": told | own}


def carried_in(body: Mapping[str, Any]) -> ReplyDraft | None:
    """The same read back; None where a person wrote it all. An earlier version kept the name alone."""
    found, name = body.get("draft"), body.get(DRAFTED)
    if found is None:
        return ReplyDraft(UNKNOWN, DraftSource.of_key("", name), None) if name else None
    source, message = found["source"], found["message"]
    return ReplyDraft(
        DraftId(found["id"]),
        DraftSource(DraftSourceKind(source["kind"]), source["id"], source["name"]),
        None if message is None else outgoing(message),
        found.get("original"),
    )


def original_in(body: Mapping[str, Any]) -> str | None:
    """What a person wrote, where a translation of it is sent."""
    draft = carried_in(body)
    return None if draft is None else draft.original


def filled_in(body: Mapping[str, Any], fill: Callable[[str], str]) -> Mapping[str, Any]:
    """The same with its text filled in, so that what the bridge fills in counts as nobody's change."""
    draft = carried_in(body)
    message = draft.message if draft is not None else None
    if draft is None or message is None or message.text is None:
        return body
    try:
        filled = replace(draft, message=replace(message, text=fill(message.text)))
        return {**body, **carried(filled)}
    except BadTemplateText:  # a person has to change it before it can leave
        return body


def mark_for(
    body: Mapping[str, Any], sent: MessageToFan, by: DiscordId, editor: DiscordId | None = None
) -> DraftMark | None:
    """What is kept with a reply of this command that leaves as `sent`."""
    draft = carried_in(body)
    if draft is None or draft.id == UNKNOWN:
        return None
    change = None if draft.message is None else change_of(draft.message, sent)
    by_rule = bool(body.get(BY_RULE))
    return DraftMark(draft.id, draft.source, change, by, editor if editor != by else None, by_rule)
