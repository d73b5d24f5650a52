"""Shows people whom their account manages, and the question of a steward."""

from collections.abc import Sequence
from dataclasses import replace

from bot.access.admission import OfferedForum
from bot.access.permits import ActionConfirmation
from bot.features.people.agency.account_choice import needed
from bot.features.people.agency.steward_service import StewardService
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.safe_text import safe
from storage.database import Database, Transaction
from storage.people import creators, managed_creators
from storage.records import DiscordId, DraftId, Link, LinkKind

_SHOWN = 15  # of whom an account manages; an agency may have hundreds
_SWEPT = msgid(
    "You stand in for the owner. Fanvue reports new messages only to the creator's own "
    "link, so we check for them about once a minute. The owner's /link ends that."
)
_QUESTION = msgid(
    "Nobody has connected **@{handle}** with its own account. Until the owner does, you "
    "decide what they would: who is on the team, what is shown and kept."
)
_MEANS = msgid(
    "- Fans' messages appear on this server, about a minute after they were written.\n- "
    "Messages are sent through your own Fanvue account, or the sender's where possible.\n"
    "- /money earnings, the daily digest and taking messages back stay off: Fanvue "
    "offers them only to a creator's own link."
)
_LATER = msgid(
    "When the owner runs /link, they take over and can remove the permissions you gave. "
    "Before that, /account unlink ends it."
)
_YOU = msgid("{name} (you stand in for its owner: found by checking, no live events)")
_SOMEONE = msgid("{name} (someone stands in for its owner: found by checking, no live events)")
_TEAM = msgid("Everyone with the role <@&{team}> may then read and answer its fans.")


class AgencyService:
    """Answers commands and buttons. Refusals are raised with a sentence (CannotStandIn)."""

    def __init__(self, *, database: Database, standing_in: StewardService) -> None:
        self._database = database
        self._standing_in = standing_in

    async def lines(self, link: Link) -> Sequence[str]:
        """The lines of /account show about one of a person's links, besides those for every link."""
        if link.kind is LinkKind.STEWARD:
            return [tr(_SWEPT)]
        return await self._database.read(lambda tx: self._managed(tx, link))

    async def through(self, link: Link, actor: DiscordId, operation: str) -> Link:
        """A creator's link as this member uses it to read: through their own account where that can."""
        scopes = needed(operation)
        if scopes is None or link.discord_user == actor:
            return link
        ways = await self._database.read(lambda tx: managed_creators.ways(tx, link.creator, actor))
        way = next((way for way in ways if scopes <= set(way.scopes.split())), None)
        return link if way is None else replace(link, via=way.link)

    async def offered(self, user: DiscordId, typed: str) -> Sequence[tuple[str, str]]:
        """Creators for whom this person could stand in: handle and id."""
        found = await self._standing_in.offered(user)
        wanted = typed.casefold().lstrip("@")
        return [(f"@{one.handle}", one.creator) for one in found if wanted in one.handle.casefold()]

    async def question(self, user: DiscordId, guild: DiscordId, wanted: str) -> Post:
        """The question of standing in, with its buttons."""
        asked = await self._standing_in.ask(user, guild, wanted)
        handle = safe(asked.reach.handle)
        body = [tr(_QUESTION, handle=handle), tr(_MEANS), *_where(asked.room), tr(_LATER)]
        return Post(
            title=tr("Stand in for the owner of @{handle}?", handle=handle),
            body=tuple(body),
            buttons=(
                Button("steward.yes", asked.id, tr("Yes, stand in"), "danger"),
                Button("steward.no", asked.id, tr("No")),
            ),
        )

    async def drop(self, user: DiscordId, question: DraftId) -> str:
        await self._standing_in.drop(user, question)
        return tr("No changes made.")

    async def take(self, yes: ActionConfirmation) -> str:
        """Yes to a question of one's own."""
        stood = await self._standing_in.take(yes)
        then = (
            tr("New messages from fans appear in the forum, about a minute after they were written.")
            if stood.bound
            else tr("One step is left: someone who manages this server uses /setup to create the forum.")
        )
        team = "" if stood.team is None else tr(" <@&{team}> may read and answer them.", team=stood.team)
        name = f"**@{safe(stood.reach.handle)}**"
        return tr(
            "You stand in for the owner of {name}. {then}{team} End it with /account unlink.",
            name=name,
            then=then,
            team=team,
        )

    async def _managed(self, tx: Transaction, link: Link) -> list[str]:
        told = []
        for reach in await managed_creators.of_link(tx, link.id):
            name = f"**@{safe(reach.handle)}**"
            there = await creators.open_link(tx, reach.creator)
            if there is None:
                told.append(tr("{name} (not connected; stand in with /account steward)", name=name))
            elif there.kind is LinkKind.STEWARD:
                told.append(tr(_YOU if there.discord_user == link.discord_user else _SOMEONE, name=name))
            else:
                told.append(name)
        if not told:
            return []
        names, more = ", ".join(told[:_SHOWN]), len(told) - _SHOWN
        managed = (
            tr("Manages on Fanvue: {names}, and {more} more.", names=names, more=more)
            if more > 0
            else tr("Manages on Fanvue: {names}.", names=names)
        )
        return [
            tr(
                "{managed} What you may do for them here is sent as @{handle}.",
                managed=managed,
                handle=safe(link.handle),
            )
        ]


def _where(room: OfferedForum | None) -> list[str]:
    if room is None:
        return [tr("Someone who manages this server chooses the forum for its fans with /setup.")]
    team = [] if room.team is None else [tr(_TEAM, team=room.team)]
    return [tr("Its fans' messages then appear in <#{forum}>.", forum=room.forum.id), *team]
