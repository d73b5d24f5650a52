"""Scenes of followed posts: a thread, a comment's line, a strike, a changed card."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.fanvue import feed
from bot.sandbox.fanvue.post_surroundings import CommentRecord
from bot.sandbox.fanvue.records import PostRecord
from storage.database import Transaction
from storage.engine.connect import open_database
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again


@dataclass
class _FollowedComments:
    """What the last scene of a bench is about, by its folder: benches stand side by side."""

    post: PostRecord
    words: str
    said: str = ""
    comment: CommentRecord | None = None


_below: dict[str, _FollowedComments] = {}


def _now(bench: CrashpointScenario) -> _FollowedComments:
    return _below[bench.town.database]


async def _switch(bench: CrashpointScenario, to: str) -> None:
    house = bench.house()
    answer = await house.owner.slash(house.guild, house.lobby, "post follow", posts=to)
    await answer.done(PATIENCE)


async def _off(bench: CrashpointScenario) -> None:
    with suppress(TimeoutError):
        await _switch(bench, "off")


def _shown(bench: CrashpointScenario, words: str) -> list[StandInMessage]:
    world = bench.town.discord.world
    every = (one for channel in list(world.messages.values()) for one in list(channel.values()))
    return [one for one in every if words in one.text and not one.deleted and not one.ephemeral]


async def _see(bench: CrashpointScenario, *words: str) -> None:
    """Until one message says all of this."""
    await bench.town.discord.world.until(
        lambda: any(all(word in one.text for word in words) for one in _shown(bench, words[0])), PATIENCE
    )


# ── a post gets its thread ──


async def _publish(bench: CrashpointScenario) -> None:
    """A post that nobody follows yet."""
    words = bench.words()
    post = bench.town.fanvue.world.post_as_creator(bench.house().creator, words)
    _below[bench.town.database] = _FollowedComments(post, words)


async def _follow(bench: CrashpointScenario) -> None:
    """Posts are followed until its thread is there."""
    await _switch(bench, "on")
    await _see(bench, _now(bench).words)
    await _switch(bench, "off")


async def _follow_again(bench: CrashpointScenario) -> None:
    """Whose command met a dead bridge gives it again."""
    await begin_again(bench, _follow)
    await _off(bench)


# ── what stands below it is looked at by itself ──


async def _comment(bench: CrashpointScenario) -> None:
    """Somebody commented on a followed post and liked it, and its look is due; no process is there."""
    await _publish(bench)
    await _switch(bench, "on")
    now, fan = _now(bench), bench.fan()
    await _see(bench, now.words)
    await bench.quiet()
    await bench.town.bridge.kill()
    now.said = bench.words()
    now.comment = await fan.comment(now.post.uuid, now.said)
    feed.like(bench.town.fanvue.world, now.post, fan.uuid)
    await _make_due(bench, now.post)


async def _take_back(bench: CrashpointScenario) -> None:
    """The comment has its line, and then it is deleted."""
    await _comment(bench)
    await bench.start()
    await _see(bench, _now(bench).said)
    await bench.quiet()
    await bench.town.bridge.kill()
    now = _now(bench)
    assert now.comment is not None
    bench.town.fanvue.world.below.comments.remove(now.comment)
    await _make_due(bench, now.post)


async def _make_due(bench: CrashpointScenario, post: PostRecord) -> None:
    """Let this post be looked at now, and posts of earlier scenes never again."""

    async def work(tx: Transaction) -> None:
        # A look is known by its time, and takes place once.
        await tx.execute("UPDATE post_follows SET look_at = :now", now=int(time.time() * 1000))
        await tx.execute(
            "UPDATE post_cards SET due_at = CASE WHEN post_uuid = :post THEN 1 END", post=post.uuid
        )

    database = await open_database(bench.town.database, now=0)
    try:
        await database.write(work)
    finally:
        await database.close()


async def _told(bench: CrashpointScenario) -> None:
    """The comment's line is there, and the card counts."""
    now = _now(bench)
    await _see(bench, now.said)
    await _see(bench, now.words, "1 like")
    await _off(bench)


async def _struck(bench: CrashpointScenario) -> None:
    """The line is struck."""
    await _see(bench, _now(bench).said, "Deleted on Fanvue.")
    await _off(bench)


COMMENTS: Mapping[str, CrashpointScene] = {
    "post followed": CrashpointScene(
        _follow,
        before=_publish,
        mend=_follow_again,
        reaches=("commit/follow_service.PostFollowService.set/", "deed.posts.look/", "deed.postcard.open/"),
    ),
    "comment told": CrashpointScene(
        _told,
        before=_comment,
        mend=_told,
        leaves=True,
        reaches=("deed.comments.read/", "deed.postcard.line/", "deed.postcard.show/"),
    ),
    "comment deleted": CrashpointScene(
        _struck,
        before=_take_back,
        mend=_struck,
        leaves=True,
        reaches=("deed.postcard.strike/",),
    ),
}
