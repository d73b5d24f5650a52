"""The bridge's knowledge → a Discord message's content (pure).

A fan's text is untrusted: it goes through `bot.text.safe_text`, and stands in a place of its own that
the bridge's words never share (R15): in a fan's post all that looks plain is theirs.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.model.events import GIFT, TIP, UNTOLD
from bot.model.language import ENGLISH, language, money_text, msgid, number_text, tr, tr_many
from bot.model.ports import Button, MessageToFan, Post
from bot.text.colours import FAN_COLOUR, QUIET_COLOUR, TROUBLE_COLOUR
from bot.text.graphemes import letter_end
from bot.text.media_words import media_label
from bot.text.reply_states import colour_of_reply, state_of_reply
from bot.text.safe_text import one_line, parts_of, parts_within
from bot.text.safe_text import safe as safe  # noqa: PLC0414 - whoever renders needs it; exported on purpose
from storage.records import Cents, Effect, EffectState, Fan, FanId, FanThread, MessagePair, Millis

ABOUT_FAN = Button(
    "card.more", "0" * 22, msgid("About this fan")
)  # the thread that it is pressed in says whom
MOST_PARTS = 10  # posts of one message: what is longer is nobody's to read in a thread
_OURS = msgid("From the bridge")
_AUTHOR = 80  # of whoever wrote a reply, with whoever changed it
_ORIGINAL = 300  # characters of what a translation was made from
_NAME = 40  # characters of a name or handle that are shown
_DOLLARS, _CODE = "USD", 8
_CURRENCY = re.compile(r"[A-Z]{3}")


def fan_message(  # noqa: PLR0913 - all that a message is made of
    text: str | None,
    *,
    at: Millis,
    media: int,
    price: Cents | None,
    kind: str | None,
    refs: Iterator[str],
    late: bool = False,
    media_type: str | None = None,
) -> list[Post]:
    """A fan's message as one post, or as numbered parts when it is long; each is found by its own ref.

    The body is theirs alone; the bridge's words stand in the title and the small print, whose look
    no text of theirs can have.
    """
    pieces, rest = parts_within(text or "", MOST_PARTS)
    lines = []
    for number, piece in enumerate(pieces, start=1):
        small = [_sent(at) if late else f"<t:{at // 1000}:t>"]
        small += [tr("part {number} of {parts}", number=number, parts=len(pieces))] if len(pieces) > 1 else []
        if rest and number == len(pieces):
            small.append(
                tr("⚠️ {rest} more characters: read the whole message on Fanvue", rest=number_text(rest))
            )
        if number == len(pieces) and media:
            small.append(media_label(media, media_type))
        elif not piece and kind not in (TIP, GIFT, UNTOLD):
            small.append(tr("a message without text"))
        small += [tr("Fanvue doesn't send its text: look there")] if kind == UNTOLD and not piece else []
        if price and kind != TIP:
            small.append(money(price))
        lines.append(
            Post(
                title=_title(kind, price) if number == 1 else None,
                body=(safe(piece),) if piece else (),
                outline=_outline(piece, media),
                small=" · ".join(small),
                accent=FAN_COLOUR,
                buttons=(Button("reply", next(refs), tr("Reply"), "primary"),),
                media=bool(media) and number == len(pieces),
                beside=True,
            )
        )
    return lines


def unread_message(*, at: Millis, ref: str) -> Post:
    """A fan's message whose text could not be read yet."""
    return Post(
        title=tr(_OURS),
        body=(tr("There's a new message. We couldn't reach Fanvue to read it; its text follows."),),
        small=f"<t:{at // 1000}:t>",
        accent=TROUBLE_COLOUR,
        buttons=(Button("reply", ref, tr("Reply"), "primary"),),
        beside=True,
    )


def from_elsewhere(  # noqa: PLR0913 - all that a message is made of
    text: str | None,
    *,
    at: Millis,
    media: int,
    price: Cents | None,
    automated: bool,
    refs: Iterator[str],
    late: bool = False,
    kind: str | None = None,
    media_type: str | None = None,
) -> list[Post]:
    """A message from the creator's side that was not sent through this bridge."""
    who = tr("Sent by an automation on Fanvue") if automated else tr("Sent on Fanvue, not through Discord")
    lines = fan_message(
        text, at=at, media=media, price=price, kind=kind, refs=refs, late=late, media_type=media_type
    )
    return [replace(post, title=who, accent=QUIET_COLOUR) for post in lines]


def note(text: str, *, ref: str, at: Millis, outline: str | None = None) -> Post:
    """A line of the bridge's own in a fan's thread; its title is what no fan can write.

    `outline`: says this instead where texts are kept off Discord.
    """
    return Post(
        title=tr(_OURS),
        body=(text,),
        outline=None if outline is None else (outline,),
        small=f"<t:{at // 1000}:t>",
        accent=QUIET_COLOUR,
        buttons=(Button("reply", ref, tr("Reply")),),
        beside=True,
    )


def reply(  # noqa: PLR0913 - all that a line of one says
    send: Effect,
    message: MessageToFan,
    *,
    author: str,
    fan: str,
    paired: MessagePair | None,
    ref: str,
    held: str | None = None,
    original: str | None = None,
) -> Post:
    """A member's reply and what became of it; `ref` finds it back once it is sent.

    `held`: why it waits. `original`: their own words, where the text is a translation of them.
    """
    first, *rest = parts_of(message.text or "")
    own = () if original is None else (tr("Original: {text}", text=safe(_begun(original))),)
    small = [tr("… shortened here, not for the fan")] if rest else []
    if message.media:
        small.append(_from_the_vault(len(message.media), message.price))
    buttons: tuple[Button, ...] = (Button("reply", ref, tr("Reply")),)
    if send.state in (EffectState.ABSENT, EffectState.REJECTED):
        buttons = (
            Button("send.again", send.id, tr("Send again"), "primary"),
            Button("send.drop", send.id, tr("Discard"), "danger"),
        )
    return Post(
        title=f"{safe(one_line(author, _AUTHOR))} → {fan}",
        body=(*((safe(first),) if first.strip() else ()), *own),
        outline=_outline(first.strip(), len(message.media)),
        small="\n".join([tr("⏸ Held. {held}", held=held) if held else state_of_reply(send, paired), *small]),
        accent=colour_of_reply(send.state),
        buttons=buttons,
        media=bool(message.media) and paired is not None,  # before, no message has them
        beside=True,
    )


