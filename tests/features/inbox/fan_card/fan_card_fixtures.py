"""What is known of one fan, of which a test states only what it is about."""

from bot.features.inbox.fan_card.loader import FanCardFacts
from storage.inbox.conversations import Conversation
from storage.money.subscribers import KnownSubscriber
from storage.records import DiscordId, Fan, FanThread, Reference, ThreadKey
from tests.storage.record_fixtures import CREATOR, FAN, GUILD

DAY = 86_400_000
NOW = 100 * DAY
NINA, OTTO = DiscordId(1_300_000_000_000_000_021), DiscordId(1_300_000_000_000_000_022)
THREAD = FanThread(
    key=ThreadKey("key"),
    creator=CREATOR,
    fan=FAN,
    generation=1,
    guild=GUILD,
    forum=DiscordId(1_300_000_000_000_000_010),
    thread=DiscordId(1_300_000_000_000_000_012),
    card=DiscordId(1_300_000_000_000_000_012),
    reference=Reference("AbCdEfGhIjKlMnOpQr-_12"),
    state="open",
)
KNOWN = FanCardFacts(
    fan=Fan(CREATOR, FAN, "quiet-otter", "Emma", None, NOW - 30 * DAY),
    thread=THREAD,
    creator="Lola",
    talk=Conversation(CREATOR, FAN),
    now=NOW,
)
WAITING = Conversation(CREATOR, FAN, waiting_since=NOW - 60_000, last_in=NOW - 60_000)
CLAIMED = Conversation(
    CREATOR,
    FAN,
    waiting_since=NOW - 60_000,
    claimed_by=NINA,
    claimed_since=NOW - 1000,
    claimed_until=NOW + 1000,
)
SUBSCRIBED = KnownSubscriber(FAN, active=True, told_by="webhook", changed_at=NOW - 9 * DAY, noticed_at=NOW)
