"""The status of a creator's bridge: red or green, since when, line by line."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.engine.retry import RetryWaits
from bot.engine.server_consent import away
from bot.features.operations.problems.lights import TO_DISCORD, TO_FANVUE, ago, light, queued, reds
from bot.features.operations.problems.pending_reads import reading, reads_of
from bot.features.operations.problems.service import ProblemService
from bot.model.language import tr, tr_many, tr_stored
from bot.model.ports import Post
from bot.model.read_purposes import ReadPurpose
from bot.relay.context import Context
from bot.text.colours import QUIET_COLOUR
from bot.text.safe_text import one_line, safe
from storage.database import Transaction
from storage.engine import queues
from storage.engine.queues import EffectQueue
from storage.inbox import cards, forums, watermarks
from storage.inbox.watermarks import Watermark
from storage.operations import gaps, paused_targets, unread_chats, webhook_rejections
from storage.operations.gaps import EventGap
from storage.operations.paused_targets import PausedTarget
from storage.operations.unread_chats import UnreadChats
from storage.people import creators, pauses
from storage.people.pauses import Pause, PauseKind
from storage.records import Creator, CreatorId, DiscordId, Link, LinkKind, LinkState, Millis

_WEEK: Millis = 7 * 86_400_000
_SHOWN = 5  # creators: what one private answer has room for
_LATE = 3  # sweeps that may be missed before it is said


@dataclass(frozen=True)
class CreatorBridgeState:
    """Everything that is known of one creator's bridge."""

    creator: Creator
    link: Link | None
    heard: Millis | None
    silence: EventGap | None
    gaps: Sequence[EventGap]
    mark: Watermark | None
    forum: DiscordId | None
    away: bool
    target: PausedTarget | None
    outgoing: EffectQueue
    incoming: EffectQueue
    reading: Mapping[ReadPurpose, EffectQueue]
    problems: int
    paused: Sequence[Pause]
    wrong: Millis | None = None  # since when live events come that no known secret has signed
    stale: Millis | None = None  # since when their time is minutes off
    unread: UnreadChats | None = None
    untagged: bool = False  # Discord takes the tags of fans' threads no more


class StatusService:
    """Reads and says it. Who may see which creator is the caller's to check."""

    def __init__(self, ctx: Context, *, problems: ProblemService) -> None:
        self._ctx = ctx
        self._problems = problems

    async def of(self, asked: Sequence[CreatorId], settled: Collection[CreatorId]) -> Post:
        """The status of these creators, for a private answer; `settled`: where the reader may decide."""

        async def work(tx: Transaction) -> list[CreatorBridgeState]:
            known = [await creators.get(tx, creator) for creator in asked]
            return [await self._state(tx, creator) for creator in known if creator is not None]

        states = await self._ctx.database.read(work)
        now = self._ctx.clock.now()
        # What is in trouble comes first: there may be more creators than one answer has room for.
        told = sorted(
            (lines(state, now, self._ctx.waits, settles=state.creator.id in settled) for state in states),
            key=reds,
            reverse=True,
        )
        more, red = told[_SHOWN:], sum(1 for one in told[_SHOWN:] if reds(one))
        return Post(
            title=tr("Status"),
            body=tuple("\n".join(one) for one in told[:_SHOWN])
            or (tr("Nobody is connected here: run /link."),),
            small=tr("{number} more creators, {red} of them with a red light", number=len(more), red=red)
            if more
            else None,
            accent=QUIET_COLOUR,
        )

    async def _state(self, tx: Transaction, creator: Creator) -> CreatorBridgeState:
        forum = await forums.of_creator(tx, creator.id)
        return CreatorBridgeState(
            creator=creator,
            link=await creators.open_link(tx, creator.id),
            heard=await watermarks.heard_last(tx, creator.id),
            silence=await gaps.silence(tx, creator.id),
            gaps=await gaps.since(tx, creator.id, self._ctx.clock.now() - _WEEK),
            mark=await watermarks.get(tx, creator.id),
            unread=await unread_chats.get(tx, creator.id),
            forum=forum.id if forum is not None else None,
            away=await away(tx, creator.id),
            target=await paused_targets.paused(tx, creator.id),
            outgoing=await queues.waiting(tx, creator.id, "fanvue"),
            incoming=await queues.waiting(tx, creator.id, "discord"),
            reading=reads_of(await queues.by_kind(tx, creator.id)),
            problems=len(await self._problems.waiting(tx, creator.id)),
            paused=await pauses.about(tx, creator.id),
            wrong=await webhook_rejections.alarm(tx, webhook_rejections.WRONG),
            stale=await webhook_rejections.alarm(tx, webhook_rejections.STALE),
            untagged=await cards.tags_refused(tx, creator.id),
        )


