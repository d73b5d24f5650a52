"""Who is what in the studio's team, and what they do with suggested posts."""

from typing import Any

from bot.access.roles import TeamRole
from bot.sandbox.discord.answers import InteractionAnswer
from storage.people import grants
from storage.records import DiscordId
from tests.features.publishing.posts.posts_scenario import PostStage, message_of

ASK, YES, NO = "Ask for approval", "Publish now", "Refuse"


async def grant(studio: PostStage, name: str, role: TeamRole) -> None:
    """From now on this person is that."""
    town, creator = studio.town, studio.evening.creator
    member = DiscordId(getattr(town, name).user.id)
    guild, olivia = DiscordId(town.guild.id), DiscordId(town.olivia.user.id)
    kept = grants.GrantRecord(
        f"{name} {role}", creator, guild, "member", member, role, "", "", None, olivia, 0
    )
    await studio.database.write(lambda tx: grants.put(tx, kept))


async def put_up(studio: PostStage, **typed: Any) -> InteractionAnswer:
    """Victor asks for approval of a post."""
    answer = await studio.ask("victor", **(typed or {"text": "Good morning"}))
    await studio.press(answer, ASK, "victor")
    return answer


async def send(
    studio: PostStage, shown: InteractionAnswer, who: str, label: str, /, **fields: str
) -> InteractionAnswer:
    """Open the window of a button, send it with this, and let everything that follows at once happen."""
    person = getattr(studio.town, who)
    opened = await person.click(message_of(shown), label)
    await opened.opened()
    before = shown.text
    sent: InteractionAnswer = await person.submit(opened, fields)
    await studio.town.server.world.until(lambda: shown.text != before or told(shown, sent))
    await studio.driver.turn()
    return sent


def told(shown: InteractionAnswer, sent: InteractionAnswer) -> str:
    """What somebody reads beside the preview whose window they sent."""
    own = [] if sent.message is shown.message else [sent.text]
    return "\n".join((*own, *(one.text for one in sent.followups)))
