"""A Fanvue with one of everything, and the token that opens all of it."""

from dataclasses import dataclass

from bot.sandbox.fanvue import FanvueServer
from bot.sandbox.fanvue.default_world import furnish
from bot.sandbox.fanvue.operations import OPERATIONS
from bot.sandbox.fanvue.records import AccountRecord
from bot.sandbox.fanvue.tracking import come_by, make

_FANS = 3
_EVER = 10**9


@dataclass(frozen=True)
class FanvueCast:
    """The token, and the ids of what is there, by the name of the path's parameter."""

    token: str
    ids: dict[str, list[str]]


async def furnish_cast(server: FanvueServer) -> FanvueCast:
    """A creator who manages a second one; each has fans, messages, posts, lists, files and links."""
    world = server.world
    # What is asked here is how each request is answered, not how many are taken.
    server.switches.rate_limit = server.switches.statuses_limit = _EVER
    furnish(world)
    own = next(account for account in world.accounts.values() if account.is_creator)
    managed = world.add_creator("managed-creator", "Managed Creator")
    own.manages = {managed.uuid}
    ids: dict[str, list[str]] = {"creatorUserUuid": [managed.uuid]}
    for creator in (own, managed):
        await _fill(server, creator, ids)
    scopes = sorted(frozenset[str]().union(*(operation.scopes for operation in OPERATIONS)))
    return FanvueCast(world.grant(own, scopes=scopes).access_token, ids)


async def _fill(server: FanvueServer, creator: AccountRecord, ids: dict[str, list[str]]) -> None:
    world = server.world

    def there_is(name: str, value: str) -> None:
        ids.setdefault(name, []).append(value)

    picture = world.add_media(creator, name="A picture")
    world.add_folder(creator, "evenings", [picture])
    there_is("mediaUuid", picture.uuid)
    there_is("media", picture.uuid)
    there_is("folderName", "evenings")
    fans = [world.add_fan(f"kind-fan-{number}", f"Kind Fan {number}", creator) for number in range(_FANS)]
    for fan in fans:
        written = await fan.write("good evening", media=1)
        offered = world.write_as_creator(fan, "for you", [picture.uuid], price=500)
        await fan.buy(offered.uuid)
        await fan.tip(700)
        there_is("userUuid", fan.uuid)
        there_is("messageUuid", written.uuid)
        there_is("messageUuid", offered.uuid)
        post = world.post_as_creator(creator, "a new evening")
        there_is("posts", post.uuid)
        there_is("commentUuid", (await fan.comment(post.uuid, "lovely")).uuid)
        await fan.like(post.uuid)
        there_is("lists", world.add_list(creator, f"list {fan.handle}", [fan]).uuid)
        link = make(world, creator.uuid, "a link", "reddit")
        come_by(world, link, fan.uuid)
        there_is("tracking-links", link.uuid)
