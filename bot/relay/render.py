"""What the bridge knows → what a Discord message shows (pure).

A fan's text is untrusted: it is shown letter by letter, with every character that Discord would
read as formatting, a mention or a link made harmless (R15).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.relay.ports import Button, Post
from storage.records import Cents, Effect, EffectState, Fan, FanThread, Millis, Paired

FAN_COLOUR = 0x7C5CFF
TEAM_COLOUR = 0x2E9E6B
TROUBLE_COLOUR = 0xC77B1E
QUIET_COLOUR = 0x6B7280

PART = 3400  # a Discord message with components holds 4,000 characters; title and small print need room
_MARKDOWN = re.compile(r"([\\*_~`|\[\]()<>#\-+.!:@&/])")
_KEPT_CONTROLS = "\n\t"
_MOST_MARKS = 4
_ZWJ = "\u200d"
_VARIATION = "\ufe0f"


def safe(text: str) -> str:
    """A stranger's text that Discord shows letter by letter: no formatting, mention, link or trick."""
    return _MARKDOWN.sub(r"\\\1", plain(text))


def plain(text: str) -> str:
    """A stranger's text without what cannot be seen: controls, direction marks, towers of accents."""
    kept: list[str] = []
    marks = 0
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    for index, char in enumerate(composed):
        category = unicodedata.category(char)
        if category in ("Mn", "Me") and char != _VARIATION:
            marks += 1
            if marks > _MOST_MARKS:
                continue
        else:
            marks = 0
        if category in ("Cc", "Cf", "Cs", "Co", "Cn") and not _is_kept(composed, index):
            continue
        kept.append(char)
    return "".join(kept)


def parts_of(text: str, limit: int = PART) -> list[str]:
    """A text in pieces whose safe form fits one message; cut at a line, else a word, never in a letter."""
    pieces: list[str] = []
    rest = plain(text)
    while rest:
        end = _fitting(rest, limit)
        if end < len(rest):
            end = _good_cut(rest, end)
        pieces.append(rest[:end])
        rest = rest[end:]
    return pieces or [""]


Line = tuple[str, Post]  # a post, and the reference that its button carries


def fan_message(
    text: str | None,
    *,
    at: Millis,
    media: int,
    price: Cents | None,
    kind: str | None,
    refs: Iterator[str],
) -> list[Line]:
    """A fan's message as one post, or as numbered parts when it is long; each finds back by its own ref."""
    pieces = parts_of(text) if text else [""]
    lines = []
    for number, piece in enumerate(pieces, start=1):
        body = [safe(piece)] if piece else []
        if number == len(pieces) and media:
            body.append(f"🔒 {_count(media, 'photo or video', 'photos or videos')}, kept on Fanvue")
        small = [f"<t:{at // 1000}:t>"]
        if len(pieces) > 1:
            small.append(f"part {number} of {len(pieces)}")
        if kind == "TIP":
            small.append("tip")
        if price:
            small.append(money(price))
        ref = next(refs)
        lines.append(
            (
                ref,
                Post(
                    body=tuple(body) or ("(a message without text)",),
                    small=" · ".join(small),
                    accent=FAN_COLOUR,
                    buttons=(Button("reply", ref, "Reply", "primary"),),
                ),
            )
        )
    return lines


def unread_message(*, at: Millis, ref: str) -> Post:
    """A fan's message whose text could not be read yet."""
    return Post(
        body=("A new message is here. Fanvue could not be reached to read it; its text follows.",),
        small=f"<t:{at // 1000}:t>",
        accent=TROUBLE_COLOUR,
        buttons=(Button("reply", ref, "Reply", "primary"),),
    )


def from_elsewhere(
    text: str | None,
    *,
    at: Millis,
    media: int,
    price: Cents | None,
    automated: bool,
    refs: Iterator[str],
) -> list[Line]:
    """A message from the creator's side that was not sent through this bridge."""
    who = "Sent by an automation on Fanvue" if automated else "Sent on Fanvue, not through Discord"
    lines = fan_message(text, at=at, media=media, price=price, kind=None, refs=refs)
    return [(ref, replace(post, title=who, accent=QUIET_COLOUR)) for ref, post in lines]


def note(text: str, *, ref: str, at: Millis) -> Post:
    """A line of the bridge's own in a fan's thread."""
    return Post(
        body=(text,),
        small=f"<t:{at // 1000}:t>",
        accent=QUIET_COLOUR,
        buttons=(Button("reply", ref, "Reply"),),
    )


