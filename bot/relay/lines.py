"""The lines of a fan's thread: how a message looks there, how it gets in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count
from typing import Any

from bot.engine.channel_languages import spoken_in
from bot.engine.outbox import EffectRequest, Effects, pack_post
from bot.engine.streams import discord_stream, reading_stream
from bot.model.events import (
    NO_SENDER,
    NO_TEXT,
    NO_TYPE,
    TIP,
    UNTOLD,
    CreatorWrote,
    FanWrote,
    Person,
    is_known_type,
)
from bot.model.language import msgid, speaking, tr
from bot.model.ports import ChatMessage, Post
from bot.model.read_purposes import READS
from bot.relay.unclear_messages import marked_unclear
from bot.text import render
from bot.text.unsend_texts import offered
from storage.database import Transaction
from storage.operations import gaps
from storage.records import CreatorId, FanId, FanvueMessageId, MessagePair, Millis

Wrote = FanWrote | CreatorWrote

MESSAGE = "message"  # the kind under which every source keeps a message
ECHO = "echo"  # the part of such a fact that asks whose message it is
MASS = "mass"  # the direction of a copy of a mass message, and the part that is its line

_OFFLINE = msgid("While the bridge was offline, since <t:{began}:t>, this arrived.")
_SILENT = msgid("While live events were silent, since <t:{began}:t>, this arrived.")


@dataclass(frozen=True)
class ThreadOwner:
    creator: CreatorId
    fan: FanId


async def add_lines(tx: Transaction, effects: Effects, event: Wrote, cause: str) -> None:
    """Add the posts that show a message in its fan's thread; the cause makes them unique."""
    await add_rest(tx, effects, event, lines_of(event, refs_of(effects, cause)), cause=cause, first=0)


async def add_rest(
    tx: Transaction, effects: Effects, event: Wrote, lines: list[Post], *, cause: str, first: int
) -> None:
    """Add the lines of a message from number `first` on."""
    for number in range(first, len(lines)):
        await effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind="post",
                stream=discord_stream(event.creator, event.fan.id),
                creator=event.creator,
                fan=event.fan.id,
                cause=cause,
                part=part_of(number),
                body=line_body(event, lines, number),
                since=event.at,
            ),
        )


async def add_post(
    tx: Transaction,
    effects: Effects,
    place: ThreadOwner,
    *,
    cause: str,
    part: str,
    make: Callable[[str], Post],
    since: Millis | None = None,
) -> None:
    """Add a line of the bridge's own; `make` gets the reference for its button."""
    with speaking(await spoken_in(tx, place.creator)):
        post = make(effects.ids.effect(cause, part))
    await effects.add(
        tx,
        EffectRequest(
            network="discord",
            kind="post",
            stream=discord_stream(place.creator, place.fan),
            creator=place.creator,
            fan=place.fan,
            cause=cause,
            part=part,
            body={"post": pack_post(post), "message": None},
            since=since,
        ),
    )


