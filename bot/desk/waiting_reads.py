"""What waits to be read on Fanvue, as /status says it (pure)."""

from collections.abc import Mapping

from bot.desk.lights import ago, light
from bot.relay.reads import READS, Reads
from bot.relay.retry import Waits
from storage.engine.queues import EffectQueue
from storage.records import Millis

_SENDS = "chat.send"
_READ = {
    Reads.SETTLE: ("reply in doubt", "replies in doubt"),
    Reads.TEXT: ("text", "texts"),
    Reads.OWN: ("message of the creator's", "messages of the creator's"),
    Reads.MEDIA: ("fan's pictures", "fans' pictures"),
    Reads.CARD: ("card", "cards"),
    Reads.HISTORY: ("history", "histories"),
}


def reads_of(queued: Mapping[tuple[str, bool], EffectQueue]) -> dict[Reads, EffectQueue]:
    """What waits to be read on Fanvue, in the order in which it is."""
    found: dict[Reads, EffectQueue] = {}
    for (kind, doubted), queue in queued.items():
        reads = Reads.SETTLE if doubted and kind == _SENDS else READS.get(kind)
        if reads is not None:
            before = found.get(reads, EffectQueue(0, None))
            oldest = min(at for at in (before.oldest, queue.oldest) if at is not None)
            found[reads] = EffectQueue(before.number + queue.number, oldest)
    return {reads: found[reads] for reads in Reads if reads in found}


def reading(queued: Mapping[Reads, EffectQueue], now: Millis, waits: Waits) -> list[str]:
    """Reads come and go within seconds: there is a line as long as any waits."""
    told = [
        f"{queue.number} {_READ[reads][queue.number != 1]} since {ago(queue.oldest)}"
        for reads, queue in queued.items()
        if queue.oldest is not None
    ]
    longest = max((now - queue.oldest for queue in queued.values() if queue.oldest is not None), default=0)
    what = f"Waiting to be read on Fanvue: {', '.join(told)}"
    return (
        [light(longest < 2 * waits.settle[-1], what, "it goes on by itself, in this order")] if told else []
    )
