"""Compares the three ledgers: Fanvue's, the bridge's own, Discord's."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.sandbox.announcements import AlertUnreadable
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.fanvue.records import BROADCAST
from tests.proofs.soak.bridge_ledger import BridgeLedger
from tests.proofs.soak.creator_setup import labels
from tests.proofs.soak.expected_alerts import alerts, sums, wanted_alerts
from tests.proofs.soak.owner_actions import confirmed, reposted
from tests.proofs.soak.script_players import ReplyAttempt
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario, is_of
from tests.proofs.soak.unclear_lines import GIFT, TIP, UNCLEAR, Line, blank, cleared, is_unclear, line_of

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_ELSEWHERE = "Sent on Fanvue, not through Discord"
_OWN = (  # lines of the bridge's own
    "There's a new message. We couldn't reach Fanvue to read it",
    "While the bridge was offline, since",
    "While live events were silent, since",
)
_HISTORY = "### From before the bridge"  # once in a thread, if at all; none of it is a line
DIGESTS = "digests"  # the name of the channel that an owner makes for them
_FIGURES = "Tips and revenue"  # the button on the card of a followed post
_STONE = re.compile(r"[\d,]+ messages? older than ")  # what stands in the place of old lines
_LANE = re.compile(r"⏳ <@\d+>'s reply is waiting|<@\d+> (?:edited and )?approved <@\d+>'s reply")
_TYPED = re.compile(
    r"(🔒 )?<@\d+>('s messages? |,? (typed this|what you type|sent it to the fan))|🔒 Kept inside\. The"
)
_NOT_TAKEN = re.compile(r"⚠ <@(\d+)>, your reply of <t:\d+:t> was not sent: the bridge stopped")
_STRUCK = re.compile(r"\A~~(.*)~~\Z", re.DOTALL)  # the words of what was deleted
_SETTLED = re.compile(
    r"✓ Sent|👁 Seen|💰 Paid|↩ Taken back|🗑 Deleted|Discarded\.|⏰ (?:Sent:|Cancelled|Changed|Closed)"
)


@dataclass
class SoakFindings:
    """What is wrong, each with a sentence for whoever has to find out why."""

    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    misrouted: list[str] = field(default_factory=list)
    inverted: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    too_often: list[str] = field(default_factory=list)  # calls that were refused for that
    about: set[Line] = field(default_factory=set)  # the lines that are missing, or too many

    def sentences(self) -> Iterator[str]:
        """Everything, worst first."""
        for name in ("misrouted", "duplicated", "lost", "inverted", "unexplained", "too_often"):
            for one in getattr(self, name):
                yield f"{name}: {one}"

    @property
    def nothing(self) -> bool:
        """Whether all is well."""
        return not any(self.sentences())


def compared(
    town: SoakScenario,
    attempts: Iterable[ReplyAttempt],
    memory: BridgeLedger,
    gone: Counter[Line] | None = None,
) -> SoakFindings:
    """Everything that the ledgers disagree about; `gone` was read before it was deleted."""
    found = SoakFindings()
    tried = list(attempts)
    _threads(town, memory, found)
    taken = Counter({line: often for line, often in (gone or {}).items() if line[2] == "alert"})
    there = cleared(placed(town, found), _entries(town), memory.shown) + ((gone or Counter()) - taken)
    _tell_apart(_wanted_lines(town, tried, memory), _mass(town, there, found), found)
    _tell_apart(_wanted_in_chats(tried, memory), _in_chats(town), found)
    _alerts(town, taken, found)
    _digests(town, found)
    _followed(town, memory, found)
    for how, what in (*confirmed(town, memory.confirmed), *reposted(town, memory.confirmed)):
        getattr(found, how).append(what)
    _promises(tried, memory, _told_in_threads(town), found)
    _claims(town, memory, found)
    found.unexplained += memory.troubles
    found.unexplained += [f"unlike the contract: {one}" for one in town.discord.contract_errors]
    found.unexplained += [f"unlike the contract: {one}" for one in town.fanvue.contract_errors]
    return found


def _tell_apart(wanted: Counter[Line], there: Counter[Line], found: SoakFindings) -> None:
    """What is missing is lost; what is too much is at the wrong person if it is missing elsewhere."""
    missing, extra = wanted - there, there - wanted
    found.about |= {*missing, *extra}
    for line, often in extra.items():
        elsewhere = any(other[2:] == line[2:] and other[:2] != line[:2] for other in missing)
        known = any(other[2:] == line[2:] for other in wanted)
        into = found.misrouted if elsewhere else found.duplicated if known else found.unexplained
        into.extend([str(line)] * often)
    for line, often in missing.items():
        found.lost.extend([str(line)] * often)


# ── Discord's ledger ──


def _wanted_lines(
    town: SoakScenario, attempts: Iterable[ReplyAttempt], memory: BridgeLedger
) -> Counter[Line]:
    """What threads must show: all that fans and the creator wrote on Fanvue, and every accepted reply."""
    wanted = Counter[Line]()
    for line in _entries(town).values():
        if line[2] in {"fan", "elsewhere"}:
            wanted[line] += 1
    for attempt in attempts:
        if attempt.name in memory.sends:
            wanted[attempt.house.creator.uuid, attempt.fan.uuid, "reply", attempt.step.text] += 1
    return wanted


def _entries(town: SoakScenario) -> dict[str, Line]:
    return {entry["uuid"]: line_of(entry) for entry in town.fanvue.ledger.of("message")}


def lines(town: SoakScenario, found: SoakFindings) -> Counter[Line]:
    """Everything that the bot shows in fans' threads, apart from their cards."""
    return Counter(line for _, line in placed(town, found))


