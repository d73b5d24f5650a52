"""What tests look at in a forum in which posts are followed."""

from bot.sandbox.discord.model import FORUM, StandInChannel, StandInMessage
from bot.sandbox.fanvue.records import PostRecord
from storage.database import Transaction
from storage.inbox import forums
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import DiscordId, Forum
from tests.features.publishing.post_management.test_changing import out
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage

FIVE = 5 * MINUTE


async def furnish(
    studio: PostStage, mode: PrivacyMode = PrivacyMode.FULL, *, adults: bool = True
) -> StandInChannel:
    """A forum of the creator's, in which texts stand as `mode` says."""
    guild = studio.town.guild
    made = studio.town.server.world.add_channel(guild, "luna", FORUM, nsfw=adults)
    await studio.town.desk.until_noticed("changed", guild.id)
    forum = Forum(
        DiscordId(made.id),
        DiscordId(guild.id),
        DiscordId(2),
        DiscordId(studio.alerts.id),
        studio.evening.creator,
        "{}",
    )

    async def work(tx: Transaction) -> None:
        await forums.add(tx, forum, 1)
        await privacy_modes.choose(tx, studio.evening.creator, mode, since=0)

    await studio.database.write(work)
    return made


async def follow(studio: PostStage, text: str = "Good morning") -> PostRecord:
    """A post that is followed, with a thread of its own."""
    post = out(studio, text)
    await studio.command("post follow", posts="on")
    await studio.driver.turn()
    return post


async def later(studio: PostStage, wait: int = FIVE) -> None:
    """So long passes, and everything that is due by then happens."""
    for _ in range(wait // FIVE):
        await studio.driver.pass_time(FIVE)
        await studio.following.look()
        await studio.driver.turn()
    await studio.driver.pass_time(MINUTE)  # Discord takes five messages of a channel in five seconds


def threads(studio: PostStage, forum: StandInChannel) -> list[StandInChannel]:
    """The threads of posts, oldest first."""
    found = studio.town.server.world.channels.values()
    return sorted((one for one in found if one.parent_id == forum.id), key=lambda one: one.id)


def messages(studio: PostStage, thread: StandInChannel) -> list[StandInMessage]:
    """What stands in one, the card first."""
    found = studio.town.server.world.messages.get(thread.id, {}).values()
    return [one for one in found if not one.deleted and not one.ephemeral]
