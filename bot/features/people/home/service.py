"""The parts that features bring: what each says to a member now."""

from collections.abc import Mapping, Sequence

from bot.access.permits import Access, Actor, Permit
from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.features.people.home import texts
from bot.features.people.home.model import HomePart
from bot.model.ports import Post


class HomeService:
    """A part is asked for only where the member may do what it needs."""

    def __init__(self, *, access: Access, parts: Sequence[HomePart]) -> None:
        """Raises ValueError for two parts of one key."""
        self._access = access
        self._parts = sorted(parts, key=lambda part: (part.place, part.key))
        if len({part.key for part in parts} | texts.LINKS.keys()) < len(parts) + len(texts.LINKS):
            raise ValueError("two parts of /home have the same key")

    @property
    def parts(self) -> Sequence[HomePart]:
        """All of them, from the top."""
        return self._parts

    async def show(self, actor: Actor, commands: Mapping[str, Action]) -> Post:
        """The panel. `commands`: what those that there are ask for."""
        links = [key for key, (command, _) in texts.LINKS.items() if command in commands]
        shown = [part for part in self._parts if part.command in commands]
        wanted = {part.needs for part in shown} | {Action.HOME}
        wanted |= {commands[texts.LINKS[key][0]] for key in links}
        may = await self._access.abilities(actor, wanted)
        found = [
            (part, news)
            for part in shown
            if may[part.needs] and (news := await part.read(may[part.needs])) is not None
        ]
        offered = [key for key in links if may[commands[texts.LINKS[key][0]]]]
        return texts.panel(_roles(may[Action.HOME]), found, offered)

    def command(self, key: str) -> str | None:
        """The command that a button with this key leads to."""
        if key in texts.LINKS:
            return texts.LINKS[key][0]
        return next((part.command for part in self._parts if part.key == key), None)


def _roles(permits: Sequence[Permit]) -> list[tuple[TeamRole, str]]:
    return [
        (one.standing.role, one.link.handle)
        for one in permits
        if one.standing is not None and one.link is not None
    ]
