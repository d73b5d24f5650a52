"""Views of posts that are followed, and of those that members suggest."""

from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.records import PostRecord
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.due_times import posts_due

FOLLOWED = "A swim before breakfast"
LONG = 150.0  # seconds: the bridge looks a few times a minute


# ── followed posts ──


async def posts_follow(town: AlbumScenario) -> AlbumView:
    """From now on each post has a thread."""
    world = town.stage.fanvue.world
    world.post_as_creator(
        town.stage.creator, f"{FOLLOWED}: the water had 14 degrees, and I was alone with it."
    )
    return await town.slash(town.luna, town.lobby, "post follow", posts="on")


def _post(town: AlbumScenario) -> PostRecord:
    posts = town.stage.fanvue.world.posts.values()
    return next(one for one in posts if one.text and one.text.startswith(FOLLOWED))


async def _thread(town: AlbumScenario) -> StandInChannel:
    def there() -> StandInChannel | None:
        threads = town.stage.discord.world.threads(town.stage.guild.id)
        return next((one for one in threads if FOLLOWED in one.name), None)

    return await town.until(there, "a thread of the post")


async def post_card(town: AlbumScenario) -> AlbumView:
    """The card of a post, with its figures."""
    thread = await _thread(town)
    await town.stage.fans["sam_k"].comment(_post(town).uuid, "14 degrees?! *Respect*, I would have screamed")
    await town.stage.fans["kai.surf"].tip_post(_post(town).uuid, 700)
    posts_due(town)
    return await town.post(thread, "1 comment", within=LONG)


async def post_comment(town: AlbumScenario) -> AlbumView:
    """A comment below it."""
    return await town.post(await _thread(town), "14 degrees?!", within=LONG)


async def post_figures(town: AlbumScenario) -> AlbumView:
    """What came of it in money, for whoever may see it."""
    card = await town.post(await _thread(town), "A published post", town.luna)
    return await town.click(card, "Tips and revenue")


async def post_figures_lead(town: AlbumScenario) -> AlbumView:
    """The same for Theo."""
    card = await town.post(await _thread(town), "A published post", town.theo)
    return await town.click(card, "Tips and revenue")


async def post_reply_form(town: AlbumScenario) -> AlbumView:
    """The window of an answer."""
    line = await town.post(await _thread(town), "14 degrees?!")
    _, shot = await town.form(line, "Reply", town.luna)
    return shot


async def post_reply(town: AlbumScenario) -> AlbumView:
    """The answer, before it is published."""
    line = await town.post(await _thread(town), "14 degrees?!")
    opened, _ = await town.form(line, "Reply", town.luna)
    return await town.submit(town.luna, opened, text="I did scream. Nobody heard it 😄")


async def post_reply_done(town: AlbumScenario) -> AlbumView:
    """It is published."""
    shown = await post_reply(town)
    await town.press(shown, "Publish it")
    return await town.says(shown, "Comment posted")


async def post_reply_line(town: AlbumScenario) -> AlbumView:
    """The thread shows it, too."""
    posts_due(town)
    return await town.post(await _thread(town), "I did scream", within=LONG)


async def post_comment_gone(town: AlbumScenario) -> AlbumView:
    """A comment that was deleted."""
    below = town.stage.fanvue.world.below.comments
    below.remove(next(one for one in below if "14 degrees" in str(one.text)))
    posts_due(town)
    return await town.says(await town.post(await _thread(town), "14 degrees?!"), "Deleted on Fanvue", LONG)


# ── suggested posts ──


async def suggestion(town: AlbumScenario) -> AlbumView:
    """What Tess sees, who may not publish."""
    text = "Three new pictures from the balcony, and one that did not make it 🙈"
    return await town.slash(town.tess, town.lobby, "post new", text=text)


async def suggestion_made(town: AlbumScenario) -> AlbumView:
    """She has asked for approval."""
    shown = await suggestion(town)
    await town.press(shown, "Ask for approval")
    return await town.says(shown, "submitted for approval")


async def suggestion_line(town: AlbumScenario) -> AlbumView:
    """What the alerts channel says of it."""
    return await town.post(town.alerts, "submitted for approval", town.luna)


async def suggestion_review(town: AlbumScenario) -> AlbumView:
    """What Luna sees, who decides."""
    return await town.slash(town.luna, town.lobby, "post review")


async def suggestion_published(town: AlbumScenario) -> AlbumView:
    """She publishes it."""
    shown = await suggestion_review(town)
    await town.press(shown, "Publish now")
    return await town.says(shown, "Post published")


async def suggestion_refused(town: AlbumScenario) -> AlbumView:
    """She refuses another one."""
    await suggestion_made(town)
    shown = await suggestion_review(town)
    await town.click(shown, "Refuse")
    return await town.says(shown, "Refused")


async def suggestion_refused_line(town: AlbumScenario) -> AlbumView:
    """What Tess reads of it in the alerts channel."""
    return await town.post(town.alerts, "was refused by", town.tess)


async def suggestion_none(town: AlbumScenario) -> AlbumView:
    """Nothing waits."""
    return await town.slash(town.luna, town.lobby, "post review")


VIEWS = (
    posts_follow,
    post_card,
    post_comment,
    post_figures,
    post_figures_lead,
    post_reply_form,
    post_reply,
    post_reply_done,
    post_reply_line,
    post_comment_gone,
    suggestion,
    suggestion_made,
    suggestion_line,
    suggestion_review,
    suggestion_published,
    suggestion_refused,
    suggestion_refused_line,
    suggestion_none,
)
