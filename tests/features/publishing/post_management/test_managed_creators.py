"""Posts of a managed creator: found in the list, changed through its path."""

from collections.abc import AsyncIterator

import pytest

from bot.fanvue.transport import open_http
from bot.features.publishing.post_management.change_rules import DELETE, EDIT, PIN, REPOST, UNPIN, PostChange
from bot.features.publishing.post_management.fanvue import FanvuePostManagement
from bot.features.publishing.post_management.stock import PostStock
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused
from bot.sandbox.fanvue.records import AccountRecord
from storage.records import CreatorId, DiscordId, Link, LinkId, LinkState
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere


@pytest.fixture
async def evening() -> AsyncIterator[FanvueScenario]:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1") as opened:
        yield opened


@pytest.fixture
def mila(evening: FanvueScenario) -> AccountRecord:
    """A creator; the client is signed in as a member who manages her."""
    world = evening.server.world
    made = world.add_creator("mila", "Mila")
    member = world.add_member("anna", "Anna", [made])
    scopes = ("read:creator", "write:creator", "read:post", "write:post")
    evening.holds(world.grant(member, scopes=scopes).access_token)
    return made


async def _managed(creator: CreatorId) -> CallAccount:
    return CallAccount(LINK, creator)


async def test_one_post_is_found_behind_many_and_what_is_gone_is_gone(
    evening: FanvueScenario, mila: AccountRecord
) -> None:
    world, creator = evening.server.world, CreatorId(mila.uuid)
    wanted = world.post_as_creator(mila, "The first")
    for number in range(60):
        world.post_as_creator(mila, f"Later {number}")
    there = FanvuePostManagement(evening.fanvue, _managed)

    found = await there.read(creator, wanted.uuid)
    gone = await there.read(creator, "1b4e28ba-2fa1-11d2-883f-0016d3cca427")

    assert (found.text if found else None, gone) == ("The first", None)


async def test_one_that_may_be_among_what_cannot_be_read_is_not_called_gone(
    evening: FanvueScenario, mila: AccountRecord
) -> None:
    wanted = evening.server.world.post_as_creator(mila, "The first")
    evening.server.switches.renamed = {("/posts", "uuid"): None}

    with pytest.raises(DeliveryRefused, match="posts that we can't read"):
        await FanvuePostManagement(evening.fanvue, _managed).read(CreatorId(mila.uuid), wanted.uuid)


async def test_everything_is_done_through_the_path_of_the_creator(
    evening: FanvueScenario, mila: AccountRecord
) -> None:
    creator = CreatorId(mila.uuid)
    post = evening.server.world.post_as_creator(mila, "Hello").uuid
    there = FanvuePostManagement(evening.fanvue, _managed)

    for verb in (EDIT, PIN, UNPIN, REPOST, DELETE):
        fields = {"text": "Good night"} if verb == EDIT else {}
        await there.make(creator, PostChange(verb, post, {}, "UTC", 0, fields), voice=None)

    ledger = evening.server.ledger
    made = [entry.kind for entry in ledger if entry.kind.startswith("post.")]
    assert made == ["post.changed", "post.pinned", "post.unpinned", "post.reposted", "post.deleted"]
    paths = {entry["path"] for entry in ledger.of("request") if "/posts" in entry["path"]}
    assert {path for path in paths if f"/creators/{creator}/posts/" not in path} == set()


async def test_collections_are_not_chosen_through_somebody_who_stands_in(
    evening: FanvueScenario, mila: AccountRecord
) -> None:
    stock = PostStock(FanvuePosts(evening.fanvue, _managed))
    link = Link(
        *(LinkId("link"), CreatorId(mila.uuid), DiscordId(1), DiscordId(2)), 1, LinkState.ACTIVE, "", "mila"
    )

    with pytest.raises(DeliveryRefused, match="needs the creator's own link"):
        await stock.shelved(link, {"typed": {"collections": "Beach"}})