def placed(town: SoakScenario, found: SoakFindings) -> Iterator[tuple[int, Line]]:
    """The same lines one by one, each with the id of the message that it stands in, from its top on."""
    for house, thread in _all_threads(town):
        fan = next((one for one in house.fans if is_of(thread, one)), None)
        messages = _messages(town, thread)
        histories = [message for message in messages if _HISTORY in message.displays()]
        found.duplicated.extend([f"the history of {thread.name}"] * (len(histories) - 1))
        for message in messages:
            if message in histories:
                continue
            if fan is None:
                found.unexplained.append(f"a message in the thread {thread.name}, which is no fan's")
            elif message.id != thread.id:
                for what, words in _read(message, found):
                    yield message.id, (house.creator.uuid, fan.uuid, what, words)


def _read(message: StandInMessage, found: SoakFindings) -> Iterator[tuple[str, str]]:
    # Of its own words the bridge escapes nothing: whoever imitates them is told by their escapes.
    own = any(
        text.startswith(_OWN) or any(one.match(text) for one in (_STONE, _LANE, _TYPED, _NOT_TAKEN))
        for text in message.displays()
    )
    if not own:
        shown = [_ESCAPE.sub(r"\1", _STRUCK.sub(r"\1", text)) for text in message.displays()]
        title = shown[0] if shown[0].startswith("### ") else ""
        words = [text for text in shown if text != title and not text.startswith("-# ")]
        words = words or [sort for sort in (TIP, GIFT) if title.startswith(f"### {sort}")]
        what = _what(title)
        yield from blank(title, shown, words)
        if what == "reply" and not _SETTLED.search(shown[-1]):
            found.unexplained.append(f"a reply still shows: {shown[-1]}")
        for text in words:
            yield what, text


def _what(title: str) -> str:
    if title == "### A mass message reached this chat":
        return "mass"
    if is_unclear(title):
        return UNCLEAR
    return "reply" if "→" in title else "elsewhere" if _ELSEWHERE in title else "fan"


def _mass(town: SoakScenario, there: Counter[Line], found: SoakFindings) -> Counter[Line]:
    """All but lines of mass messages. Not every chat shows one; where one does, Fanvue has it there."""
    shown = Counter({line: often for line, often in there.items() if line[2] == "mass"})
    went = Counter[Line](
        (entry["creator"], entry["fan"], "mass", entry["text"])
        for entry in town.fanvue.ledger.of("message", sender="creator", type=BROADCAST)
    )
    for line, often in (shown - went).items():
        (found.duplicated if went[line] else found.misrouted).extend([str(line)] * often)
    return there - shown


def _threads(town: SoakScenario, memory: BridgeLedger, found: SoakFindings) -> None:
    """One thread for each fan, and the bridge and the reader agree whose it is."""
    seen = Counter[tuple[str, str]]()
    for house, thread in _all_threads(town):
        owner = memory.threads.get(thread.id)
        if owner is None:
            found.duplicated.append(f"the thread {thread.name}, which the bridge does not know")
            continue
        seen[owner] += 1
        fan = next((one for one in house.fans if is_of(thread, one)), None)
        if fan is None or owner != (house.creator.uuid, fan.uuid):
            found.misrouted.append(f"the thread {thread.name} is kept as {owner}")
    for owner, often in seen.items():
        found.duplicated.extend([f"a thread of {owner}"] * (often - 1))


# ── Fanvue's ledger ──


def _wanted_in_chats(attempts: Iterable[ReplyAttempt], memory: BridgeLedger) -> Counter[Line]:
    wanted = Counter[Line]()
    for attempt in attempts:
        send = memory.sends.get(attempt.name)
        if send is not None and send.state != "cancelled":
            price = (attempt.step.dollars or 0) * 100
            wanted[attempt.house.creator.uuid, attempt.fan.uuid, f"for {price}", attempt.step.text] += 1
    return wanted


def _in_chats(town: SoakScenario) -> Counter[Line]:
    return Counter[Line](
        (entry["creator"], entry["fan"], f"for {entry['price'] or 0}", entry["text"])
        for entry in town.fanvue.ledger.of("message", sender="creator")
        if entry["client_id"] is not None and entry["type"] != BROADCAST  # those are counted whole
    )


