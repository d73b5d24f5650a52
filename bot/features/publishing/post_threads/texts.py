"""The texts of a post's card and its comments' lines (pure)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.access.roles import MoneyView
from bot.fanvue.figures import CommentRow, PostRow
from bot.features.money.periods.bands import Show, shown_to
from bot.model.language import msgid, msgid_many, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.moments import stamp
from bot.text.safe_text import one_line, parts_of, plain, safe
from storage.people.privacy_modes import PrivacyMode
from storage.records import CreatorId, FanId, Reference

REPLY, FIGURES = "comment.reply", "postcard.figures"
GONE = msgid("The post is no longer on Fanvue.")
_TEXT, _NAME, _TITLE = 700, 40, 60
_KEPT_BACK = msgid("Texts are hidden on this server. See them privately with /post comments.")
_BLOCKED = msgid("Discord's AutoMod blocked this comment. See it privately with /post comments.")
_STRUCK = msgid("Deleted on Fanvue.")
_NOBODY = msgid("Someone who is no longer there")
_SOMEBODY = msgid("Somebody")


def facts(row: PostRow) -> dict[str, Any]:
    """The facts for a post's card, from Fanvue's list. No money: who sees how much of it differs."""
    return {
        "text": row.text or "",
        "at": row.published_at or row.created_at or 0,
        "likes": row.likes_count,
        "comments": row.comments_count,
    }


def digest(shown: Mapping[str, Any]) -> str:
    """By which it is known whether a card must change."""
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode(errors="replace")).hexdigest()


def title(shown: Mapping[str, Any], mode: PrivacyMode) -> str:
    """The name of the thread: its first words, where texts stand there anyway."""
    words = one_line(shown["text"], _TITLE) if mode is PrivacyMode.FULL else ""
    return (
        tr("Post: {words}", words=words)
        if words
        else tr("Post without words")
        if mode is PrivacyMode.FULL
        else tr("Post")
    )


def card(shown: Mapping[str, Any], ref: Reference, mode: PrivacyMode) -> Post:
    """The first message of a post's thread."""
    counts = [
        tr_many(*words, shown[name])
        for name, words in (
            ("likes", msgid_many("{n} like", "{n} likes")),
            ("comments", msgid_many("{n} comment", "{n} comments")),
        )
        if shown.get(name) is not None
    ]
    told = [tr("Published {at}", at=stamp(shown["at"])), *([" · ".join(counts)] if counts else [])]
    text = parts_of(shown["text"], _TEXT)[0]
    cut = " …" if len(text) < len(plain(shown["text"])) else ""
    post = Post(
        title=tr("A published post"),
        body=(*([safe(text) + cut] if text else []), "\n".join(told)),
        outline=("\n".join(told),),
        small=tr(GONE)
        if shown.get("gone")
        else tr("New comments appear here. Delete this thread to stop following the post."),
        buttons=(Button(FIGURES, ref, tr("Tips and revenue")),),
    )
    return dressed(post, mode, covers=bool(text))


def author(row: CommentRow, creator: CreatorId) -> FanId | None:
    """The fan who wrote it; None: the creator did, or somebody whom Fanvue does not name."""
    return row.user.uuid if row.user is not None and str(row.user.uuid) != str(creator) else None


def written(row: CommentRow, creator: CreatorId) -> dict[str, Any]:
    """The facts for a comment's line."""
    name = _NOBODY  # it is kept: who reads it hears it in their own language
    if row.user is not None:
        name = row.user.display_name or row.user.handle or _SOMEBODY
    own = row.user is not None and author(row, creator) is None
    handle = row.user.handle if row.user is not None else None
    return {"name": name, "handle": handle, "own": own, "text": row.text or "", "at": row.created_at}


