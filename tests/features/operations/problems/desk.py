"""A desk's problems, and how things stand."""

from collections.abc import Sequence

from bot.features.operations.problems.service import ProblemService, ServerCreator
from bot.features.operations.problems.status_service import StatusService
from bot.model.ports import Button, Post
from storage.records import CreatorId, DiscordId, EffectId
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


class DeskProblems:
    """`Problems` of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def homes(self, guild: DiscordId) -> Sequence[ServerCreator]:
        housed = {forum.creator: forum for forum in self._desk.forums.values() if forum.guild == guild}
        linked = [link.creator for link in self._desk.links if link.guild == guild]
        known = [*(creator for creator in housed if creator is not None), *linked]
        return [ServerCreator(creator, housed.get(creator)) for creator in dict.fromkeys(known)]

    async def page(self, of: Sequence[CreatorId], number: int = 0) -> Post:
        self._desk.pages.append((tuple(of), number))
        mine = [ref for ref, creator in self._desk.waiting.items() if creator in of]
        buttons = tuple(
            Button(action, ref, label)
            for ref in mine
            for action, label in (
                ("wait.again", "Send again"),
                ("wait.drop", "Discard"),
                ("wait.now", "Try now"),
            )
        )
        turn = Button("wait.page", f"{number + 1:022d}", "More")
        return Post(body=(f"{len(mine)} wait, page {number + 1}.",), buttons=(*buttons, turn))

    async def again(self, ref: EffectId, actor: DiscordId) -> str:
        return self._say("again", ref, actor)

    async def drop(self, ref: EffectId, actor: DiscordId) -> str:
        return self._say("drop", ref, actor)

    async def now(self, ref: EffectId, actor: DiscordId) -> str:
        return self._say("now", ref, actor)

    def _say(self, word: str, ref: EffectId, actor: DiscordId) -> str:
        if ref in self._desk.words:
            return f"This is settled: <@{self._desk.words[ref][1]}> was faster."
        self._desk.words[ref] = (word, actor)
        return f"Done: {word}."


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return answering(
        StatusService,
        of=lambda asked, settled: Post(
            body=(f"Status of {', '.join(asked)}.",), small=None if settled else "Whoever asks only reads."
        ),
    ) | {ProblemService: DeskProblems(desk)}