def _claims(town: SoakScenario, memory: BridgeLedger, found: SoakFindings) -> None:
    """Every send that counts as done owns one message, of its own fan, that no other send owns."""
    there = {entry["uuid"]: entry for entry in town.fanvue.ledger.of("message", sender="creator")}
    owned = Counter(send.message for send in memory.sends.values() if send.state == "done")
    found.unexplained += [f"{often} sends own {message}" for message, often in owned.items() if often > 1]
    for send in memory.sends.values():
        entry = there.get(send.message or "")
        if send.state == "done" and (
            entry is None or (entry["creator"], entry["fan"]) != (send.creator, send.fan)
        ):
            found.misrouted.append(f"a send to {send.fan} claims {send.message}")


# ── what members were told ──


Told = tuple[str, str, int]  # a creator, a fan, and the member whose reply was not sent


def _told_in_threads(town: SoakScenario) -> Counter[Told]:
    """Where nothing private could be said any more, the thread says that a reply was not sent."""
    told = Counter[Told]()
    for house, thread in _all_threads(town):
        fan = next((one for one in house.fans if is_of(thread, one)), None)
        for text in (text for message in _messages(town, thread) for text in message.displays()):
            said = _NOT_TAKEN.match(text)
            if fan is not None and said is not None:
                told[house.creator.uuid, fan.uuid, int(said.group(1))] += 1
    return told


def _promises(
    attempts: Iterable[ReplyAttempt], memory: BridgeLedger, told: Counter[Told], found: SoakFindings
) -> None:
    for attempt in attempts:
        name = attempt.name
        accepted = name in memory.sends
        if not accepted and attempt.untold:
            whose = (attempt.house.creator.uuid, attempt.fan.uuid, attempt.answer.interaction.user.id)
            if told[whose]:
                told[whose] -= 1
                continue
        if attempt.told is True and not accepted:
            found.lost.append(f"“{attempt.step.text}” was promised and is not in the outbox")
        if attempt.told is False and accepted:
            found.unexplained.append(f"“{attempt.step.text}”: told “{attempt.answer.text}”, but accepted")
        if not attempt.waits and accepted != (memory.commands.get(name) == "accepted"):
            found.unexplained.append(f"command {name} is {memory.commands.get(name)}")
    found.unexplained += [f"{one} is told of a reply that nobody lost" for one in told.elements()]


# ── alerts ──


def _alerts(town: SoakScenario, taken: Counter[Line], found: SoakFindings) -> None:
    """Each event is told once, in a message of its own or with others, and sums are those of the ledger."""
    try:
        wanted, there = wanted_alerts(town), alerts(town, taken) + taken
    except AlertUnreadable as unreadable:
        found.unexplained.append(str(unreadable))
        return
    _tell_apart(wanted, there, found)
    if wanted == there and not taken:
        found.unexplained += sums(town)


# ── the daily digest ──


def digests(town: SoakScenario, house: SoakCreator) -> list[str]:
    """What the digests in the channel that the owner made for them are about, one for each day or week."""
    world = town.discord.world
    return [
        message.text.splitlines()[0].partition(": ")[0]  # what needs a person may be more the second time
        for channel in (world.channels[which] for which in house.guild.channel_ids)
        if channel.name == DIGESTS
        for message in _messages(town, channel)
    ]


def _digests(town: SoakScenario, found: SoakFindings) -> None:
    """No day is told twice, and whoever wanted digests has one."""
    for house in town.houses:
        wanted = any(town.discord.world.channels[which].name == DIGESTS for which in house.guild.channel_ids)
        told = Counter(digests(town, house))
        found.duplicated += [f"a digest: {title}" for title, often in told.items() if often > 1]
        found.lost += ["a digest"] if wanted and not told else []


def _followed(town: SoakScenario, memory: BridgeLedger, found: SoakFindings) -> None:
    """A followed post has one thread, which the bridge knows, and each comment one line."""
    said = Counter[tuple[int, str]]()
    for _, thread in _all_threads(town, posts=True):
        if thread.id not in memory.posts:
            found.duplicated.append(f"the post's thread {thread.name}, which the bridge does not know")
        for message in _messages(town, thread):
            if message.id != thread.id:
                said[thread.id, message.text] += 1
    found.duplicated += [f"a comment's line: {text}" for (_, text), often in said.items() if often > 1]


def _all_threads(town: SoakScenario, *, posts: bool = False) -> Iterator[tuple[SoakCreator, StandInChannel]]:
    """Fans' threads, or those of followed posts."""
    world = town.discord.world
    for house in town.houses:
        for thread in world.threads(house.guild.id):
            if house.owns(world.channels.get(thread.parent_id or 0)) and posts == _of_post(town, thread):
                yield house, thread


def _of_post(town: SoakScenario, thread: StandInChannel) -> bool:
    card = town.discord.world.messages.get(thread.id, {}).get(thread.id)
    return card is not None and _FIGURES in labels(card)


def _messages(town: SoakScenario, channel: StandInChannel) -> list[StandInMessage]:
    found = town.discord.world.messages.get(channel.id, {}).values()
    return [one for one in found if one.author.bot and not one.deleted and not one.ephemeral]
