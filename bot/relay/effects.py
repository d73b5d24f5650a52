"""Writes effects: sealed, in their stream, and waking whoever carries them out.

Every part of the bridge that means to do something outside adds an effect here, inside the
transaction that decided it. Bodies are JSON objects; what each kind holds:

discord  thread.open   {}                    a fan's forum post, with the card; its cause is the thread
         post          {post, message?}      a line in a fan's thread
         post.hidden   {post, message?, why}  a notice in the place of a line that was blocked
         line.blocked  {line, post}          the line itself, for when it is no longer blocked
         fan.fetch     {event}               a message that must be read first; becomes a post
         line.edit     {line, post}          a line in a fan's thread, with what was learned later
         reply.post    {reply}               a member's reply and its state, as it is when posted
         reply.edit    {reply}               the same, as it is when edited
         alert         {post}                a line in the alerts channel
         answer        {command, post}       the private answer of a command
         owner.tell    {post}                a private message to whoever linked the creator
         board         {}                    the message that lists what waits for a person
         digest.read   {day}                 a day's earnings that must be read first; becomes a digest
         digest        {channel, post}       the daily digest in the channel that the owner chose
fanvue   chat.send     {text, media, price, preview, command, author}
         chat.unsend   {message, sent_at, note}  take a sent message back
         chat.look     {message?}            read a chat: what was seen and bought
         media.look    {event}               has a message that was shown media too?
         fan.read      {event}               a message whose reading had to wait
         echo.check    {event}               a message of the creator's: ours, or from elsewhere?
         proposed.*    {content, seen, shown, …}  what a member confirmed for a whole creator
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.relay.derived import DerivedIds
from bot.relay.dispatch import Dispatch
from bot.relay.ports import Button, Clock, Post, Sealer
from storage import forgotten, outbox
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Effect, EffectId, FanId, Millis, Stream


@dataclass(frozen=True)
class Wanted:
    """An effect to be added; `cause` and `part` together are unique, so deciding twice adds once.

    `since`: from when on it can have been done, if what it follows from may be told a second time. A
    database that was restored later than that looks for it first.
    """

    network: str
    kind: str
    stream: Stream
    creator: CreatorId
    cause: str
    part: str
    body: Mapping[str, Any]
    fan: FanId | None = None
    not_before: Millis = 0
    since: Millis | None = None


def discord_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream of one fan's thread."""
    return Stream(f"dc:{creator}:{fan}")


def fanvue_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream of what is sent to one fan."""
    return Stream(f"fv:{creator}:{fan}")


def reading_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream of reads of one chat: they must not wait behind a send."""
    return Stream(f"fr:{creator}:{fan}")


def edits_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream of edits in one fan's thread that come long after, and must not hold its lines up."""
    return Stream(f"ed:{creator}:{fan}")


def hidden_stream(creator: CreatorId, line: EffectId) -> Stream:
    """The stream of one blocked line: it waits for the server, and nothing waits for it."""
    return Stream(f"hi:{creator}:{line}")


def thread_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream that makes one fan's thread; the thread's own stream waits for it."""
    return Stream(f"th:{creator}:{fan}")


def facts_stream(creator: CreatorId) -> Stream:
    """The stream of what happened to one creator, waiting to be decided."""
    return Stream(f"in:{creator}")


def answer_stream(command: str) -> Stream:
    """The stream of one command's private answer."""
    return Stream(f"an:{command}")


def alert_stream(creator: CreatorId) -> Stream:
    """The stream of one creator's alerts."""
    return Stream(f"al:{creator}")


def wanted_alert(
    creator: CreatorId,
    *,
    cause: str,
    part: str,
    post: Post,
    fan: FanId | None = None,
    channel: DiscordId | None = None,
    since: Millis | None = None,
) -> Wanted:
    """A line in a creator's alerts channel; `channel`: into this one, even if it is another one by then."""
    where = {} if channel is None else {"channel": channel}
    return Wanted(
        network="discord",
        kind="alert",
        stream=alert_stream(creator),
        creator=creator,
        cause=cause,
        part=part,
        body={**where, "post": pack_post(post)},
        fan=fan,
        since=since,
    )


def owner_stream(creator: CreatorId) -> Stream:
    """The stream of what a creator's owner is told privately."""
    return Stream(f"ow:{creator}")


def board_stream(creator: CreatorId) -> Stream:
    """The stream of the message that lists what waits for a person; it must not wait behind alerts."""
    return Stream(f"bo:{creator}")


def digest_stream(creator: CreatorId) -> Stream:
    """The stream of one creator's digests: alerts must not wait for Fanvue's lists."""
    return Stream(f"dg:{creator}")


def proposal_stream(creator: CreatorId, feature: str) -> Stream:
    """The stream of one feature's effects for a whole creator: one after the other, each settled first."""
    return Stream(f"pr:{creator}:{feature}")


def creator_in(stream: Stream) -> str:
    """The creator that a stream belongs to; a command's id for a stream of answers."""
    return stream.split(":")[1]


class Effects:
    """Adds effects to the outbox and reads their bodies back."""

    def __init__(self, *, sealer: Sealer, dispatch: Dispatch, clock: Clock, ids: DerivedIds) -> None:
        """`ids`: for whoever must know the id of an effect, or of what it makes, beforehand."""
        self._sealer = sealer
        self._dispatch = dispatch
        self._clock = clock
        self.ids = ids

    async def add(self, tx: Transaction, wanted: Wanted) -> EffectId | None:
        """Add one effect and wake its stream; None when the same cause already added it."""
        effect = self.ids.effect(wanted.cause, wanted.part)
        sealed = self._sealer.seal(_place(effect, wanted.creator), _dump(wanted.body))
        added = await outbox.add(
            tx,
            outbox.NewEffect(
                id=effect,
                stream=wanted.stream,
                network=wanted.network,
                kind=wanted.kind,
                creator=wanted.creator,
                fan=wanted.fan,
                cause=wanted.cause,
                part=wanted.part,
                body=sealed,
                nonce=effect,
                not_before=wanted.not_before,
                created_at=self._clock.now(),
                begun=await forgotten.begun(tx, wanted.since),
            ),
        )
        if not added:
            return None
        self._dispatch.wake(tx, wanted.stream)
        return effect

    def body(self, effect: Effect) -> dict[str, Any]:
        """The body of an effect, opened."""
        plain = self._sealer.open(_place(effect.id, effect.creator), effect.body)
        body: dict[str, Any] = json.loads(plain)
        return body

    async def rewrite(
        self, tx: Transaction, effect: Effect, *, kind: str, body: Mapping[str, Any], since: Millis | None
    ) -> None:
        """Give a waiting effect another kind and body; it keeps its place in the stream."""
        sealed = self._sealer.seal(_place(effect.id, effect.creator), _dump(body))
        begun = await forgotten.begun(tx, since)
        await outbox.rewrite(tx, effect.id, kind=kind, body=sealed, begun=begun)


def pack_post(post: Post) -> dict[str, Any]:
    """A post as JSON."""
    return asdict(post)


def unpack_post(packed: Mapping[str, Any]) -> Post:
    """The post that `pack_post` made."""
    buttons = tuple(Button(**button) for button in packed.get("buttons", ()))
    return Post(**{**packed, "body": tuple(packed["body"]), "buttons": buttons})


def _place(effect: EffectId, creator: CreatorId) -> str:
    return f"outbox|body|{effect}|{creator}"


def _dump(body: Mapping[str, Any]) -> bytes:
    # A stranger's text may hold half a character, which UTF-8 proper has no bytes for; json reads it back.
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
