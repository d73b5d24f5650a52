"""Discord: the token, the application, and the channels where the bot must write."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from bot.discord.bot_inspection import (
    Answered,
    BotInspection,
    InspectedApplication,
    InspectedChannel,
    InspectedServer,
    TokenRefused,
    looking,
)
from bot.features.operations.doctor.check_runner import SECONDS, bounded
from bot.features.operations.doctor.findings import DoctorFinding, FindingGroup, bad, ok, unknown, warn
from bot.model.errors import DeliveryFailed, TryLater
from bot.model.ports import Clock
from bot.settings.model import Settings
from storage.records import DiscordId, Forum

_TITLE = "Discord"
_PORTAL = "Discord Developer Portal → your application"
_SETUP = "Someone with Manage Server runs /setup there."


async def discord(
    settings: Settings, forums: Sequence[Forum] | None, *, clock: Clock, answered: Answered
) -> Sequence[FindingGroup]:
    """The application first, then one group for each server with forums (None: they could not be read)."""
    token = settings.discord_token.get_secret_value()
    try:
        async with looking(
            token=token,
            api_url=settings.discord_api_url,
            clock=clock,
            answered=answered,
            seconds=SECONDS,
        ) as look:
            found = list(_account(look.application(typing=settings.message_content), settings))
            account = FindingGroup(_TITLE, [*found, *await _sessions(look, settings.discord_shards)])
            served = settings.discord_servers
            asked = (_server(look, guild, some, served) for guild, some in _by_guild(forums).items())
            return [account, *await asyncio.gather(*asked)]
    except TokenRefused:
        do = f"Put the current token from {_PORTAL} → Bot → Reset Token into DISCORD_TOKEN."
        return _not_asked(bad("token", "Discord does not accept it", do), forums)
    except DeliveryFailed as error:
        if isinstance(error, TryLater) and error.after is None:
            do = "Ask again; if it stays, check this machine's network and DISCORD_API_URL."
            return _not_asked(bad("token", error.reason, do), forums)
        return _not_asked(unknown("token", error.reason, "Ask again later."), forums)


def _by_guild(forums: Sequence[Forum] | None) -> Mapping[DiscordId, Sequence[Forum]]:
    found: dict[DiscordId, list[Forum]] = {}
    for forum in forums or ():
        found.setdefault(forum.guild, []).append(forum)
    return found


def _not_asked(why: DoctorFinding, forums: Sequence[Forum] | None) -> Sequence[FindingGroup]:
    do = "Fix “token” first, then run doctor again."
    rest = ["application", "intents", *(["channels"] if forums is None or forums else [])]
    return [FindingGroup(_TITLE, [why, *(unknown(name, "could not be asked", do) for name in rest)])]


def _account(application: InspectedApplication, settings: Settings) -> Iterator[DoctorFinding]:
    yield ok("token", f"accepted, the bot is {application.bot_name}")
    if application.id != settings.discord_application_id:
        said = f"the token belongs to application {application.id}, the settings name another"
        yield bad("application", said, f"Set DISCORD_APPLICATION_ID={application.id}, or take its own token.")
    else:
        yield ok("application", "DISCORD_APPLICATION_ID fits the token")
    if application.interactions_url is not None:
        said = "Discord sends commands and clicks to an address, not to the bridge"
        yield bad("commands", said, f"{_PORTAL} → General Information: empty Interactions Endpoint URL.")
    yield _intents(application)
    yield _whose(application, settings.discord_servers)
    if settings.discord_redirect_uri in application.redirect_uris:
        yield ok("sign-in", "DISCORD_REDIRECT_URI is registered; the client secret shows at /link")
    else:
        said = "DISCORD_REDIRECT_URI is not registered: no /link can succeed"
        yield bad("sign-in", said, f"{_PORTAL} → OAuth2 → Redirects: add {settings.discord_redirect_uri}")


async def _sessions(look: BotInspection, shards: int) -> Sequence[DoctorFinding]:
    """Nothing where one is enough: most bots never come near it."""
    try:
        advised = await look.sessions()
    except DeliveryFailed as error:
        return (unknown("sessions", error.reason, "Ask again later."),)
    if advised <= shards:
        return (
            (ok("sessions", f"{shards} by DISCORD_SHARDS; Discord advises {advised}"),) if shards > 1 else ()
        )
    said = f"Discord advises {advised} sessions for this bot's servers, DISCORD_SHARDS says {shards}"
    do = f"Set DISCORD_SHARDS={advised} and run one gateway process more (docs/scaling.md)."
    return (warn("sessions", f"{said}; from 2,500 servers in one on it refuses", do),)


def _whose(application: InspectedApplication, served: Sequence[int]) -> DoctorFinding:
    name = "public bot"
    if not application.public:
        return ok(name, "off: only you can add the bot to a server")
    if served:
        return ok(name, f"on, but only the {len(served)} servers of DISCORD_SERVERS are served")
    said = "on: anyone can add the bot to their server and use it there"
    do = f"{_PORTAL} → Installation: Install Link None; then Bot: Public Bot off. Or set DISCORD_SERVERS."
    return warn(name, said, do)


def _intents(application: InspectedApplication) -> DoctorFinding:
    where = f"{_PORTAL} → Bot → Privileged Gateway Intents"
    if application.intents_lacking:
        said = f"needed but turned off: {', '.join(application.intents_lacking)}"
        return bad("intents", said, f"{where}: turn them on, or set MESSAGE_CONTENT=off.")
    if application.intents_needless:
        said = f"none is needed; turned on anyway: {', '.join(application.intents_needless)}"
        return ok("intents", said)
    if application.intents_needed:
        return ok("intents", f"turned on as needed: {', '.join(application.intents_needed)}")
    return ok("intents", "no privileged one is needed")


async def _server(
    look: BotInspection, guild: DiscordId, forums: Sequence[Forum], served: Sequence[int]
) -> FindingGroup:
    title = f"Discord server {guild}"

    async def check() -> FindingGroup:
        try:
            server = await look.server(guild)
        except DeliveryFailed as error:
            return FindingGroup(title, [unknown("server", error.reason, "Ask again later.")])
        if server is None:
            said = "the bot is not on this server, which has forums of linked creators"
            return FindingGroup(title, [bad("server", said, "Invite the bot again, then run /setup there.")])
        found = list(_channels(server, forums))
        if served and guild not in served:
            said = "DISCORD_SERVERS does not name it: lines still arrive there, but nobody can do anything"
            found.append(
                warn("served", said, f"Add {guild} to DISCORD_SERVERS, or have it left by /account leave.")
            )
        return FindingGroup(f"Discord server {server.name}", found)

    return await bounded("server", check, lambda finding: FindingGroup(title, [finding]))


def _channels(server: InspectedServer, forums: Sequence[Forum]) -> Iterator[DoctorFinding]:
    if server.lacks:
        said = f"/setup cannot make or repair channels: the bot lacks {', '.join(server.lacks)}"
        yield warn("server", said, "Server Settings → Roles: give the bot's role these permissions.")
    else:
        yield ok("server", "the bot may set up channels")
    for forum in forums:
        yield _channel("forum", server.channels.get(forum.id))
        yield _channel("alerts", server.channels.get(forum.alerts))


def _channel(kind: str, channel: InspectedChannel | None) -> DoctorFinding:
    if channel is None:
        return bad(kind, "the channel was deleted", _SETUP)
    name = f"#{channel.name}"
    wrong = [f"the bot lacks {', '.join(channel.lacks)}"] if channel.lacks else []
    wrong += ["everyone on the server can read it"] if channel.open_to_all else []
    wrong += ["it is not marked age-restricted"] if not channel.age_restricted else []
    wrong += ["it takes no post without a tag"] if channel.requires_tag else []
    if wrong:
        return bad(name, "; ".join(wrong), f"{_SETUP} It repairs what it may.")
    return ok(name, "private, age-restricted, and the bot may do its work")
