"""The pending reads on Fanvue, as /inbox status says it (pure)."""

from collections.abc import Mapping

from bot.engine.retry import RetryWaits
from bot.features.operations.problems.lights import ago, light
from bot.model.language import msgid_many, tr, tr_many
from bot.model.read_purposes import READS, ReadPurpose
from storage.engine.queues import EffectQueue
from storage.records import Millis

_SENDS = "chat.send"
_READ = {
    ReadPurpose.SETTLE: msgid_many(
        "{n} unconfirmed reply since {oldest}", "{n} unconfirmed replies since {oldest}"
    ),
    ReadPurpose.TEXT: msgid_many("{n} text since {oldest}", "{n} texts since {oldest}"),
    ReadPurpose.OWN: msgid_many(
        "{n} message from the creator since {oldest}", "{n} messages from the creator since {oldest}"
    ),
    ReadPurpose.MEDIA: msgid_many("{n} fan's pictures since {oldest}", "{n} fans' pictures since {oldest}"),
    ReadPurpose.CARD: msgid_many("{n} card since {oldest}", "{n} cards since {oldest}"),
    ReadPurpose.HISTORY: msgid_many("{n} history since {oldest}", "{n} histories since {oldest}"),
}


def reads_of(queued: Mapping[tuple[str, bool], EffectQueue]) -> dict[ReadPurpose, EffectQueue]:
    """The pending reads on Fanvue, in the order of reading."""
    found: dict[ReadPurpose, EffectQueue] = {}
    for (kind, doubted), queue in queued.items():
        reads = ReadPurpose.SETTLE if doubted and kind == _SENDS else READS.get(kind)
        if reads is not None:
            before = found.get(reads, EffectQueue(0, None))
            oldest = min(at for at in (before.oldest, queue.oldest) if at is not None)
            found[reads] = EffectQueue(before.number + queue.number, oldest)
    return {reads: found[reads] for reads in ReadPurpose if reads in found}


def reading(queued: Mapping[ReadPurpose, EffectQueue], now: Millis, waits: RetryWaits) -> list[str]:
    """Reads come and go within seconds: there is a line as long as any waits."""
    told = [
        tr_many(*_READ[reads], queue.number, n=queue.number, oldest=ago(queue.oldest))
        for reads, queue in queued.items()
        if queue.oldest is not None
    ]
    longest = max((now - queue.oldest for queue in queued.values() if queue.oldest is not None), default=0)
    what = tr("Waiting to be read on Fanvue: {reads}", reads=", ".join(told))
    return (
        [light(longest < 2 * waits.settle[-1], what, tr("it continues automatically, in this order"))]
        if told
        else []
    )
