"""The texts about a suggested post: its preview, its line, its end (pure)."""

from collections.abc import Mapping
from dataclasses import replace

from bot.features.publishing.proposals import texts
from bot.features.publishing.proposals.model import ProposalPreview
from bot.features.publishing.proposals.records import OpenProposal
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.engine.drafts import Draft
from storage.publishing.suggestions import PostSuggestion
from storage.records import DiscordId

MEDIA = "suggest.media"
YES, EDIT, RETURN, REFUSE = "suggest.yes", "suggest.edit", "suggest.return", "suggest.no"
TAKE_BACK, AGAIN, NEXT = "suggest.back", "suggest.again", "suggest.next"
NOTHING_WAITS = "No suggested post is waiting for you."
NOTHING_YOURS = "You have no suggested post waiting. Suggest one with `/post new`."
NOT_HERE = "This button isn't for a suggested post that you may do this with."
NOT_KEPT = "Its text is no longer kept. Not published: run /post new again."
NEWER = (
    "This changed since you saw it, so your click did nothing. This is the latest version: please "
    "check it again."
)
NEWER_PRESS = "This changed since you saw it. Press any other button of it to see the latest version."
NEWER_TYPED = (
    "The post changed while you were writing, so your change was not saved. Press any button of "
    "its preview to see the latest version."
)
CHANGED = "Something changed since it was submitted, so it was not published. Please check it again."
KEPT = "Your change is saved. Nothing is published before it is confirmed."
PUT_UP = "It is waiting for a manager again."
WITH_WRITER = "It was returned to the author and waits for them. Not published."
REFUSED = "Refused. Not published; the alerts channel notifies the author."
TAKEN_BACK = "Taken back. Not published."
_REVIEW, _MINE = "`/post review`", "`/post suggested`"
_ANEW = "Submit it again with `/post new`."
_LAPSED = f"It expired after three days of waiting. Not published. {_ANEW}"
_GREY, _WORDS = 0x6B7280, 1000
AUDIT: Mapping[str, str] = {
    "refused": "postask.refuse",
    "returned": "postask.return",
    "withdrawn": "postask.take_back",
    "changed": "postask.edit",
    "again": "postask.again",
    "expired": "postask.lapse",
}
_ENDED: Mapping[str, str] = {
    "confirmed": "confirmed by {by}.",
    "refused": "refused by {by}. Not published.",
    "returned": "returned by {by} to the author. Not published.",
    "withdrawn": "cancelled by {by}, who suggested it. Not published.",
    "expired": f"expired after three days. Not published. {_ANEW}",
}
_ELSE = "closed: it could not be published as is. Not published."
_NOTICES: Mapping[str, str] = {
    "refused": "was refused by {by}. Not published.",
    "returned": f"was returned by {{by}}. {_MINE} shows them the reason. Not published.",
    "again": f"was submitted again by {{by}}. It is waiting in {_REVIEW}.",
    "expired": f"expired after three days of waiting. Not published. {_ANEW}",
}


def card(
    one: PostSuggestion,
    known: OpenProposal,
    *,
    mine: bool,
    may: bool,
    looks: bool = False,
    note: str | None = None,
    more: str = "",
) -> Post:
    """All of it, with what its reader may do about it: publish for those who `may`, else what is theirs.

    `looks`: they may choose media for it.
    """
    waits = f"It waits until <t:{(known.draft.expires_at or 0) // 1000}:f>.{more}"
    with_writer = known.draft.owner is not None
    first = (known.preview.warning or "") if may and not with_writer else "This publishes nothing yet."
    return Post(
        title=known.preview.title,
        body=((f"⚠️ **{note}**",) if note else ()) + credited(one, known.preview).body,
        small=f"{first} {waits}".strip(),
        accent=_GREY,
        buttons=_buttons(known, mine=mine, may=may and not with_writer, looks=looks),
    )


def _buttons(known: OpenProposal, *, mine: bool, may: bool, looks: bool) -> tuple[Button, ...]:
    ref = known.draft.id
    edit = [Button(EDIT, ref, "Edit"), *([Button(MEDIA, ref, "Media …")] if looks else [])]
    back = Button(TAKE_BACK, ref, "Take back", "danger")
    if may:
        yes = Button(YES, ref, known.preview.confirm, "primary")
        return (yes, *edit, back) if mine else (yes, *edit, Button(RETURN, ref, "Return"), _refuse(ref))
    if known.draft.owner is not None:
        again = Button(AGAIN, ref, "Ask for approval", "primary")
        return again, *edit, Button(TAKE_BACK, ref, "Discard", "danger")
    return *edit, back


def _refuse(ref: str) -> Button:
    return Button(REFUSE, ref, "Refuse", "secondary")


def credited(one: PostSuggestion, shown: ProposalPreview) -> ProposalPreview:
    """With whose it is, and who changed it last."""
    lines = [f"**Suggested by:** <@{one.writer}>"]
    if one.edited_by is not None:
        lines.append(f"**Edited by:** <@{one.edited_by}> (version {one.number})")
    return replace(shown, body=("\n".join(lines), *shown.body))


def with_next(post: Post, ref: str) -> Post:
    """The same with the button that shows another one."""
    return replace(post, buttons=(*post.buttons, Button(NEXT, ref, "Next")))


def returned(by: DiscordId, why: str) -> str:
    """The text above it, for its writer."""
    said = safe(one_line(why, _WORDS))
    return f"**Returned by <@{by}>:** {said}"


def given_back(one: PostSuggestion) -> str:
    return f"Returned. <@{one.writer}> finds it in {_MINE}, with your reason. Not published."


def settled(draft: Draft) -> str:
    """The answer to a late press."""
    if draft.state == "withdrawn":
        return f"Already taken back by <@{draft.settled_by}>. Not published."
    return _LAPSED if draft.state == "expired" else texts.settled(draft)


def line(one: PostSuggestion, how: str, by: DiscordId | None) -> Post:
    """The line of the alerts channel by which it was put up, from now on; its text never."""
    who = f"Post suggested by <@{one.writer}>"
    if how == "changed":
        return Post(body=(f"{who}, changed by <@{by}>. It is waiting in {_REVIEW}.",))
    if how == "again":
        return Post(body=(f"{who}. It is waiting in {_REVIEW} again.",))
    return Post(body=(f"{who}: {_ENDED.get(how, _ELSE).format(by=f'<@{by}>')}",))


def notice(one: PostSuggestion, how: str, by: DiscordId | None) -> Post | None:
    """A line of its own, where somebody has to learn of it."""
    if how not in _NOTICES:
        return None
    said = _NOTICES[how].format(by=f"<@{by}>")
    return Post(body=(f"The post that <@{one.writer}> suggested {said}",))
