"""Measure: how many first words, commands and options Discord is told of."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.discord.cog_loading import cog_names, load_cogs, set_up
from bot.discord.old_names import old_words
from tests.discord.desk import Desk
from tests.discord.discord_test_server import SupervisorReports, make_bot

SLASH: Final = 1
_BELOW: Final = (1, 2)  # a command below a first word, and a group of them
Item = Mapping[str, Any]


async def measure() -> Mapping[str, int]:
    """Of what is told to Discord once the names of the version before answer no more."""
    bot = make_bot(Desk(), SupervisorReports())
    await set_up(bot, load_cogs(cog_names()))
    told = [one for one in bot.registration.payload() if one["type"] == SLASH]
    found = [leaf for one in told for leaf in leaves(one)]
    return {
        "roots": len(told),
        "old_roots": len(old_words(told)),
        "commands": len(found),
        "options": sum(len(leaf.get("options") or ()) for leaf in found),
    }


def leaves(item: Item) -> Iterator[Item]:
    """The commands at and below a first word."""
    below = [one for one in item.get("options") or () if one["type"] in _BELOW]
    if item.get("options") and below and len(below) == len(item["options"]):
        for one in below:
            yield from leaves(one)
    else:
        yield item
