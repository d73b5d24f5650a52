"""Scenes of posts that are there: edited, pinned, unpinned, reposted, deleted."""

from collections.abc import Mapping

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.post_surroundings import CollectionRecord
from bot.sandbox.fanvue.records import PostRecord
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again, until_taken
from tests.proofs.soak.owner_actions import do_to_a_post, say_what_is_there

_DEEDS = (
    ("edit", "Change it", "Post edited"),
    ("pin", "Pin it", "Post pinned"),
    ("comment", "Publish it", "Comment posted"),
    ("unpin", "Unpin it", "Post unpinned"),
    ("repost", "Repost it", "Post reposted"),
    ("delete", "Delete it", "Post deleted"),
)


def _post(bench: CrashpointScenario) -> PostRecord:
    """Made by hand on Fanvue's own site."""
    return bench.town.fanvue.world.post_as_creator(bench.house().creator, bench.words())


async def _do(bench: CrashpointScenario, post: PostRecord, verb: str, button: str, end: str) -> None:
    typed = {"text": bench.words()} if verb in {"edit", "comment"} else {}
    answer = await do_to_a_post(bench.house(), verb, button, post.uuid, **typed)
    if answer is not None:
        await answer.until(lambda now: end in now.text, PATIENCE)


async def _life(bench: CrashpointScenario) -> None:
    """Everything that can become of a post, looked up by its list first."""
    post, house = _post(bench), bench.house()
    listed = await house.owner.slash(house.guild, house.lobby, "post list")
    await listed.done(PATIENCE)
    for verb, button, end in _DEEDS:
        await _do(bench, post, verb, button, end)


async def _life_unanswered(bench: CrashpointScenario) -> None:
    """No answer to a change arrives; each is looked at, and made once."""
    for _ in range(5):  # all but the repost, which nothing on Fanvue tells of
        bench.town.fanvue.faults.add("lose_answer", "PATCH|POST|DELETE", "/posts/[^/]+(/pin|/comments)?$")
    await _life(bench)


async def _repost_absent(bench: CrashpointScenario) -> None:
    """Nobody knows what became of it, and its owner is asked."""
    bench.town.fanvue.faults.add("error_before", "POST", "/repost$", status=502)
    post = _post(bench)

    async def repost() -> InteractionAnswer | None:
        return await do_to_a_post(bench.house(), "repost", "Repost it", post.uuid)

    await until_taken(repost)
    await bench.asked()


async def _says_what_is_there(bench: CrashpointScenario) -> None:
    await say_what_is_there(bench.town)


async def _finish(bench: CrashpointScenario) -> None:
    """Whose command met a dead bridge does all of it to another post."""
    await begin_again(bench, _life)


# ── what a post is made of ──

_changed: dict[
    str, tuple[PostRecord, CollectionRecord]
] = {}  # by the bench's database: benches stand side by side


async def _published(bench: CrashpointScenario) -> None:
    """A post that nobody has changed yet, and a collection for it."""
    shelf = bench.town.fanvue.world.add_collection(bench.house().creator, bench.words())
    _changed[bench.town.database] = _post(bench), shelf


async def _remakes(bench: CrashpointScenario) -> None:
    """Other media in another order, then a collection; each is one change."""
    house, (post, shelf) = bench.house(), _changed[bench.town.database]
    one, two = house.media[:2]
    for typed in ({"media": f"{two}, {one}"}, {"collections": shelf.label}):
        answer = await do_to_a_post(house, "edit", "Change it", post.uuid, **typed)
        if answer is not None:
            await answer.until(lambda now: "Post edited" in now.text, PATIENCE)


async def _remakes_unanswered(bench: CrashpointScenario) -> None:
    """No answer to either change arrives; each is looked at, and made once."""
    for _ in range(2):
        bench.town.fanvue.faults.add("lose_answer", "PATCH", "/posts/[^/]+$")
    await _remakes(bench)


async def _is_made_so(bench: CrashpointScenario) -> None:
    """Whose command met a dead bridge gives it again; all of it is as it was confirmed, by two changes."""
    await bench.quiet()
    await begin_again(bench, _remakes)
    await bench.quiet()
    world, (post, shelf) = bench.town.fanvue.world, _changed[bench.town.database]
    one, two = bench.house().media[:2]
    now = world.posts[post.uuid]
    assert list(now.media) == [two, one], f"the post has {now.media}"
    assert world.below.shelved.get(post.uuid) == [shelf.uuid], "the post is in no collection"
    often = len([one for one in bench.town.fanvue.ledger.of("post.changed") if one["uuid"] == post.uuid])
    assert often == 2, f"the post was changed {often} times"


POSTS: Mapping[str, CrashpointScene] = {
    "post's life": CrashpointScene(_life, mend=_finish),
    "post's life, unanswered": CrashpointScene(_life_unanswered, mend=_finish),
    "post, media and collections": CrashpointScene(
        _remakes, before=_published, mend=_is_made_so, reaches=("deed.proposed.postedit/do/", "feed/make/")
    ),
    "post, media and collections, unanswered": CrashpointScene(
        _remakes_unanswered,
        before=_published,
        mend=_is_made_so,
        reaches=("deed.proposed.postedit/do/", "feed/make/", "feed/read/"),
    ),
    "repost, absent": CrashpointScene(_says_what_is_there, before=_repost_absent, leaves=True),
}
