"""Views of what a creator publishes and keeps: posts, files, lists of fans."""

from typing import Any

from bot.sandbox.fanvue.records import PostRecord
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

LATE = 1_000.0  # seconds: as good as never


def _post(town: AlbumScenario, words: str) -> PostRecord:
    posts = town.stage.fanvue.world.posts.values()
    return next(one for one in posts if one.text and one.text.startswith(words))


async def _posts(town: AlbumScenario, deed: str, words: str, **options: Any) -> AlbumView:
    which = _post(town, words).uuid
    return await town.slash(town.luna, town.lobby, f"post {deed}", post=which, **options)


async def post_expires(town: AlbumScenario) -> AlbumView:
    """A post that goes away by itself."""
    world = town.stage.fanvue.world
    if not world.below.collections:
        world.add_collection(town.stage.creator, "Summer")
    when = {"when": "tomorrow 18:00", "expires": "in 3 days", "collections": "Summer"}
    text = "Only this weekend: the pool"
    return await town.slash(town.luna, town.lobby, "post new", text=text, media=town.stage.media[1], **when)


async def post_expires_done(town: AlbumScenario) -> AlbumView:
    """It is scheduled."""
    shown = await town.says(await post_expires(town), "Nothing is done yet")
    await town.press(shown, "Schedule it")
    return await town.says(shown, "Post scheduled")


async def posts_list(town: AlbumScenario) -> AlbumView:
    """What is published."""
    world, creator = town.stage.fanvue.world, town.stage.creator
    world.post_as_creator(creator, "Good morning from the terrace")
    world.post_as_creator(creator, "Who else cannot sleep?", "followers-and-subscribers")
    return await town.slash(town.luna, town.lobby, "post list")


async def posts_scheduled(town: AlbumScenario) -> AlbumView:
    """What is scheduled."""
    return await town.slash(town.luna, town.lobby, "post list", show="scheduled")


async def posts_edit(town: AlbumScenario) -> AlbumView:
    """Before and after."""
    return await _posts(
        town, "edit", "Good morning", text="Good morning from the sunny terrace", expires="fri 20:00"
    )


async def posts_edited(town: AlbumScenario) -> AlbumView:
    """It is changed."""
    shown = await posts_edit(town)
    await town.press(shown, "Change it")
    return await town.says(shown, "Post edited")


async def posts_pin(town: AlbumScenario) -> AlbumView:
    """One is to stand first."""
    return await _posts(town, "pin", "Good morning")


async def posts_pinned(town: AlbumScenario) -> AlbumView:
    """It does, and the list says so."""
    shown = await posts_pin(town)
    await town.press(shown, "Pin it")
    await town.says(shown, "Post pinned")
    return await town.slash(town.luna, town.lobby, "post list")


async def posts_comments(town: AlbumScenario) -> AlbumView:
    """What fans wrote below one."""
    which = _post(town, "Who else").uuid
    await town.stage.fans["sam_k"].comment(which, "Me! Night shift again")
    await town.stage.fans["kai.surf"].comment(which, "The *waves* keep me up")
    return await _posts(town, "comments", "Who else")


async def posts_comment(town: AlbumScenario) -> AlbumView:
    """An answer below it, before it is published."""
    return await _posts(town, "comment", "Who else", text="Then we are three 🧡")


async def posts_delete(town: AlbumScenario) -> AlbumView:
    """One is to go."""
    return await _posts(town, "delete", "Who else")


async def posts_deleted(town: AlbumScenario) -> AlbumView:
    """It is gone."""
    shown = await posts_delete(town)
    await town.press(shown, "Delete it")
    return await town.says(shown, "Post deleted")


async def _uploaded(town: AlbumScenario, *sizes: int, **options: str) -> AlbumView:
    town.stage.fanvue.switches.upload_part_bytes = 1000
    names = ("beach.mp4", "terrace.jpg")
    files = {
        key: (name, name.encode() * size)
        for key, name, size in zip(("file", "file2"), names, sizes, strict=False)
    }
    return await town.slash(town.luna, town.lobby, "media upload", **files, **options)


