"""A job's texts besides its ledger: sealed, and opened again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.features.publishing.lists.batch_rules import BatchSize, packed
from bot.model.errors import SealDamaged
from bot.relay.context import Context
from storage.database import Transaction
from storage.publishing import lists
from storage.publishing.lists import ListJobRecord
from storage.records import CommandId, CreatorId, DiscordId, FanId


@dataclass(frozen=True)
class ListJobTexts:
    """The list's name, who is meant, and which handles of a file matched nobody."""

    name: str
    meant: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewListJob:
    """Some fans, and the list that they are to be put on; `list` None: a new one of this name."""

    creator: CreatorId
    words: ListJobTexts
    fans: Sequence[FanId]
    list: str | None = None
    by: DiscordId | None = None
    command: CommandId | None = None


class ListJobs:
    """Keeps jobs; every method is part of the caller's transaction."""

    def __init__(self, ctx: Context, *, size: int) -> None:
        """`size`: how many fans go into one call at first."""
        self._ctx = ctx
        self._size = size

    async def keep(self, tx: Transaction, wanted: NewListJob, *, state: str = lists.ASKED) -> ListJobRecord:
        """A new job. Its ledger is frozen from here on."""
        id_ = self._ctx.ids.new()
        body = json.dumps(asdict(wanted.words), ensure_ascii=False).encode(errors="surrogatepass")
        job = ListJobRecord(
            id=id_,
            creator=wanted.creator,
            by=wanted.by,
            made=self._ctx.clock.now(),
            body=self._ctx.sealer.seal(job_place(id_, wanted.creator), body),
            sizing=packed(BatchSize(self._size)),
            list=wanted.list,
            state=state,
            looked=not wanted.fans,
            command=wanted.command,
        )
        await lists.add(tx, job, wanted.fans)
        return job

    def words(self, job: ListJobRecord) -> ListJobTexts:
        """Its texts. Raises Damaged."""
        try:
            plain = self._ctx.sealer.open(job_place(job.id, job.creator), job.body)
        except ValueError as error:
            raise SealDamaged from error
        said = json.loads(plain)
        return ListJobTexts(said["name"], said["meant"], tuple(said["missing"]))


def job_place(job: str, creator: str) -> str:
    """The place a job's words are sealed for."""
    return f"list_jobs|body|{job}|{creator}"
