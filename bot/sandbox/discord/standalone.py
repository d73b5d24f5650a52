"""A small world to start with: an application, a server, and four people in it."""

from base64 import b64encode

from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.world import DiscordWorld

APPLICATION_ID, SECRET = 1_000_000_000_000_000_001, "sandbox-discord-secret"
# Of Discord's form, which some clients look at: the bot's id, a time, and a part that nobody can guess.
TOKEN = ".".join(
    [
        b64encode(str(APPLICATION_ID).encode()).decode().rstrip("="),
        "SANDBX",
        "sandbox-token-for-everybody",
    ]
)
CALLBACK = "http://127.0.0.1:8080/oauth/discord/callback"
BOT_RIGHTS = may.VIEW_CHANNEL | may.SEND_MESSAGES | may.SEND_IN_THREADS | may.READ_HISTORY | may.EMBED_LINKS
BOT_RIGHTS |= (
    may.ATTACH_FILES
    | may.MANAGE_CHANNELS
    | may.MANAGE_THREADS
    | may.MANAGE_MESSAGES
    | may.PIN_MESSAGES
    | may.MANAGE_ROLES
)


def furnish(world: DiscordWorld, redirect_uri: str = CALLBACK) -> dict[str, int]:
    """A small world: one application, one server, an owner, two moderators, one outsider. Gives their ids."""
    application = world.add_application(APPLICATION_ID, TOKEN, SECRET, [redirect_uri], {"message_content"})
    people = {name: world.add_user(name) for name in ("olivia", "maya", "noah", "victor")}
    guild = world.add_guild("Studio", people["olivia"])
    team = world.add_role(guild, "Team")
    for name in ("maya", "noah"):
        world.add_member(guild, people[name], [team])
    world.add_member(guild, people["victor"])
    world.invite_bot(guild, application, BOT_RIGHTS)
    lobby = world.add_channel(guild, "lobby")
    found = {name: user.id for name, user in people.items()}
    return {"guild": guild.id, "lobby": lobby.id, "team": team.id, **found}