async def upload_going(town: AlbumScenario) -> AlbumView:
    """Files on their way, of which the first cannot go on."""
    town.stage.fanvue.faults.add("error_before", "PUT", "", status=503, count=None)
    return await _uploaded(town, 500, 100)


async def upload_done(town: AlbumScenario) -> AlbumView:
    """They are in the vault."""
    return await town.says(await _uploaded(town, 400, 200), "terrace.jpg: is ready", 90)


async def upload_known(town: AlbumScenario) -> AlbumView:
    """One of them was there already."""
    return await town.says(await _uploaded(town, 400, name="the beach video"), "was already in the vault", 90)


async def upload_odd(town: AlbumScenario) -> AlbumView:
    """A file that the vault does not take."""
    odd = ("notes.txt", b"nothing to see")
    return await town.slash(town.luna, town.lobby, "media upload", file=odd)


async def _lists(town: AlbumScenario, deed: str, **options: Any) -> AlbumView:
    return await town.slash(town.luna, town.lobby, f"mass list {deed}", **options)


async def list_created(town: AlbumScenario) -> AlbumView:
    """A list is made."""
    return await town.says(await _lists(town, "create", name="Dear ones"), "Done")


async def list_added(town: AlbumScenario) -> AlbumView:
    """A fan is put on it, in their thread."""
    thread = (await town.card("sam_k", "Chats with")).where
    return await town.says(await town.slash(town.luna, thread, "mass list add", list="Dear ones"), "Done")


async def list_build(town: AlbumScenario) -> AlbumView:
    """Whoever spent something is to be put on a list."""
    return await _lists(town, "build", name="Whales", spent=5, days=30)


async def list_built(town: AlbumScenario) -> AlbumView:
    """They are."""
    shown = await list_build(town)
    await town.press(shown, "Put ")
    return await town.says(shown, "Done")


async def _imported(town: AlbumScenario, name: str) -> AlbumView:
    handles = [fan.handle for fan in town.stage.fans.values()]
    content = "\n".join(["handle", *handles, "nobody_at_all", "who.is.this"]).encode()
    return await _lists(town, "import", name=name, file=("fans.csv", content))


async def _going(town: AlbumScenario, name: str) -> AlbumView:
    shown = await _imported(town, name)
    town.stage.fanvue.faults.add("execute_late", "POST", "/members$", seconds=LATE, count=None)
    await town.press(shown, "Put ")
    return await town.says(shown, "Putting fans on")


async def list_import(town: AlbumScenario) -> AlbumView:
    """Handles of a file, of which two are nobody's."""
    return await _imported(town, "Everybody")


async def list_going(town: AlbumScenario) -> AlbumView:
    """They are on their way."""
    return await _going(town, "Everybody")


async def list_stopped(town: AlbumScenario) -> AlbumView:
    """Somebody stopped it."""
    shown = await _going(town, "All of you")
    await town.press(shown, "Stop")
    await town.says(shown, "Stopped")
    return await _lists(town, "show")


async def list_members(town: AlbumScenario) -> AlbumView:
    """Who is on one."""
    return await _lists(town, "show", list="Whales")


async def list_delete(town: AlbumScenario) -> AlbumView:
    """One is to be deleted."""
    return await _lists(town, "delete", list="Whales")


VIEWS = (
    post_expires,
    post_expires_done,
    posts_list,
    posts_scheduled,
    posts_edit,
    posts_edited,
    posts_pin,
    posts_pinned,
    posts_comments,
    posts_comment,
    posts_delete,
    posts_deleted,
    upload_going,
    upload_done,
    upload_known,
    upload_odd,
    list_created,
    list_added,
    list_build,
    list_built,
    list_import,
    list_going,
    list_stopped,
    list_members,
    list_delete,
)
