"""A mass message to very many: a second person is asked after the first press."""

from bot.access.permits import Actor, grant_of
from bot.access.roles import Permission
from bot.features.publishing.proposals.presses import ProposalPress
from bot.features.publishing.safety import second_person_texts as wording
from bot.features.publishing.safety.second_person_notices import SecondPersonNotices
from bot.model.language import tr
from bot.model.ports import Clock, Post
from storage.database import Transaction
from storage.people import creators, grants
from storage.publishing import mass_requests
from storage.publishing.mass_requests import MassRequest
from storage.records import CreatorId, DiscordId, Millis

LIFE: Millis = 24 * 3_600_000


class SecondPersonRequests:
    """Implements `bot.features.publishing.proposals.ports.SecondPersonPort`."""

    def __init__(self, *, telling: SecondPersonNotices, clock: Clock) -> None:
        self._telling = telling
        self._clock = clock

    async def nobody_else(self, tx: Transaction, press: ProposalPress, by: Actor) -> str | None:
        """The refusal; None: somebody else may answer."""
        assert by.guild is not None, "previews are confirmed on a server"
        someone = await _somebody_else(tx, press.link.creator, by.guild, by.user)
        return None if someone else tr(wording.ALONE)

    async def ask(self, tx: Transaction, press: ProposalPress, by: Actor) -> Post:
        """It waits for somebody else from this transaction on; the alerts channel says so."""
        assert by.guild is not None, "previews are confirmed on a server"
        now = self._clock.now()
        request = MassRequest(
            draft=press.open.draft.id,
            creator=press.link.creator,
            guild=by.guild,
            proposer=by.user,
            roles=by.roles,
            command=press.command.id,
            made_at=now,
            until=now + LIFE,
        )
        await mass_requests.add(tx, request)
        await self._telling.asked(tx, request)
        return wording.waits(press.open.post, request)


async def _somebody_else(tx: Transaction, creator: CreatorId, guild: DiscordId, me: DiscordId) -> bool:
    """Whether somebody besides may send mass messages; who has a Discord role, nobody here knows."""
    link = await creators.open_link(tx, creator)
    if link is not None and link.discord_user != me:
        return True
    held = [grant_of(row) for row in await grants.of_creator(tx, creator, guild)]
    return any(
        Permission.MASS in one.permissions and (one.kind, one.subject) != ("member", me) for one in held
    )