def reply(
    send: Effect,
    *,
    text: str | None,
    media: int,
    price: Cents | None,
    author: str,
    fan: str,
    paired: Paired | None,
) -> Post:
    """A member's reply and what became of it."""
    body = [safe(piece) for piece in parts_of(text or "")[:1] if piece]
    if text and len(parts_of(text)) > 1:
        body.append("… (the whole text went to the fan)")
    if media:
        offer = f" for {money(price)}" if price else ""
        body.append(f"🔒 {_count(media, 'item', 'items')} from the vault{offer}")
    buttons: tuple[Button, ...] = (Button("reply", send.id, "Reply"),)
    if send.state in (EffectState.ABSENT, EffectState.REJECTED):
        buttons = (
            Button("send.again", send.id, "Send again", "primary"),
            Button("send.drop", send.id, "Discard", "danger"),
        )
    trouble = send.state in (EffectState.ABSENT, EffectState.REJECTED, EffectState.UNKNOWN)
    return Post(
        title=f"{safe(author)} → {fan}",
        body=tuple(body) or ("(nothing to show)",),
        small=_reply_state(send, paired),
        accent=TROUBLE_COLOUR if trouble else TEAM_COLOUR,
        buttons=buttons,
    )


def card(fan: Fan, thread: FanThread, *, creator: str) -> Post:
    """The first message of a fan's thread."""
    lines = [f"Chats with **{safe(creator)}**"]
    if fan.status:
        lines.append(f"Status: {safe(fan.status)}")
    lines.append(f"First seen by the bridge: <t:{fan.first_seen // 1000}:D>")
    if thread.generation > 1:
        lines.append("This thread continues an earlier one that is gone.")
    return Post(
        title=f"{fan_label(fan)}",
        body=tuple(lines),
        small="What you write here stays with the team. Use /reply or the button to answer the fan.",
        accent=FAN_COLOUR,
        buttons=(Button("reply", thread.reference, "Reply", "primary"),),
    )


def thread_name(fan: Fan) -> str:
    """A fan's thread name, at most 100 characters; for people only, never used to find anything."""
    name = plain(fan.display_name or fan.handle or "fan").replace("\n", " ").strip() or "fan"
    handle = f" @{plain(fan.handle)}" if fan.handle else ""
    return f"{name[:60]}{handle[:30]} · {fan.id[:4]}"


def fan_label(fan: Fan) -> str:
    """A fan's name, handle and four digits of the id, safe to show."""
    name = (fan.display_name or fan.handle or "fan").replace("\n", " ")
    handle = f" @{safe(fan.handle)}" if fan.handle else ""
    return f"{safe(name[:80])}{handle} · {fan.id[:4]}"


def money(cents: Cents) -> str:
    """US cents as dollars, exactly."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def _reply_state(send: Effect, paired: Paired | None) -> str:
    if paired is not None and paired.bought_at is not None:
        return f"✓ Paid <t:{paired.bought_at // 1000}:t>"
    if paired is not None and paired.seen_at is not None:
        return f"✓ Seen <t:{paired.seen_at // 1000}:t>"
    match send.state:
        case EffectState.DONE:
            return f"✓ Sent <t:{(send.settled_at or send.created_at) // 1000}:t>"
        case EffectState.SENDING:
            return "Sending …"
        case EffectState.UNKNOWN:
            return "Not sure yet: looking in the chat whether Fanvue has it. Please do not send it again."
        case EffectState.ABSENT:
            return f"Not in the chat after looking for a minute. It was not sent. {send.reason or ''}".strip()
        case EffectState.REJECTED:
            return f"Not sent: {send.reason or 'Fanvue refused it.'}"
        case EffectState.CANCELLED:
            return "Discarded. It was not sent."
        case EffectState.PENDING:
            return f"Queued. {send.reason}" if send.reason else "Queued"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _is_kept(text: str, index: int) -> bool:
    char = text[index]
    if char in _KEPT_CONTROLS:
        return True
    if char != _ZWJ or index == 0 or index + 1 == len(text):
        return False
    # A joiner stays only inside an emoji (a family, a profession): elsewhere it hides things.
    before = text[index - 1] if text[index - 1] != _VARIATION else text[max(index - 2, 0)]
    return all(unicodedata.category(near) in ("So", "Sk") for near in (before, text[index + 1]))


def _fitting(text: str, limit: int) -> int:
    used = 0
    for index, char in enumerate(text):
        used += 2 if _MARKDOWN.match(char) else 1
        if used > limit:
            return index
    return len(text)


def _good_cut(text: str, end: int) -> int:
    for mark in ("\n", " "):
        found = text.rfind(mark, end // 2, end)
        if found > 0:
            return found + 1
    while end > 1 and (
        unicodedata.combining(text[end]) or text[end] in (_ZWJ, _VARIATION) or text[end - 1] == _ZWJ
    ):
        end -= 1
    return end


def clock_time(at: Millis) -> str:
    """Hours and minutes in UTC, for logs that people read."""
    return datetime.fromtimestamp(at / 1000, tz=UTC).strftime("%H:%M")
