"""Writes effects: sealed, in their stream, and waking the driver.

All outside work is added here, by the transaction that decided it. Bodies are JSON objects:

discord  thread.open   {}                    a fan's forum post, with the card; its cause is the thread
         post          {post, message?}      a line in a fan's thread
         post.join     {post, message, at}   a fan's text that stands in the post above it
         post.hidden   {post, message?, why}  a notice in the place of a line that was blocked
         line.blocked  {line, post}          the line itself, for when it is no longer blocked
         fan.fetch     {event}               a message that must be read first; becomes a post
         history.read  {at}                  messages before a first thread; becomes a post
         line.edit     {line, post}          a line in a fan's thread, with facts learned later
         line.strike   {line, at, first}  the same, once its message was deleted on Fanvue
         edit.again    {kind, stream, body}  an edit once more, when none is on its way any more
         reply.post    {reply}               a member's reply and its state, as it is when posted
         reply.edit    {reply}               the same, as it is when edited
         alert         {post, told?}         a line in the alerts channel, or where a rule has it told
         alert.anew    {stream, place}       a message of several alerts shows those that stand in it
         alert.private {post, posts, told}   news a member chose to get privately
         answer        {command, post}       the private answer of a command
         owner.tell    {post}                a private message to the person who linked the creator
         typed.gone    {typed, reply}        a typed message, once its reply has its own line
         upload.gone   {channel, message, command}  a message whose files the vault has
         thread.rest   {thread}              a fan's thread is archived, unless it is needed again
         card.show     {anew?}               a fan's card and tags, as they are when shown
         forum.more    {forum}               another forum beside one that is full
         board         {}                    the message that lists what waits for a person
         board.waiting {}                    the message that says who waits
         ping.post     {since}               a message that notifies: the fan waits since then
         ping.message  {at, begins, …}       a message that notifies: a fan wrote just now
         routing.offer {without}             who is offered a fan first: roles are asked of Discord
         ping.offer    {kind, subject}       a message that asks a new member about pings
         tour.tell     {member}              the tour, told to a new member alone
         ping.owed     {promise, silent}     a message that notifies: a promise is due
         ping.gone     {ping}                the same, taken away
         access.bar    {channel, member, close}  a channel closed to one person, or opened again
         access.roles  {guild, only}         the viewers of a creator's channels, as granted when it is done
         digest.read   {sort, day}           the events, read first; becomes one of the next two
         digest        {channel, post, chart?, …}  a day, week or month, told in a channel
         digest.private {post, chart?, …}    the same, told to the owner alone
         gone.look     {thread, before, …}   a thread with lines whose time is over: how old is the rest?
         gone.thread   {channel, before}     a forum post that goes whole
         gone.lines    {channel, rests, marked}  messages that are listed to be taken away
         gone.all      {}                    everything that is listed of an erased creator
         erasure.told  {member, post}        a private message: it is erased
         gone.mark     {channel, …}          says how much was removed; gone.rest archives the thread again
         postcard.open {post, …}             a followed post's thread, with its card
         postcard.show {post, …}             the card, once its contents have changed
         postcard.line {post, name, text, …}  a line for a comment
         postcard.strike {post, line}        the same, once its comment was deleted
fanvue   chat.send     {text, media, price, preview, command, author}
         reply.later   {draft, at}           a reply's time has come: is it still right to send it?
         chat.unsend   {message, sent_at, note}  take a sent message back
         chat.mark     {read, muted, nickname, newest}  how a chat is to look there
         chat.look     {message?}            read a chat: seen and bought messages
         media.look    {event}               has a message that was shown media too?
         fan.look      {}                    a fan's status: follower, not contactable, …?
         fan.read      {event}               a message whose reading had to wait
         history.later {at, line}            the same, when it could not be read at once
         echo.check    {event}               a message of the creator's: ours, or from elsewhere?
         link.end      {account, member, by}  a removed member's own account
         campaign.look {message, due}        the outcome of a mass message; becomes an alert
         posts.look    {at}                  posts that are new, or due to be looked at
         comments.read {post, facts}         the comments below a followed post
         list.whom     {mass, leave, …}      fans a mass message leaves out; becomes a job
         list.make     {job}                 make a list, looked for by its name; then it is filled
         list.read     {job, answered}       read its members
         list.add      {job}                 put the ledger's next fans on it
         list.change   {what, list, …}       rename or delete it, or take a fan off it
         proposed.*    {content, seen, shown, …}  an action confirmed for a whole creator
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.engine.audit_log import AuditLog
from bot.engine.derived_ids import DerivedIds
from bot.engine.dispatch import Dispatch
from bot.engine.early_claiming import EarlyClaimer
from bot.engine.streams import alert_stream
from bot.model.errors import SealDamaged, TextErased
from bot.model.ports import Button, Clock, Post, Sealer
from storage.database import Transaction
from storage.engine import outbox, restore_window
from storage.records import CreatorId, DiscordId, Effect, EffectId, FanId, Millis, Stream

ERASED = b'{"erased":true}'  # what is sealed in the place of a body whose time was over


@dataclass(frozen=True)
class EffectRequest:
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


def wanted_alert(
    creator: CreatorId,
    *,
    cause: str,
    part: str,
    post: Post,
    fan: FanId | None = None,
    channel: DiscordId | None = None,
    since: Millis | None = None,
) -> EffectRequest:
    """A line in a creator's alerts channel; `channel`: into this one, even if it is another one by then."""
    where = {} if channel is None else {"channel": channel}
    return EffectRequest(
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


def alert_changed(creator: CreatorId, line: EffectId, *, cause: str, part: str, post: Post) -> EffectRequest:
    """A line of the alerts channel shows this from now on; it follows the line in its stream."""
    return EffectRequest(
        network="discord",
        kind="line.edit",
        stream=alert_stream(creator),
        creator=creator,
        cause=cause,
        part=part,
        body={"line": line, "post": pack_post(post)},
    )


class Effects:
    """Adds effects to the outbox and reads their bodies back."""

    def __init__(
        self, *, sealer: Sealer, dispatch: Dispatch, clock: Clock, ids: DerivedIds, trail: AuditLog
    ) -> None:
        """`ids`: for those who must know an effect's id beforehand. `trail`: writes down who wanted it."""
        self._sealer = sealer
        self._dispatch = dispatch
        self._clock = clock
        self.ids = ids
        self.trail = trail
        self.early: EarlyClaimer | None = None  # where this process also carries effects out

    async def add(self, tx: Transaction, wanted: EffectRequest) -> EffectId | None:
        """Add one effect and wake its stream; None when the same cause already added it."""
        effect = self.ids.effect(wanted.cause, wanted.part)
        sealed = self._sealer.seal(body_place(effect, wanted.creator), _dump(wanted.body))
        entry = outbox.OutboxEntry(
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
            begun=await restore_window.begun(tx, wanted.since),
        )
        added = await outbox.append(tx, entry)
        if added is None:
            return None
        self._dispatch.wake(tx, wanted.stream, at=wanted.not_before)
        new, behind = added
        if self.early is not None and not behind:
            self.early.added(tx, new)
        return effect

    def wake(self, tx: Transaction, stream: Stream) -> None:
        """Have what waits in a stream looked at."""
        self._dispatch.wake(tx, stream)

    async def at_once(self, tx: Transaction, effect: Effect) -> None:
        """Let one that was never tried wait for its time no longer."""
        await self.sooner(tx, effect, self._clock.now())

    async def sooner(self, tx: Transaction, effect: Effect, due: Millis) -> None:
        """Let one that was never tried wait until then, which is before its time."""
        if await outbox.put_off(tx, effect.id, not_before=due):
            self._dispatch.wake(tx, effect.stream, at=due)

    def body(self, effect: Effect) -> dict[str, Any]:
        """The body of an effect, opened. Raises Erased when its time was over, and Damaged."""
        try:
            plain = self._sealer.open(body_place(effect.id, effect.creator), effect.body)
        except ValueError as error:
            raise SealDamaged from error
        if plain == ERASED:
            raise TextErased
        body: dict[str, Any] = json.loads(plain)
        return body

    async def rewrite(
        self, tx: Transaction, effect: Effect, *, kind: str, body: Mapping[str, Any], since: Millis | None
    ) -> None:
        """Give a waiting effect another kind and body; it keeps its place in the stream."""
        sealed = self._sealer.seal(body_place(effect.id, effect.creator), _dump(body))
        begun = await restore_window.begun(tx, since)
        await outbox.rewrite(tx, effect.id, kind=kind, body=sealed, begun=begun)


def pack_post(post: Post) -> dict[str, Any]:
    return asdict(post)


def unpack_post(packed: Mapping[str, Any]) -> Post:
    """The post that `pack_post` made."""
    buttons = tuple(
        Button(**{**button, **{name: tuple(button.get(name, ())) for name in ("also", "marks")}})
        for button in packed.get("buttons", ())
    )
    outline = packed.get("outline")
    texts = {"body": tuple(packed["body"]), "outline": None if outline is None else tuple(outline)}
    return Post(**{**packed, **texts, "buttons": buttons})


def body_place(effect: EffectId, creator: CreatorId) -> str:
    """Name an effect body's sealing place."""
    return f"outbox|body|{effect}|{creator}"


def _dump(body: Mapping[str, Any]) -> bytes:
    # A stranger's text may hold half a character, which UTF-8 proper has no bytes for; json reads it back.
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
