"""The streams of effects and facts: in each, one thing after the other."""

from bot.model.read_purposes import ReadPurpose
from storage.records import CreatorId, DiscordId, DraftId, EffectId, FanId, Stream


def marks_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream of a chat's marks on Fanvue: a reply in doubt holds none of them up, nor they a reply."""
    return Stream(f"mk:{creator}:{fan}")


def discord_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream of one fan's thread."""
    return Stream(f"dc:{creator}:{fan}")


def fanvue_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream of what is sent to one fan."""
    return Stream(f"fv:{creator}:{fan}")


def reading_stream(creator: CreatorId, fan: FanId, reads: ReadPurpose) -> Stream:
    """The stream of one chat's reads of one sort: none waits behind a send, or behind lesser ones."""
    return Stream(f"fr:{creator}:{fan}:{reads.value}")


def read_in(stream: Stream) -> tuple[CreatorId, FanId, ReadPurpose] | None:
    """What a `reading_stream` reads; None: it is another stream."""
    if not stream.startswith("fr:"):
        return None
    _, creator, fan, reads = stream.split(":")
    return CreatorId(creator), FanId(fan), ReadPurpose(reads)


def late_stream(stream: Stream, place: str) -> Stream:
    """Return where an edit waits to be carried out late: beside the stream that edits this place."""
    return Stream(f"ed:{creator_in(stream)}:{place}")


def card_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream of the card at the top of one fan's thread, and of the thread's tags."""
    return Stream(f"cd:{creator}:{fan}")


def hidden_stream(creator: CreatorId, line: EffectId) -> Stream:
    """The stream of one blocked line: it waits for the server, and nothing waits for it."""
    return Stream(f"hi:{creator}:{line}")


def later_stream(creator: CreatorId, command: str) -> Stream:
    """The stream of one scheduled reply: it holds nothing up, and nothing waits for it."""
    return Stream(f"rl:{creator}:{command}")


def typed_stream(creator: CreatorId, typed: DiscordId) -> Stream:
    """Return one typed message's stream: its removal holds no line up."""
    return Stream(f"ty:{creator}:{typed}")


def draft_stream(creator: CreatorId, draft: DraftId) -> Stream:
    """The stream that takes a program's settled draft away: no line waits for that."""
    return Stream(f"dr:{creator}:{draft}")


def webhook_stream(creator: CreatorId, webhook: str) -> Stream:
    """The stream of events that one address of a program is told: in order, and nobody waits for them."""
    return Stream(f"we:{creator}:{webhook}")


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


def event_alerts_stream(
    creator: CreatorId, member: DiscordId, *, of: str = "", vips: bool = False, treated: str = ""
) -> Stream:
    """Return the stream of alerts to one member, or with 0 the channel, that may share messages.

    `of`: the one kind that shares no message with others. VIPs' need not wait for morning; those `treated`
    otherwise than the rest neither wait for it nor join it.
    """
    more = "".join(f":{one}" for one in (of, treated, "vip" if vips else "") if one)
    return Stream(f"ae:{creator}:{member}{more}")


def lone_alerts_stream(creator: CreatorId, member: DiscordId, kind: str) -> Stream:
    """The stream of one kind of alert that shares no message: quiet hours of others hold it up no more."""
    return Stream(f"ao:{creator}:{member}:{kind}")


def shares(stream: Stream) -> bool:
    """Whether its alerts share messages. An edit notifies nobody: of what is on it each is heard."""
    return not stream.startswith(("ao:", "ac:"))  # the latter is an older version's


def anew_stream(creator: CreatorId, place: str) -> Stream:
    """The stream of edits of one message of alerts that come long after, and hold no alert up."""
    return Stream(f"af:{creator}:{place}")


def owner_stream(creator: CreatorId) -> Stream:
    """The stream of what a creator's owner is told privately."""
    return Stream(f"ow:{creator}")


def board_stream(creator: CreatorId) -> Stream:
    """The stream of the message that lists what waits for a person; it must not wait behind alerts."""
    return Stream(f"bo:{creator}")


def waiting_stream(creator: CreatorId) -> Stream:
    """The stream of the message that says who waits; it must not wait behind the other one."""
    return Stream(f"wb:{creator}")


def pings_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream of pings about one fan, and of what takes them away again."""
    return Stream(f"pi:{creator}:{fan}")


def message_pings_stream(creator: CreatorId, fan: FanId) -> Stream:
    """The stream of pings about one fan's messages: none waits for a timer's, which may wait for hours."""
    return Stream(f"pm:{creator}:{fan}")


def ping_offers_stream(creator: CreatorId) -> Stream:
    """The stream of offers of pings to new members: no ping waits for one."""
    return Stream(f"po:{creator}")


def tour_stream(creator: CreatorId) -> Stream:
    """The stream of what new members are shown privately: nothing else waits for one."""
    return Stream(f"to:{creator}")


def routing_stream(creator: CreatorId) -> Stream:
    """The stream in which is chosen whom fans are offered to: one after the other, so that turns are kept."""
    return Stream(f"ro:{creator}")


def digest_stream(creator: CreatorId, sort: str) -> Stream:
    """The stream of one sort of a creator's digests: nothing else waits for Fanvue's lists, or a channel."""
    return Stream(f"dg:{creator}:{sort}")


def campaigns_stream(creator: CreatorId) -> Stream:
    """The stream of looks at what came of mass messages: nothing else waits for Fanvue's lists."""
    return Stream(f"ca:{creator}")


def removal_stream(creator: CreatorId) -> Stream:
    """The stream in which a creator's old lines are removed, slowly; nothing else waits in it."""
    return Stream(f"rm:{creator}")


def proposal_stream(creator: CreatorId, feature: str) -> Stream:
    """The stream of one feature's effects for a whole creator: one after the other, each settled first."""
    return Stream(f"pr:{creator}:{feature}")


def forum_stream(creator: CreatorId) -> Stream:
    """The stream that makes a creator's next forum; nobody waits for it."""
    return Stream(f"fo:{creator}")


def list_stream(creator: CreatorId, what: str) -> Stream:
    """The stream of what is done to one custom list, or of one ledger of fans that are put on it."""
    return Stream(f"li:{creator}:{what}")


def posts_stream(creator: CreatorId, post: str = "") -> Stream:
    """The stream of reads of one followed post, or of the list of all: none waits for another one."""
    return Stream(f"ps:{creator}:{post}")


def post_stream(creator: CreatorId, post: str) -> Stream:
    """The stream of one followed post's thread: its card, and the lines of its comments."""
    return Stream(f"pt:{creator}:{post}")


def creator_in(stream: Stream) -> str:
    """The creator that a stream belongs to; a command's id for a stream of answers."""
    return stream.split(":")[1]