def card(
    fan: Fan,
    thread: FanThread,
    *,
    creator: str,
    label: str | None = None,
    warning: str | None = None,
) -> Post:
    """The first message of a fan's thread. `label`: their name here; `warning`: about one like it."""
    name = safe(one_line(creator, _NAME)) or tr("the creator")
    lines = [
        tr(
            "Chats with **{name}** · first seen here <t:{first_seen}:D>",
            name=name,
            first_seen=fan.first_seen // 1000,
        )
    ]
    if thread.generation > 1:
        lines.append(tr("This thread continues an earlier one that is gone."))
    return Post(
        title=label or fan_label(fan),
        body=(*([f"**{warning}**"] if warning else []), "\n".join(lines)),
        small=tr("What you write here stays with the team. Use /reply or the button to answer the fan."),
        accent=FAN_COLOUR,
        buttons=(Button("reply", thread.reference, tr("Reply"), "primary"),),
    )


def thread_name(fan: Fan, *, digits: bool = True) -> str:
    """A fan's thread name, at most 100 characters; for people only, never used to find anything.

    `digits`: with four of the id, for a fan whom others could be taken for.
    """
    name = one_line(fan.display_name or fan.handle or "", 60) or tr("fan")
    handle = one_line(fan.handle or "", 28)
    named = f"{name} @{handle}" if handle else name
    return f"{named} · {fan.id[:4]}" if digits else named


def fan_label(fan: Fan) -> str:
    """A fan's name, handle and four digits of the id, on one line and safe to show."""
    return person_label(fan.id, fan.display_name, fan.handle)


def person_label(fan: FanId, display_name: str | None, handle: str | None, *, digits: bool = True) -> str:
    """The same, of what an event told; `digits`: of the id, for a fan whom others could be taken for."""
    named = _named(display_name, handle)
    return f"{named} · {fan[:4]}" if digits else named


def plain_label(fan: Fan) -> str:
    """Their name and handle alone, for where nobody can be taken for them."""
    return _named(fan.display_name, fan.handle)


def fan_choice(fan: Fan, *, longest: int, digits: bool) -> str:
    """The same in a list to choose from, which shows no Markdown; of a long name the end is left out."""
    end = f" · {fan.id[:4]}" if digits else ""
    handle = one_line(fan.handle or "", longest // 2)
    at = f" @{handle}" if handle else ""
    name = one_line(fan.display_name or fan.handle or "", longest - len(at) - len(end)) or tr("fan")
    return f"{name}{at}{end}"


def _named(display_name: str | None, handle: str | None) -> str:
    name = one_line(display_name or handle or "", _NAME) or tr("fan")
    at = one_line(handle or "", _NAME)
    return f"{safe(name)} @{safe(at)}" if at else safe(name)


def money(cents: Cents, currency: str | None = None) -> str:
    """Whole cents, exactly: as dollars, or with the code of another currency that Fanvue named."""
    return _amount(cents, currency, f"{abs(cents) // 100:,}.{abs(cents) % 100:02d}")


def whole_money(units: int, currency: str | None = None) -> str:
    """A round amount without its cents."""
    return _amount(units * 100, currency, f"{abs(units):,}", digits=0)


def _amount(cents: Cents, currency: str | None, english: str, digits: int = 2) -> str:
    code, sign = (currency or _DOLLARS).upper(), "-" if cents < 0 else ""
    if language() != ENGLISH and _CURRENCY.fullmatch(code):
        return money_text(cents, code, digits)
    return f"{sign}${english}" if code == _DOLLARS else f"{sign}{english} {safe(one_line(code, _CODE))}"


def _outline(text: str, media: int) -> tuple[str, ...] | None:
    """The placeholder of a text; media alone leave nothing out, but there is something to show."""
    if text:
        return (tr("🔒 A message; its text is kept off Discord"),)
    return () if media else None


def _begun(text: str) -> str:
    """As much of somebody's own words as a line has room for beside what was sent."""
    (piece, *_), rest = parts_within(text, 1)
    shown = piece if len(piece) <= _ORIGINAL else piece[: letter_end(piece, _ORIGINAL)]
    return shown + (" …" if rest or shown != piece else "")


def _sent(at: Millis) -> str:
    """The time it was sent, and how long ago: a late line may be of another day."""
    return tr("sent <t:{at}:t>, <t:{at}:R>", at=at // 1000)


def _title(kind: str | None, cents: Cents | None) -> str | None:
    tip = tr("🎁 A tip of {amount}", amount=money(cents)) if cents else tr("🎁 A tip")
    return {TIP: tip, GIFT: tr("🎁 A gift, it seems: Fanvue shows it")}.get(kind or "")


def _from_the_vault(number: int, price: Cents | None) -> str:
    if not price:
        return tr_many("🔒 {n} item from the vault", "🔒 {n} items from the vault", number)
    return tr_many(
        "🔒 {n} item from the vault for {price}",
        "🔒 {n} items from the vault for {price}",
        number,
        price=money(price),
    )
