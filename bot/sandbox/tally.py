"""Counts the results of an evening in the ledgers of both stand-ins."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.announcements import told_in, told_of, wanted_of
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage, walk
from bot.sandbox.evening import EveningAnswer, EveningPost
from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.stage import DemoStage

_NOTE = "Show me"  # under a line about what the owner did herself, which is no alert
_OFTEN = 0.25  # seconds: when all webhooks are told, Discord does not say
_BOARD = "My inbox"  # under the message that says who waits
TIP = "TIP"  # Fanvue's type of the message that a tip leaves in the chat
_DIGITS = re.compile(r" · [0-9a-f]{4}$")  # behind a name that another fan has, too
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_BACK = ("creator.refund.created", "creator.dispute.created")


@dataclass(frozen=True)
class RelayCount:
    """The counts of wanted entries."""

    there: int
    lost: int
    duplicated: int
    misrouted: int
    lags: tuple[float, ...] = ()


def relayed(stage: DemoStage) -> RelayCount:
    """Fans' messages in the team's threads; lags are seconds from Fanvue to Discord."""
    handles = {fan.uuid: handle for handle, fan in stage.fans.items()}
    shown = _lines(stage)
    sums, lags = Counter[str](), []
    _judge_tips(stage, shown, sums)
    for entry in stage.fanvue.ledger.messages(sender="fan"):
        handle, text = handles[entry["fan"]], entry["text"]
        if entry["type"] == TIP:
            continue
        right = [message for thread, line, message in shown if line == text and is_thread_of(thread, handle)]
        wrong = [
            message for thread, line, message in shown if line == text and not is_thread_of(thread, handle)
        ]
        _judge(sums, len(right), len(wrong))
        lags += [(message.created_at - entry["sent_at"]).total_seconds() for message in right[:1]]
    return RelayCount(sums["there"], sums["lost"], sums["duplicated"], sums["misrouted"], tuple(lags))


def replied(stage: DemoStage, answers: Iterable[EveningAnswer]) -> RelayCount:
    """The team's answers in the fans' chats: right fan, right price, once."""
    sums = Counter[str]()
    for answer in answers:
        fan = stage.fans[answer.to].uuid
        sent = stage.fanvue.ledger.of("message", sender="creator", text=answer.text)
        right = [e for e in sent if e["fan"] == fan and (e["price"] or 0) == _cents(answer.price)]
        _judge(sums, len(right), len(sent) - len(right))
    return RelayCount(sums["there"], sums["lost"], sums["duplicated"], sums["misrouted"])


def alerted(stage: DemoStage) -> RelayCount:
    """Events that the alerts channel names, each by itself or in a message of several, against Fanvue's."""
    wanted = Counter(filter(None, map(wanted_of, stage.fanvue.ledger.of("event"))))
    shown = [message for message in alerts(stage) if _NOTE not in labels(message)]
    told = [told_in(message) for message in shown]
    there = told_of(filter(None, told), wanted)
    others = told.count(None)  # nothing else is announced there on such an evening
    extra = (there - wanted).total() + others
    return RelayCount((there & wanted).total(), (wanted - there).total(), extra, 0)


async def until_alerted(stage: DemoStage, within: float) -> None:
    """Return when every sale so far is announced: the bridge cannot count those it has not heard of.

    Or when it takes too long; then something is lost, and the figures say so.
    """
    with suppress(TimeoutError):
        await stage.discord.world.until(
            lambda: stage.fanvue.webhooks.idle and not alerted(stage).lost, within, often=_OFTEN
        )


def earned(stage: DemoStage, told: Iterable[str]) -> int:
    """The number of answers to /earnings with the gross of Fanvue's ledger, to the cent."""
    events = stage.fanvue.ledger.of("event")
    gross = sum(e["data"]["gross"] for e in events if e["type"] == "creator.payment.succeeded")
    back = sum(e["data"]["amount"] for e in events if e["type"] in _BACK)
    return sum(f"Gross **{_dollars(gross - back)}**" in text for text in told)


def posted(stage: DemoStage, posts: Sequence[EveningPost]) -> RelayCount:
    """The owner's posts on Fanvue: for the right people, at the right price, at the right time, once."""
    sums = Counter[str]()
    for post in posts:
        made = stage.fanvue.ledger.of("post", text=post.text)
        right = [entry for entry in made if _is_as_typed(entry, post)]
        _judge(sums, len(right), len(made) - len(right))
    return RelayCount(sums["there"], sums["lost"], sums["duplicated"], sums["misrouted"])


