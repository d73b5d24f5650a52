"""A team's members, and why somebody may or may not do something."""

from collections.abc import Collection, Sequence

from bot.access.permits import Actor, Permit, grant_of, standing_of
from bot.access.roles import RoleGrant, rank
from bot.features.people.team import texts
from bot.features.people.team.place_texts import sides_said
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import consents, creators, grants
from storage.records import CreatorId, DiscordId, LinkKind, Reference

_SHOWN = 6  # creators: what one private answer has room for


class TeamService:
    """Reads and says it. Who may see which team is asked before."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._ids = ctx.effects.ids

    async def show(self, permit: Permit, page: int) -> Post:
        """The grants, by whom and since when, and the words of both sides."""
        creator, guild = permit.creator, permit.actor.guild
        assert creator is not None, "the action is about a creator"
        assert guild is not None, "the action is on a server"

        async def work(tx: Transaction) -> Post:
            known, link = await creators.get(tx, creator), await creators.open_link(tx, creator)
            found = [grant_of(row) for row in await grants.of_creator(tx, creator, guild)]
            found.sort(key=lambda one: rank(one.role), reverse=True)
            return texts.team(
                known.handle if known is not None else "",
                link.discord_user if link is not None else None,
                sides_said(await consents.about(tx, creator, guild)),
                found,
                page,
                stands_in=link is not None and link.kind is LinkKind.STEWARD,
            )

        return await self._ctx.database.read(work)

    async def explain(
        self,
        asker: Actor,
        about: Actor,
        wanted: str | None,
        among: Collection[CreatorId] | None = None,
    ) -> Post:
        """The rights of `about` here, and why. `among`: only these creators; None: all, for oneself."""
        own = asker.user == about.user

        async def work(tx: Transaction) -> Post:
            parts = []
            for creator in await self._near(tx, about, among):
                known = await creators.get(tx, creator)
                handle = known.handle if known is not None else ""
                if wanted is not None and wanted not in {self._ref(creator, about), handle, f"@{handle}"}:
                    continue
                held, why = await standing_of(tx, about, creator), await _grants(tx, about, creator)
                if held is None and not why and among is None:
                    continue  # whoever is nothing to a creator is not told that there is one
                away = about.guild in await consents.left(tx, creator)
                link = await creators.open_link(tx, creator)
                stands_in = link is not None and link.kind is LinkKind.STEWARD
                parts.append(texts.explained(handle, held, why, away=away, stands_in=stands_in, own=own))
            shown, more = parts[:_SHOWN], len(parts[_SHOWN:])
            return texts.explanation(about.user, shown, more, own=own)

        return await self._ctx.database.read(work)

    async def offered(self, actor: Actor, typed: str) -> list[tuple[str, str]]:
        """Creators to whom somebody is anything here: words and value."""

        async def work(tx: Transaction) -> list[tuple[str, str]]:
            found: list[tuple[str, str]] = []
            for creator in await self._near(tx, actor, None):
                known = await creators.get(tx, creator)
                mine = await standing_of(tx, actor, creator) or await _grants(tx, actor, creator)
                if known is not None and mine and typed.casefold().lstrip("@") in known.handle.casefold():
                    found.append((f"@{known.handle}", self._ref(creator, actor)))
            return found

        return await self._ctx.database.read(work)

    async def _near(
        self, tx: Transaction, actor: Actor, among: Collection[CreatorId] | None
    ) -> Sequence[CreatorId]:
        # A member's own account is nobody's whose fans write here: there is nothing to be said about it.
        links = await creators.links_of(tx, actor.user)
        own = [link.creator for link in links if link.kind is not LinkKind.MEMBER]
        here = await consents.guests(tx, actor.guild) if actor.guild is not None else []
        near = dict.fromkeys([*own, *here])
        return [creator for creator in near if among is None or creator in among]

    def _ref(self, creator: CreatorId, actor: Actor) -> Reference:
        return self._ids.place(creator, actor.guild or DiscordId(0))


async def _grants(tx: Transaction, actor: Actor, creator: CreatorId) -> list[RoleGrant]:
    if actor.guild is None:
        return []
    found = await grants.of_subjects(tx, creator, actor.guild, member=actor.user, roles=sorted(actor.roles))
    return [grant_of(row) for row in found]