async def add_gap_note(tx: Transaction, effects: Effects, event: Wrote) -> None:
    """Say once in a thread that what follows came in while the bridge could not hear it (B1)."""
    gap = await gaps.around(tx, event.creator, event.at) if event.missed else None
    if gap is None:
        return
    ended = event.at if gap.ended is None else gap.ended

    def make(ref: str) -> Post:
        said = tr(_OFFLINE if gap.kind == gaps.OFFLINE else _SILENT, began=gap.began // 1000)
        return render.note(said, ref=ref, at=ended)

    place = ThreadOwner(event.creator, event.fan.id)
    await add_post(tx, effects, place, cause=gap.id, part=f"gap:{event.fan.id}", make=make)


def lines_of(event: Wrote, refs: Iterator[str]) -> list[Post]:
    """The posts that show a message, each with its reference."""
    if isinstance(event, FanWrote):
        return render.fan_message(
            event.text,
            at=event.at,
            media=event.media,
            price=event.price,
            kind=event.kind,
            refs=refs,
            late=event.late,
            media_type=event.media_type,
        )
    lines = render.from_elsewhere(
        event.text,
        at=event.at,
        media=event.media,
        price=event.price,
        automated=event.automated,
        kind=UNTOLD if event.wordless or event.unclear == NO_TEXT or event.kind == UNTOLD else None,
        refs=refs,
        late=event.late,
        media_type=event.media_type,
    )
    if not event.unclear:
        lines[0] = offered(lines[0], lines[0].buttons[0].ref)
    return marked_unclear(lines, event)


def copy_cause(creator: CreatorId, fan: FanId, copy: FanvueMessageId) -> str:
    """The cause of the line that shows a fan's copy of a mass message; its part is `MASS`."""
    return f"{MASS}:{creator}:{fan}:{copy}"


def part_of(number: int) -> str:
    """The part of a cause that is its line number `number`, from 0 on."""
    return f"line:{number}"


def number_of(part: str) -> int | None:
    """The reverse of `part_of`; None for a part that is no line of a message."""
    name, _, number = part.partition(":")
    return int(number) if name == "line" and number.isdecimal() else None


def refs_of(effects: Effects, cause: str) -> Iterator[str]:
    """The references of a message's lines: the ids of the effects that post them."""
    return (effects.ids.effect(cause, part_of(number)) for number in count())


def ref_from_elsewhere(effects: Effects, creator: CreatorId, message: FanvueMessageId) -> str:
    """The reference of the first line that would show a message as one that was sent elsewhere.

    A reply carries it once its message is known: a reader that has forgotten that this bridge sent it takes
    the message for one from elsewhere, and finds it shown.
    """
    fact = effects.ids.fact(creator, MESSAGE, message)
    return next(refs_of(effects, effects.ids.effect(fact, ECHO)))


def line_body(event: Wrote, lines: Sequence[Post], number: int) -> dict[str, Any]:
    """The body of a `post` effect: the post, its message, and the number of its media.

    `at`: the time the fan wrote it, where it is a text and nothing else, so that it can share a post.
    """
    message = event.message if number == 0 else None
    body = {"post": pack_post(lines[number]), "message": message, "media": event.media}
    return {**body, "at": event.at} if len(lines) == 1 and is_text(event) else body


def is_text(event: Wrote) -> bool:
    """Whether a message is a fan's and has a text and nothing else, as far as it is known."""
    plain = isinstance(event, FanWrote) and event.complete and event.kind != TIP
    return plain and bool((event.text or "").strip()) and not event.media and not event.price


def wants(event: Wrote, kind: str, *, network: str, cause: str, part: str) -> EffectRequest:
    """An effect that is about a message and carries it: in its thread's stream, or in that of its reads."""
    place = event.creator, event.fan.id
    return EffectRequest(
        network=network,
        kind=kind,
        stream=discord_stream(*place) if network == "discord" else reading_stream(*place, READS[kind]),
        creator=event.creator,
        fan=event.fan.id,
        cause=cause,
        part=part,
        body={"event": pack_wrote(event)},
    )


def paired(event: Wrote) -> MessagePair:
    """The record of a message that no send of ours made; its place is filled in when shown."""
    return MessagePair(
        creator=event.creator,
        fan=event.fan.id,
        message=event.message,
        direction="in" if isinstance(event, FanWrote) or event.unclear == NO_SENDER else "out",
        sent_at=event.at,
        price=event.price,
    )


def pack_wrote(event: Wrote) -> dict[str, Any]:
    """A message event as JSON."""
    packed = {"what": type(event).__name__, **asdict(event)}
    if not packed.get("wordless"):
        packed.pop("wordless", None)  # a process of the version before, beside this one, does not know it
    return packed


def unpack_wrote(packed: Mapping[str, Any]) -> Wrote:
    """The event that `pack_wrote` made."""
    fields = {key: value for key, value in packed.items() if key != "what"}
    fields["fan"] = Person(**fields["fan"])
    return FanWrote(**fields) if packed["what"] == "FanWrote" else CreatorWrote(**fields)


def completed(event: Wrote, there: ChatMessage) -> Wrote:
    """The event with what the message's own row says."""
    kind = there.kind or event.kind
    if isinstance(event, CreatorWrote) and not event.unclear:
        event = replace(event, unclear=_doubt(event, there, kind))
    if isinstance(event, CreatorWrote):
        event = replace(event, wordless=there.wordless and event.text is None)
    if event.text is not None and kind == UNTOLD:
        kind = event.kind
    return replace(
        event,
        text=event.text if there.text is None else there.text,
        complete=True,
        media=max(len(there.media), event.media),
        price=there.price if there.price is not None else event.price,
        kind=kind,
        media_type=there.media_type or event.media_type,
    )


def _doubt(event: Wrote, there: ChatMessage, kind: str | None) -> str:
    if not is_known_type(kind) or (kind is None and there.unclear == NO_TYPE):
        return NO_TYPE
    return NO_TEXT if there.unclear == NO_TEXT and event.text is None else ""
