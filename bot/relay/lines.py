"""The lines of a fan's thread: how a message looks there, how it gets in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.relay import render
from bot.relay.effects import Effects, Wanted, discord_stream, pack_post, reading_stream
from bot.relay.events import CreatorWrote, FanWrote, Person
from bot.relay.ports import ChatMessage, Post
from bot.relay.render import Line
from storage import gaps
from storage.database import Transaction
from storage.records import CreatorId, EffectId, FanId, Paired

Wrote = FanWrote | CreatorWrote


@dataclass(frozen=True)
class Place:
    """Whose thread."""

    creator: CreatorId
    fan: FanId


async def add_lines(tx: Transaction, effects: Effects, event: Wrote, cause: str) -> None:
    """Add the posts that show a message in its fan's thread; the cause makes them unique."""
    await add_rest(tx, effects, event, lines_of(event, _fresh(effects)), cause=cause, first=0)


async def add_rest(
    tx: Transaction, effects: Effects, event: Wrote, lines: list[Line], *, cause: str, first: int
) -> None:
    """Add the lines of a message from number `first` on."""
    for number, (ref, post) in enumerate(lines[first:], start=first):
        await effects.add(
            tx,
            Wanted(
                network="discord",
                kind="post",
                stream=discord_stream(event.creator, event.fan.id),
                creator=event.creator,
                fan=event.fan.id,
                cause=cause,
                part=f"line:{number}",
                body=line_body(event, post, number),
                id=EffectId(ref),
            ),
        )


async def add_post(
    tx: Transaction,
    effects: Effects,
    place: Place,
    *,
    cause: str,
    part: str,
    make: Callable[[str], Post],
) -> None:
    """Add a line of the bridge's own; `make` gets the reference for its button."""
    effect = effects.new_id()
    await effects.add(
        tx,
        Wanted(
            network="discord",
            kind="post",
            stream=discord_stream(place.creator, place.fan),
            creator=place.creator,
            fan=place.fan,
            cause=cause,
            part=part,
            body={"post": pack_post(make(effect)), "message": None},
            id=effect,
        ),
    )


async def add_gap_note(tx: Transaction, effects: Effects, event: Wrote) -> None:
    """Say once in a thread that what follows came in while the bridge could not hear it (B1)."""
    gap = await gaps.around(tx, event.creator, event.at) if event.late else None
    if gap is None:
        return
    ended = event.at if gap.ended is None else gap.ended

    def make(ref: str) -> Post:
        return render.gap_note(ref, offline=gap.kind == gaps.OFFLINE, began=gap.began, ended=ended)

    place = Place(event.creator, event.fan.id)
    await add_post(tx, effects, place, cause=gap.id, part=f"gap:{event.fan.id}", make=make)


def lines_of(event: Wrote, refs: Iterator[str]) -> list[Line]:
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
        )
    return render.from_elsewhere(
        event.text,
        at=event.at,
        media=event.media,
        price=event.price,
        automated=event.automated,
        refs=refs,
        late=event.late,
    )


def lines_in_place_of(effects: Effects, effect: EffectId, event: Wrote) -> list[Line]:
    """The same; the first line takes the place, and the id, of an effect that waits already."""

    def refs() -> Iterator[str]:
        yield effect
        yield from _fresh(effects)

    return lines_of(event, refs())


def line_body(event: Wrote, post: Post, number: int) -> dict[str, Any]:
    """The body of a `post` effect: what to show, and which message it is."""
    return {"post": pack_post(post), "message": event.message if number == 0 else None}


def wants(event: Wrote, kind: str, *, network: str, cause: str, part: str) -> Wanted:
    """An effect that is about a message and carries it: in its thread's stream, or in that of reads."""
    stream = discord_stream if network == "discord" else reading_stream
    return Wanted(
        network=network,
        kind=kind,
        stream=stream(event.creator, event.fan.id),
        creator=event.creator,
        fan=event.fan.id,
        cause=cause,
        part=part,
        body={"event": pack_wrote(event)},
    )


def paired(event: Wrote) -> Paired:
    """The memory of a message that no send of ours made; whoever shows it fills in where."""
    return Paired(
        creator=event.creator,
        fan=event.fan.id,
        message=event.message,
        direction="in" if isinstance(event, FanWrote) else "out",
        sent_at=event.at,
        price=event.price,
    )


def pack_wrote(event: Wrote) -> dict[str, Any]:
    """A message event as JSON."""
    return {"what": type(event).__name__, **asdict(event)}


def unpack_wrote(packed: Mapping[str, Any]) -> Wrote:
    """The event that `pack_wrote` made."""
    fields = {key: value for key, value in packed.items() if key != "what"}
    fields["fan"] = Person(**fields["fan"])
    return FanWrote(**fields) if packed["what"] == "FanWrote" else CreatorWrote(**fields)


def completed(event: Wrote, there: ChatMessage) -> Wrote:
    """The event with what the message's own row says."""
    return replace(
        event,
        text=there.text,
        complete=True,
        media=max(len(there.media), event.media),
        price=there.price if there.price is not None else event.price,
        kind=there.kind or event.kind,
    )


def _fresh(effects: Effects) -> Iterator[str]:
    while True:
        yield effects.new_id()
