"""The texts about a suggested post: its preview, its line, its end (pure)."""

from collections.abc import Mapping
from dataclasses import replace

from bot.features.publishing.proposals import texts
from bot.features.publishing.proposals.model import ProposalPreview
from bot.features.publishing.proposals.records import OpenProposal
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.engine.drafts import Draft
from storage.publishing.suggestions import PostSuggestion
from storage.records import DiscordId

MEDIA = "suggest.media"
YES, EDIT, RETURN, REFUSE = "suggest.yes", "suggest.edit", "suggest.return", "suggest.no"
TAKE_BACK, AGAIN, NEXT = "suggest.back", "suggest.again", "suggest.next"
NOTHING_WAITS = msgid("No suggested post is waiting for you.")
NOTHING_YOURS = msgid("You have no suggested post waiting. Suggest one with `/post new`.")
NOT_HERE = msgid("This button isn't for a suggested post that you may do this with.")
NOT_KEPT = msgid("Its text is no longer kept. Not published: run /post new again.")
NEWER = msgid(
    "This changed since you saw it, so your click did nothing. This is the latest "
    "version: please check it again."
)
NEWER_PRESS = msgid("This changed since you saw it. Press any other button of it to see the latest version.")
NEWER_TYPED = msgid(
    "The post changed while you were writing, so your change was not saved. Press any "
    "button of its preview to see the latest version."
)
CHANGED = msgid("Something changed since it was submitted, so it was not published. Please check it again.")
KEPT = msgid("Your change is saved. Nothing is published before it is confirmed.")
PUT_UP = msgid("It is waiting for a manager again.")
WITH_WRITER = msgid("It was returned to the author and waits for them. Not published.")
REFUSED = msgid("Refused. Not published; the alerts channel notifies the author.")
TAKEN_BACK = msgid("Taken back. Not published.")
_LAPSED = msgid("It expired after three days of waiting. Not published. Submit it again with `/post new`.")
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
    "confirmed": msgid("Post suggested by <@{writer}>: confirmed by <@{by}>."),
    "refused": msgid("Post suggested by <@{writer}>: refused by <@{by}>. Not published."),
    "returned": msgid("Post suggested by <@{writer}>: returned by <@{by}> to the author. Not published."),
    "withdrawn": msgid(
        "Post suggested by <@{writer}>: cancelled by <@{by}>, who suggested it. Not published."
    ),
    "expired": msgid(
        "Post suggested by <@{writer}>: expired after three days. Not published. Submit it again with "
        "`/post new`."
    ),
    "changed": msgid("Post suggested by <@{writer}>, changed by <@{by}>. It is waiting in `/post review`."),
    "again": msgid("Post suggested by <@{writer}>. It is waiting in `/post review` again."),
}
_ELSE = msgid("Post suggested by <@{writer}>: closed: it could not be published as is. Not published.")
_NOTICES: Mapping[str, str] = {
    "refused": msgid("The post that <@{writer}> suggested was refused by <@{by}>. Not published."),
    "returned": msgid(
        "The post that <@{writer}> suggested was returned by <@{by}>. `/post suggested` shows them the "
        "reason. Not published."
    ),
    "again": msgid(
        "The post that <@{writer}> suggested was submitted again by <@{by}>. It is waiting in `/post review`."
    ),
    "expired": msgid(
        "The post that <@{writer}> suggested expired after three days of waiting. Not published. Submit "
        "it again with `/post new`."
    ),
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
    waits = tr(
        "It waits until <t:{at}:f>.{more}",
        at=(known.draft.expires_at or 0) // 1000,
        more=more,
    )
    with_writer = known.draft.owner is not None
    first = (known.preview.warning or "") if may and not with_writer else tr("This publishes nothing yet.")
    return Post(
        title=known.preview.title,
        body=((f"⚠️ **{note}**",) if note else ()) + credited(one, known.preview).body,
        small=f"{first} {waits}".strip(),
        accent=_GREY,
        buttons=_buttons(known, mine=mine, may=may and not with_writer, looks=looks),
    )


def _buttons(known: OpenProposal, *, mine: bool, may: bool, looks: bool) -> tuple[Button, ...]:
    ref = known.draft.id
    edit = [Button(EDIT, ref, tr("Edit")), *([Button(MEDIA, ref, tr("Media …"))] if looks else [])]
    back = Button(TAKE_BACK, ref, tr("Take back"), "danger")
    if may:
        yes = Button(YES, ref, known.preview.confirm, "primary")
        return (yes, *edit, back) if mine else (yes, *edit, Button(RETURN, ref, tr("Return")), _refuse(ref))
    if known.draft.owner is not None:
        again = Button(AGAIN, ref, tr("Ask for approval"), "primary")
        return again, *edit, Button(TAKE_BACK, ref, tr("Discard"), "danger")
    return *edit, back


def _refuse(ref: str) -> Button:
    return Button(REFUSE, ref, tr("Refuse"), "secondary")


def credited(one: PostSuggestion, shown: ProposalPreview) -> ProposalPreview:
    """With whose it is, and who changed it last."""
    lines = [tr("**Suggested by:** <@{writer}>", writer=one.writer)]
    if one.edited_by is not None:
        lines.append(tr("**Edited by:** <@{who}> (version {number})", who=one.edited_by, number=one.number))
    return replace(shown, body=("\n".join(lines), *shown.body))


def with_next(post: Post, ref: str) -> Post:
    """The same with the button that shows another one."""
    return replace(post, buttons=(*post.buttons, Button(NEXT, ref, tr("Next"))))


def returned(by: DiscordId, why: str) -> str:
    """The text above it, for its writer."""
    said = safe(one_line(why, _WORDS))
    return tr("**Returned by <@{by}>:** {said}", by=by, said=said)


def given_back(one: PostSuggestion) -> str:
    return tr(
        "Returned. <@{writer}> finds it in `/post suggested`, with your reason. Not published.",
        writer=one.writer,
    )


def settled(draft: Draft) -> str:
    """The answer to a late press."""
    if draft.state == "withdrawn":
        return tr("Already taken back by <@{who}>. Not published.", who=draft.settled_by)
    return tr(_LAPSED) if draft.state == "expired" else texts.settled(draft)


def line(one: PostSuggestion, how: str, by: DiscordId | None) -> Post:
    """The line of the alerts channel by which it was put up, from now on; its text never."""
    return Post(body=(tr(_ENDED.get(how, _ELSE), writer=one.writer, by=by),))


def notice(one: PostSuggestion, how: str, by: DiscordId | None) -> Post | None:
    """A line of its own, where somebody has to learn of it."""
    if how not in _NOTICES:
        return None
    return Post(body=(tr(_NOTICES[how], writer=one.writer, by=by),))
