"""Owners who publish posts, and who say what became of one that nobody can find."""

from collections import Counter
from collections.abc import Iterator

from bot.sandbox.discord.answers import Answer
from tests.soak import memory
from tests.soak.memory import Memory
from tests.soak.opening import labels
from tests.soak.town import House, Town

PUBLISH = "Publish now"
_WAS, _WAS_NOT, _OFF = "It was published", "It was not", "Take it off the list"
_PATIENCE = 12.0


async def publish(house: House, text: str) -> Answer | None:
    """She types a post and confirms it; what her message says goes on changing. None: she saw no preview."""
    answer = await house.owner.slash(house.guild, house.lobby, "post", text=text)
    await answer.done(_PATIENCE)
    if answer.message is None or PUBLISH not in labels(answer.message):
        return None
    await house.owner.click(answer.message, PUBLISH)
    return answer


async def say_what_is_there(town: Town) -> None:
    """Owners look at their page on Fanvue, and tell the bridge that asks."""
    remembered = memory.read(town.database)
    for creator in sorted({post.creator for post in remembered.posts if post.state in memory.ASKS}):
        house = next(house for house in town.houses if house.creator.uuid == creator)
        listed = await house.owner.slash(house.guild, house.lobby, "inbox problems")
        await listed.done(_PATIENCE)
        there = any(_unclaimed(town, remembered, creator))
        wanted = (_WAS if there else _WAS_NOT, _OFF)
        word = next((label for label in labels(listed.message) if label.endswith(wanted)), None)
        if listed.message is not None and word is not None:
            pressed = await house.owner.click(listed.message, word)
            await pressed.done(_PATIENCE)


def posts(town: Town, remembered: Memory) -> Iterator[tuple[str, str]]:
    """What is wrong with posts: none is there twice, none is there that no confirmation stands for."""
    ledger = town.fanvue.ledger.of("post")
    often = Counter((entry["creator"], entry["text"]) for entry in ledger)
    yield from (("duplicated", f"a post: {post}") for post, times in often.items() if times > 1)
    there = {entry["uuid"] for entry in ledger}
    for post in remembered.posts:
        if post.state == "done" and post.made is not None and post.made not in there:
            yield "lost", f"a post that counts as published: {post.made}"
    for creator in {entry["creator"] for entry in ledger}:
        said = sum(post.state == "done" and post.made is None for post in _of(remembered, creator))
        if len(list(_unclaimed(town, remembered, creator))) > said:
            yield "unexplained", f"a post of {creator} that no confirmation stands for"


def _unclaimed(town: Town, remembered: Memory, creator: str) -> Iterator[str]:
    claimed = {post.made for post in _of(remembered, creator) if post.state == "done"}
    for entry in town.fanvue.ledger.of("post", creator=creator):
        if entry["client_id"] is not None and entry["uuid"] not in claimed:
            yield entry["uuid"]


def _of(remembered: Memory, creator: str) -> list[memory.Confirmed]:
    return [post for post in remembered.posts if post.creator == creator]