def lines(state: CreatorBridgeState, now: Millis, waits: RetryWaits, *, settles: bool = True) -> list[str]:
    """The text about one creator: a heading, and a line with a light for each part (pure).

    `settles`: whether the reader may settle the problems.
    """
    settled = tr("see /inbox problems") if settles else tr("anyone who may answer these fans can decide")
    return [
        f"**@{safe(one_line(state.creator.handle, 40))}**",
        _sign_in(state.link),
        *_paused(state.paused),
        _live(state),
        _missed(state.gaps),
        _sweep(state.mark, state.unread, now, waits),
        _server(state),
        *_tags(state),
        queued(TO_FANVUE, state.outgoing, now, waits),
        *reading(state.reading, now, waits),
        queued(TO_DISCORD, state.incoming, now, waits),
        light(
            not state.problems,
            tr_many("{n} waiting for your attention", "{n} waiting for your attention", state.problems)
            if state.problems
            else tr("Nothing waiting for your attention"),
            settled,
        ),
    ]


def _tags(state: CreatorBridgeState) -> list[str]:
    return [light(False, tr("Tags: the forum lacks one"), tr("run /setup"))] if state.untagged else []


def _sign_in(link: Link | None) -> str:
    active = link is not None and link.state is LinkState.ACTIVE
    state = tr("Fanvue: signed in") if active else tr("Fanvue: not signed in")
    return light(active, state, tr("the creator runs /link"))


def _paused(found: Sequence[Pause]) -> list[str]:
    """The pauses that stop everything; one member's pause is between them and its author."""
    return [
        light(
            False,
            tr("Sending: paused by <@{by}> since <t:{since}:f>", by=one.by, since=one.since // 1000),
            tr("resume with /pause off"),
        )
        for one in found
        if one.kind is not PauseKind.MEMBER
    ]


def _live(state: CreatorBridgeState) -> str:
    if state.wrong is not None:
        since = tr("Live events: refused since {since}, signed with another secret", since=ago(state.wrong))
        return light(
            False, since, tr("FANVUE_WEBHOOK_SECRETS needs Fanvue's signing secret (Developer Area)")
        )
    if state.stale is not None:
        since = tr(
            "Live events: refused since {since}, minutes off by this machine's clock", since=ago(state.stale)
        )
        return light(False, since, tr("set that clock, or someone is sending old ones again"))
    if state.silence is not None:
        since = tr("Live events: silent since {since}", since=ago(state.silence.began))
        return light(False, since, tr("messages are found by checking, so they arrive later"))
    if state.heard is not None:
        return light(True, tr("Live events: last {moment}", moment=ago(state.heard)))
    if state.link is not None and state.link.kind is not LinkKind.OWN:
        return light(True, tr("Live events: none, messages are found by checking"))
    # A light that is green before anything ever came would say that the webhook works.
    return light(
        False, tr("Live events: none yet"), tr("messages are found by checking, so they arrive later")
    )


def _missed(found: Sequence[EventGap]) -> str:
    number, recovered = len(found), sum(gap.recovered for gap in found)
    if not number:
        return light(True, tr("Gaps in 7 days: none"))
    over = all(gap.ended is not None for gap in found)
    return light(
        over,
        tr(
            "Gaps in 7 days: {number}, messages found afterwards: {recovered}",
            number=number,
            recovered=recovered,
        ),
        tr("one is still open"),
    )


def _sweep(mark: Watermark | None, unread: UnreadChats | None, now: Millis, waits: RetryWaits) -> str:
    if mark is None:
        return light(True, tr("Last check of all chats: starts with the sign-in"))
    late = now - (mark.swept_at or mark.floor) > _LATE * waits.sweep
    if unread is not None:
        return light(
            False,
            tr("List of chats: refused by Fanvue since {since}", since=ago(unread.since)),
            tr("run `doctor`"),
        )
    if mark.swept_at:
        what = tr("Last check of all chats: {moment}", moment=ago(mark.swept_at))
    else:
        what = tr("Last check of all chats: not yet")
    return light(not late, what, tr("Fanvue does not answer as usual"))


def _server(state: CreatorBridgeState) -> str:
    if state.away:
        return light(
            False, tr("This server: nothing is posted, someone withdrew consent"), tr("run /account return")
        )
    if state.target is not None:
        return light(
            False,
            tr("This server: paused since {since}", since=ago(state.target.since)),
            tr_stored(state.target.reason),
        )
    if state.forum is None:
        return light(False, tr("This server: there is no forum"), tr("run /setup"))
    return light(True, tr("This server: fans are in <#{forum}>", forum=state.forum))
