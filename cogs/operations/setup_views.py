"""/setup and the question for whom it is: asked, carried out and answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from discord import app_commands

from bot.access.policy import Action
from bot.discord import channel_layout
from bot.discord.age_restriction import for_adults
from bot.discord.answers import AnswerContent, Said, in_place
from bot.discord.asking import Given, Options, Resolved, asks, nobody
from bot.discord.bridge import Asked, ListHandlers, service
from bot.discord.channel_setup import ChannelSetup, SetupWish
from bot.discord.setup_rules import NOBODY_YET, SetupMeaning, SetupServer, meant
from bot.features.people.offboarding.service import OffboardingService
from bot.features.publishing.media.creator_pictures import CreatorPictures
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import ENGLISH, msgid, tr
from bot.model.ports import Picture, Post
from bot.relay.forum_places import ForumPlaces, SetupDone
from bot.text.safe_text import safe
from cogs.operations.command_offer_views import command_offer
from cogs.operations.setup_texts import described, labelled, report
from storage.records import DiscordId

PICK = "setup.pick"
NO_SUCH = msgid(
    "No creator here has that name. Choose one from the list under `creator:`; others "
    "connect with /link first, or have their channels on another server."
)
_OVER = msgid("This question has expired or was already answered. Run /setup again.")
_THEIRS = msgid(
    "<#{forum}> belongs to @{handle}, so only the owner decides who reads it: with /team "
    "grant, or /setup with `team:`. No changes made."
)
_OFFERED = 25  # as many as Discord shows
_FACES = 8  # a message has ten files and 40 parts at most, and a picture with its text is three


@dataclass(frozen=True)
class SetupInput:
    """A requested set-up."""

    category: int | None = None
    team: int | None = None
    name: str | None = None


async def set_up(asked: Asked, typed: SetupInput, wanted: str | None) -> Said:
    """Do it for the creator who is meant, or ask who that is. Who may ask for it was looked up before."""
    assert asked.guild_id is not None, "it was asked whether this is a server"
    places, guild = service(asked, ForumPlaces), DiscordId(asked.guild_id)
    if (refusal := await places.claim(guild)) is not None:
        return refusal
    setup = ChannelSetup(asked.client.direct)
    channels = await setup.channels(guild)
    server = await _server(asked, channels)
    found = meant(server, wanted, typed.name, team=typed.team is not None)
    if not found:
        return tr(NO_SUCH)
    if len(found) > 1:
        return await _question(asked, typed, server, found)
    (about,) = found
    return _why_not(asked, typed, about) or await _carry_out(asked, typed, setup, channels, server, about)


async def answering(asked: Asked, action: Action, given: Given, options: Options) -> Resolved:
    """About no creator; people who do not manage the server learn nothing of the question."""
    found = await nobody(asked, action, given, options)
    return found if asked.guild_id is None or not isinstance(found, str) else []


@asks(Action.SETUP, answering)
async def pick_setup(asked: Asked, ref: str, chosen: Sequence[str]) -> None:
    """Somebody has said for whom it is."""

    async def deed() -> Said:
        assert asked.guild_id is not None, "it was asked whether this is a server"
        guild, me = DiscordId(asked.guild_id), DiscordId(asked.user.id)
        typed = await service(asked, ForumPlaces).asked(ref, me, guild)
        return tr(_OVER) if typed is None else await set_up(asked, SetupInput(**typed), chosen[0])

    await in_place(asked, deed)


@asks(Action.SETUP, nobody, offers=True)
async def offer_setups(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Creators for whom a /setup here can be."""
    assert asked.guild_id is not None, "it was asked whether this is a server"
    found = await service(asked, ForumPlaces).candidates(DiscordId(asked.guild_id))
    wanted = typed.casefold().removeprefix("@")
    named = [
        app_commands.Choice(name=f"@{one.creator.handle}"[:100], value=one.creator.id)
        for one in found
        if wanted in one.creator.handle.casefold()
    ]
    return [
        *named[: _OFFERED - 1],
        app_commands.Choice(name=tr("someone who connects later"), value=NOBODY_YET),
    ]