def line(
    shown: Mapping[str, Any], ref: str, mode: PrivacyMode, *, blocked: bool = False, gone: bool = False
) -> Post:
    """The line of a comment, with the button by which it is found, too."""
    at = f" · {stamp(shown['at'])}" if shown["at"] is not None else ""
    text = parts_of(shown["text"])[0]
    said = safe(text) or tr("(no text)")
    body = "\n".join(f"~~{one}~~" if one.strip() else one for one in said.split("\n")) if gone else said
    post = Post(
        title=tr("{who} commented{at}", who=_who(shown), at=at),
        body=(body,),
        outline=(tr(_BLOCKED) if blocked else tr(_KEPT_BACK),),
        small=tr(_STRUCK) if gone else None,
        # Nobody answers the creator in her own name: below her comments one adds another.
        buttons=(Button(REPLY, ref, tr("Comment again") if shown["own"] else tr("Reply"), disabled=gone),),
    )
    if blocked:
        return replace(post, body=(tr(_BLOCKED),), outline=None)
    return dressed(post, mode, covers=bool(text))


def _who(shown: Mapping[str, Any]) -> str:
    if shown["own"]:
        return tr("The creator")
    if shown["name"] in {_NOBODY, _SOMEBODY}:
        return tr(shown["name"])
    return safe(one_line(shown["name"], _NAME)) or tr(_SOMEBODY)


def answered(
    shown: Mapping[str, Any], mode: PrivacyMode, *, blocked: bool = False, gone: bool = False
) -> str:
    """The same above an answer to it, which one member reads: as much of it as its line shows."""
    text = parts_of(shown["text"], _TEXT)[0]
    said = safe(text) + (" …" if len(text) < len(plain(shown["text"])) else "")
    if blocked:
        said = tr(_BLOCKED)
    elif not text:
        said = tr("(no text)")
    elif mode is not PrivacyMode.FULL:
        said = tr(_KEPT_BACK) if mode is PrivacyMode.PRIVATE else f"||{said}||"
    at = f" <t:{shown['at'] // 1000}:R>" if shown["at"] is not None else ""
    head = tr("{who} commented{at}", who=_who(shown), at=at)
    quoted = "\n".join(f"> {one}" for one in said.split("\n"))
    return "\n".join((f"**{head}:**", quoted, *([tr(_STRUCK)] if gone else [])))


def dressed(post: Post, mode: PrivacyMode, *, covers: bool) -> Post:
    """With as much of a text as may stand there; without `covers` there is none to keep back."""
    if mode is PrivacyMode.FULL or not covers or post.outline is None:
        return replace(post, outline=None)
    if mode is PrivacyMode.COVERED:
        return replace(post, spoiler=True, outline=None)
    return replace(post, body=post.outline, outline=None)


def figures(row: PostRow | None, bought: int, earned: int, level: MoneyView) -> Post:
    """A post's results in money, as exactly as its reader may see them."""
    if level is MoneyView.HIDDEN:
        return Post(
            body=(tr("Your role can't see figures. The creator's owner can change that (/team grant)."),)
        )
    show: Show = shown_to(level)
    lines = []
    if row is None:
        lines.append(tr(GONE))
    elif row.tips is not None:
        gross, net = row.tips.total_gross or 0, row.tips.total_net
        after = tr(", {net} after Fanvue's share", net=show.money(net)) if net is not None else ""
        lines.append(
            tr(
                "**Tips:** {tips}, {gross}{after}",
                tips=show.many(row.tips.count or 0, msgid_many("{n} tip", "{n} tips")),
                gross=show.money(gross),
                after=after,
            )
        )
    else:
        lines.append(tr("Fanvue reports no tips for this post."))
    lines.append(
        tr(
            "**Unlocked by:** {fans}, {earned}",
            fans=show.many(bought, msgid_many("{n} fan", "{n} fans")),
            earned=show.money(earned),
        )
    )
    small = tr("Unlocks are counted from the payments we know of.")
    return Post(
        title=tr("Tips and revenue"), body=("\n".join(lines),), small=f"{small} {show.note or ''}".strip()
    )
