"""Says before a read's effect is taken whether Fanvue has room for it.

An effect that is taken and refused costs two commits, and comes again with all the others once the bucket
refills. Asked beforehand it costs nothing: what is asked here is in memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.engine.streams import read_in
from bot.fanvue.budget import RateBucket, RequestBudget, RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.pages import ChatPages
from bot.model.acting_account import CallAccount, Identity
from bot.model.read_purposes import ReadPurpose
from storage.records import CreatorId, Millis, Stream

LANES = {
    ReadPurpose.SETTLE: RequestLane.SETTLE,
    ReadPurpose.TEXT: RequestLane.TEXT,
    ReadPurpose.OWN: RequestLane.OWN,
    ReadPurpose.MEDIA: RequestLane.MEDIA,
    ReadPurpose.CARD: RequestLane.CARD,
    ReadPurpose.HISTORY: RequestLane.HISTORY,
}
# Reads that are answered from what was read a moment ago, if there is anything.
_REMEMBERED = {ReadPurpose.TEXT, ReadPurpose.OWN, ReadPurpose.MEDIA}


class ReadRoom:
    """Room for reads of chats, for each creator in the bucket of the account that read last."""

    def __init__(self, fanvue: FanvueClient, pages: ChatPages) -> None:
        self._fanvue = fanvue
        self._pages = pages
        self._voices: dict[CreatorId, CallAccount] = {}

    def learning(self, identity: Identity) -> Identity:
        """The same, which tells by the way whose bucket a creator's reads are in."""

        async def asked(creator: CreatorId) -> CallAccount:
            voice = self._voices[creator] = await identity(creator)
            return voice

        return asked

    @contextmanager
    def of(self, stream: Stream) -> Iterator[Millis | None]:
        """When there is room for what a stream reads; None: now, and it is kept for this task meanwhile.

        One request may read many chats: then it is kept for none of them.
        """
        read = read_in(stream)
        voice = self._voices.get(read[0]) if read is not None else None
        if read is None or voice is None:
            yield None
            return
        creator, fan, reads = read
        if reads in _REMEMBERED and self._pages.remembers(creator, fan):
            yield None
            return
        alone = reads is not ReadPurpose.MEDIA or not self._pages.reads_together(creator)
        with self._budget.asked(_bucket(voice), LANES[reads], kept=alone) as full:
            yield full

    @property
    def _budget(self) -> RequestBudget:
        return self._fanvue.budget


def _bucket(voice: CallAccount) -> RateBucket:
    return RateBucket(voice.link, voice.managed or "")