def deliveries(stage: DemoStage) -> tuple[int, int]:
    """The number of webhooks that reached the bridge, and of the repeats among them."""
    answered = [e["id"] for e in stage.fanvue.ledger.of("webhook.answered") if e["status"] < 300]  # noqa: PLR2004 - HTTP's 2xx
    return len(answered), len(answered) - len(set(answered))


def states(stage: DemoStage) -> Counter[str]:
    """The states of the replies in the threads: Queued, Sent, Seen, Paid and so on."""
    found = Counter[str]()
    for thread in stage.discord.world.threads(stage.guild.id):
        for message in _messages(stage, thread):
            for line in message.displays():
                if "→" in message.text and (
                    mark := re.search(r"[✓👁💰] (Sent|Seen|Paid)|Queued|Not sure", line)
                ):
                    found[mark.group(1) or mark.group(0)] += 1
    return found


def pings(stage: DemoStage) -> int:
    """The number of notifications by fans' messages."""
    return stage.discord.ledger.count("ping")


def alerts(stage: DemoStage) -> list[StandInMessage]:
    """The messages of the alerts channel, without the one that says who waits."""
    world = stage.discord.world
    channels = [
        world.channels[i] for i in stage.guild.channel_ids if world.channels[i].name.endswith("-alerts")
    ]
    lines = [message for channel in channels for message in _messages(stage, channel)]
    return [message for message in lines if _BOARD not in labels(message)]


def p95(lags: Iterable[float]) -> float:
    """The 95th percentile, in seconds."""
    ordered = sorted(lags)
    return ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)] if ordered else 0.0


def _judge(sums: Counter[str], right: int, wrong: int) -> None:
    sums["there"] += right > 0
    sums["lost"] += right == 0
    sums["duplicated"] += max(right - 1, 0)
    sums["misrouted"] += wrong


def _judge_tips(
    stage: DemoStage, shown: list[tuple[StandInChannel, str, StandInMessage]], sums: Counter[str]
) -> None:
    """A live event does not say how much a tip is: each fan's are counted, and the alerts have the sums."""
    for handle, fan in stage.fans.items():
        wanted = len(stage.fanvue.ledger.of("message", fan=fan.uuid, type=TIP))
        there = sum(
            1 for thread, line, _ in shown if is_thread_of(thread, handle) and line.startswith("### 🎁 A tip")
        )
        sums["there"] += min(there, wanted)
        sums["lost"] += max(wanted - there, 0)
        sums["duplicated"] += max(there - wanted, 0)


def _lines(stage: DemoStage) -> list[tuple[StandInChannel, str, StandInMessage]]:
    """Every line that the bot shows in a thread, as a reader sees it: without the escapes."""
    return [
        (thread, _ESCAPE.sub(r"\1", line), message)
        for thread in stage.discord.world.threads(stage.guild.id)
        for message in _messages(stage, thread)
        for line in message.displays()
    ]


def _messages(stage: DemoStage, channel: StandInChannel) -> list[StandInMessage]:
    found = stage.discord.world.messages.get(channel.id, {}).values()
    return [message for message in found if not message.deleted and message.author.bot]


def labels(message: StandInMessage) -> list[str]:
    """The buttons of a message."""
    return [str(part["label"]) for part in walk(message.components) if "label" in part]


def is_answered(given: InteractionAnswer, fan: StandInFan, text: str) -> bool:
    """A window over a line closes without a word: the fan has it, or a word comes beside the line."""
    return not given.is_silent or text in [message.text for message in fan.inbox()]


def is_thread_of(thread: StandInChannel, handle: str) -> bool:
    """Whether its name ends with this handle, or with digits of an id behind it."""
    return _DIGITS.sub("", thread.name).endswith(f"@{handle}")


def _is_as_typed(entry: FanvueLedgerEntry, post: EveningPost) -> bool:
    """A time that is typed is one of tomorrow, in UTC: nobody has chosen another zone."""
    at: datetime | None = entry["publish_at"]
    ahead = None if at is None else f"tomorrow {at:%H:%M}" if at > entry.at else "passed"
    return (
        (entry["audience"], entry["price"] or 0) == (post.audience, _cents(post.price))
        and bool(entry["media"]) == (post.price is not None)
        and ahead == post.when
    )


def _dollars(cents: int) -> str:
    return f"${cents // 100:,}.{cents % 100:02d}"


def _cents(price: str | None) -> int:
    if price is None:
        return 0
    dollars, _, rest = price.partition(".")
    return int(dollars) * 100 + int(rest.ljust(2, "0") or 0)
