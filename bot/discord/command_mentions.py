"""Commands that can be clicked in a text, as far as their ids are known."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bot.discord.direct_requests import DirectRequests
from bot.model.command_names import in_english
from bot.model.errors import DeliveryFailed
from bot.model.language import ENGLISH

_COMMAND = re.compile(r"/[\w-]+(?: [\w-]+){0,2}")


class CommandMentions:
    """Knows the ids by the first word of a command; asks Discord for them once."""

    def __init__(self, direct: DirectRequests, guilds: Collection[int]) -> None:
        """`guilds`: servers with commands of their own, instead of those that are everywhere."""
        self._direct = direct
        self._guilds = frozenset(guilds)
        self._known: dict[int, Mapping[str, int]] = {}  # by server; 0: everywhere

    def told(self, guild: int, commands: Iterable[Mapping[str, Any]]) -> None:
        """Discord has these commands there."""
        self._known[guild] = {str(one["name"]): int(one["id"]) for one in commands}

    async def ids(self, application: int, guild: int) -> Mapping[str, int]:
        """The ids for one server; empty while Discord does not tell them."""
        place = guild if guild in self._guilds else 0
        if place not in self._known:
            where = f"/guilds/{place}" if place else ""
            try:
                found = await self._direct.call("GET", f"/applications/{application}{where}/commands")
            except DeliveryFailed:
                return {}
            self.told(place, found)
        return self._known[place]


def clickable(
    text: str, ids: Mapping[str, int], commands: Collection[str], *, shown_in: str = ENGLISH
) -> str:
    """The text, in which each of these commands can be clicked; one without an id stays as it is typed.

    `shown_in`: the language in which the text names them.
    """

    def made(match: re.Match[str]) -> str:
        words = match[0].split(" ")
        for number in range(len(words), 0, -1):
            shown = " ".join(words[:number])
            if (name := in_english(shown, shown_in)) in commands:
                rest = "".join(f" {word}" for word in words[number:])
                number_of = ids.get(name.split(" ")[0].removeprefix("/"))
                return f"<{name}:{number_of}>{rest}" if number_of is not None else f"{shown}{rest}"
        return match[0]

    return _COMMAND.sub(made, text)