async def _server(asked: Asked, channels: Sequence[channel_layout.Json]) -> SetupServer:
    places, guild = service(asked, ForumPlaces), DiscordId(asked.guild_id or 0)
    names = {DiscordId(int(one["id"])): str(one["name"]) for one in channels}
    return SetupServer(await places.candidates(guild), await places.of_guild(guild), names)


def _why_not(asked: Asked, typed: SetupInput, about: SetupMeaning) -> str | None:
    """The refusal, if any: the creator's owner, not the server alone, says who sees what fans write."""
    candidate = about.candidate
    if candidate is None or not candidate.forums or typed.team is None:
        return None
    if candidate.owner == asked.user.id or typed.team in candidate.readers.roles:
        return None
    return tr(_THEIRS, forum=candidate.forums[0].id, handle=safe(candidate.creator.handle))


async def _carry_out(  # what was typed, and what it is about
    asked: Asked,
    typed: SetupInput,
    setup: ChannelSetup,
    channels: Sequence[channel_layout.Json],
    server: SetupServer,
    about: SetupMeaning,
) -> Said:
    assert asked.client.user is not None
    places, guild, me = service(asked, ForumPlaces), DiscordId(asked.guild_id or 0), DiscordId(asked.user.id)
    wish = SetupWish(
        guild=guild,
        bot=DiscordId(asked.client.user.id),
        about=about,
        category=DiscordId(typed.category) if typed.category else None,
        creator_name=typed.name,
        known=server.known,
        language=about.candidate.language if about.candidate is not None else ENGLISH,
    )
    made = await setup.run(wish, channels)
    for forum in made.gone:
        await places.remove(forum)
    team = DiscordId(typed.team) if typed.team else None
    housed = await places.add(made.forum, SetupDone(me, about.creator, team))
    for other in made.more:
        await places.keep(other, by=me, team=team)
    if housed is not None:
        await service(asked, OffboardingService).close_anew(housed.creator.id, guild)
    return "\n".join([report(made, housed, team), *await command_offer(asked, guild, team)])


async def _question(
    asked: Asked, typed: SetupInput, server: SetupServer, found: Sequence[SetupMeaning]
) -> Said:
    """Ask for whom it is: by name, with who connected them and where their fans are."""
    me, guild = DiscordId(asked.user.id), DiscordId(asked.guild_id or 0)
    kept = {"category": typed.category, "team": typed.team, "name": typed.name}
    ref = await service(asked, ForumPlaces).ask(me, guild, kept)
    shown = found[:_OFFERED]
    pictures = await _faces(asked, shown[:_FACES])
    post = Post(
        title=tr("For which creator?"),
        body=_listed([described(one, typed.name) for one in shown], apart=bool(pictures)),
        small=tr("No changes made yet. With `creator:`, /setup does not ask."),
    )
    options = tuple(ChoiceOption(one.value, *labelled(one, server, typed.name)) for one in shown)
    return AnswerContent(post, pictures=pictures, choice=Choice(PICK, ref, tr("Choose a creator"), options))


async def _faces(asked: Asked, found: Sequence[SetupMeaning]) -> list[Picture]:
    """Beside each name the picture that Fanvue gives; covered unless the channel is for adults."""
    covered = not for_adults(asked)
    creators = [one.candidate.creator if one.candidate is not None else None for one in found]
    faces = await service(asked, CreatorPictures).of([one.id for one in creators if one is not None])
    return [
        Picture(
            f"creator-{number}.jpg",
            faces[one.id],
            tr("@{handle} on Fanvue", handle=one.handle),
            covered,
            number,
        )
        for number, one in enumerate(creators)
        if one is not None and one.id in faces
    ]


def _listed(lines: Sequence[str], *, apart: bool) -> tuple[str, ...]:
    """One part, or, where pictures stand beside them, as many as can have one, and what is left."""
    first, rest = (lines[:_FACES], lines[_FACES:]) if apart else ([], lines)
    return (*first, *(["\n".join(f"- {line}" for line in rest)] if rest else []))


LISTS: ListHandlers = {
    PICK: pick_setup,
}
