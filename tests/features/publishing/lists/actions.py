"""A house in which lists are kept: commands, presses, and what is on Fanvue."""

from typing import Any

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import CustomListRecord
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

ADDS = "/members$"


async def say(house: LiveBridge, command: str, *, by: str = "", **options: Any) -> InteractionAnswer:
    """Somebody uses /mass list; the owner, unless another one is named."""
    stage = house.stage
    person = stage.members[by] if by else stage.owner
    answer = await person.slash(stage.guild, stage.lobby, f"mass list {command}", **options)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


async def press(
    house: LiveBridge, answer: InteractionAnswer, begins: str, *, by: str = ""
) -> InteractionAnswer:
    """The button under an answer that begins so."""
    person = house.stage.members[by] if by else house.stage.owner
    assert answer.message is not None, answer.text
    label = next((one for one in labels(answer.message) if one.startswith(begins)), "")
    assert label, answer.text
    return await person.click(answer.message, label)


async def says(answer: InteractionAnswer, words: str) -> str:
    """The answer without its escapes, once it has these words."""
    try:
        await answer.until(lambda now: words in now.text.replace("\\", ""), PATIENCE)
    except TimeoutError:
        raise TimeoutError(answer.text) from None
    return answer.text.replace("\\", "")


def there(house: LiveBridge, name: str) -> CustomListRecord | None:
    """The list of this name on Fanvue."""
    found = [one for one in house.stage.fanvue.world.lists.values() if one.name == name]
    assert len(found) <= 1
    return found[0] if found else None


def on(house: LiveBridge, name: str) -> list[str]:
    """Who is on it, in the order in which they came onto it."""
    found = there(house, name)
    return [] if found is None else list(found.members)


def crowd(house: LiveBridge, number: int, named: str) -> list[StandInFan]:
    """So many subscribers who never wrote."""
    world, creator = house.stage.fanvue.world, house.stage.creator
    return [world.add_fan(f"{named}{n:03d}", f"{named} {n}", creator) for n in range(number)]


def csv(fans: list[StandInFan], *more: str) -> tuple[str, bytes]:
    """A file with their handles."""
    return "fans.csv", "\n".join(["handle", *(fan.handle for fan in fans), *more]).encode()


def calls(house: LiveBridge, name: str) -> int:
    """How often Fanvue has put somebody on this list, whoever read its answer."""
    found = there(house, name)
    assert found is not None
    asked = house.stage.fanvue.ledger.of("request", method="POST")
    return sum(f"/{found.uuid}/members" in entry["path"] for entry in asked)
