"""Events that were put aside: reason, remedy, and the words that settle it."""

from bot.engine.settlements import settled_since
from bot.engine.streams import facts_stream
from bot.features.operations.problems.texts import AGAIN, DROP, OpenProblem
from bot.model.language import tr, tr_many, tr_stored
from bot.relay.context import Context
from bot.relay.inbox_processor import UNDECIDED
from bot.text.safe_text import one_line, safe
from storage.database import Transaction
from storage.engine import inbox
from storage.operations import quarantine
from storage.operations.quarantine import QuarantinedFacts
from storage.records import CreatorId, DiscordId, Fact, FactId

_MOST = 50  # kinds and reasons of one creator that are listed
_KIND = 60  # characters of a kind that are shown


class Quarantine:
    """Lists what was put aside and takes the words that settle it."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def waiting(self, tx: Transaction, creator: CreatorId) -> list[OpenProblem]:
        """Events about one creator put aside and not yet looked at."""
        return [problem_of(group) for group in await quarantine.put_aside(tx, creator, limit=_MOST)]

    async def again(self, tx: Transaction, fact: Fact, actor: DiscordId) -> str:
        """Have all that this fact stands for decided once more."""
        number = await quarantine.take_up(tx, fact.id)
        if not number:
            return await settled_since(tx, fact.id)
        self._ctx.dispatch.wake(tx, facts_stream(fact.creator))
        await self._note(tx, fact, actor, "again")
        return tr(
            "Trying again ({number} set aside). Any that still can't be shown are listed again.",
            number=number,
        )

    async def drop(self, tx: Transaction, fact: Fact, actor: DiscordId) -> str:
        """Take all that this fact stands for off the list."""
        number = await quarantine.look_at(tx, fact.id, now=self._ctx.clock.now())
        if not number:
            return await settled_since(tx, fact.id)
        await self._note(tx, fact, actor, "drop")
        return tr("Removed from the list ({number} set aside). They are kept.", number=number)

    async def _note(self, tx: Transaction, fact: Fact, actor: DiscordId, how: str) -> None:
        await self._ctx.trail.write(
            tx,
            f"problem.{how}",
            "done",
            target=fact.kind,
            actor=actor,
            creator=fact.creator,
            cause=fact.id,
        )


async def fact_of(tx: Transaction, ref: str) -> Fact | None:
    """The fact that a button names, if it names one."""
    return await inbox.get(tx, FactId(ref))


def problem_of(group: QuarantinedFacts) -> OpenProblem:
    """The reason and the remedy (pure)."""
    kind = safe(one_line(group.kind, _KIND))
    because = safe(one_line(tr_stored(group.why).rstrip("."), 200))
    later = "" if group.why == UNDECIDED else tr(" A later version of the bridge reads it again.")
    text = tr_many(
        "An event of the kind “{kind}” was set aside and not shown in full, since "
        "<t:{since}:f>: {because}. Please check in Fanvue what happened.{later}",
        "{n} events of the kind “{kind}” were set aside and not shown in full, since "
        "<t:{since}:f>: {because}. Please check in Fanvue what happened.{later}",
        group.number,
        n=group.number,
        kind=kind,
        since=group.since // 1000,
        because=because,
        later=later,
    )
    again = ((AGAIN, tr("Try again"), "primary"),) if group.why == UNDECIDED else ()
    return OpenProblem(
        group.first, text, group.since, (*again, (DROP, tr("I checked, remove it"), "secondary"))
    )
