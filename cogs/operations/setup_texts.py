"""The question and the report of /setup in words (pure)."""

from bot.discord import channel_layout
from bot.discord.channel_setup import ChannelSetupResult
from bot.discord.setup_rules import SetupMeaning, SetupServer
from bot.model.language import tr
from bot.relay.forum_places import ForumOwnership
from bot.text.safe_text import one_line, safe
from storage.records import DiscordId

_LABEL = 90  # characters, as Discord has them


def described(one: SetupMeaning, name: str | None) -> str:
    """For whom it would be, who connected them, and where their fans are. `name`: of new channels."""
    there = None if one.forum is None else f"<#{one.forum.id}>"
    if one.candidate is None:
        if there:
            return tr("{channel}, for a creator who connects later with /link", channel=there)
        return tr(
            "new channels “{name}”, for a creator who connects later with /link",
            name=channel_layout.names(name)[0],
        )
    known = one.candidate.creator
    by = (
        tr(", connected by <@{owner}>", owner=one.candidate.owner)
        if one.candidate.owner is not None
        else tr(", not connected right now")
    )
    where = (
        tr("its fans are in {channel}", channel=there)
        if one.candidate.forums
        else tr("it has no channels yet")
    )
    return f"**@{safe(known.handle)}**, {safe(one_line(known.display_name, _LABEL))}{by}: {where}"


def labelled(one: SetupMeaning, server: SetupServer, name: str | None) -> tuple[str, str]:
    """The same for a list: its label, and what stands below it."""
    named = server.names.get(one.forum.id) if one.forum is not None else None
    if one.candidate is None:
        label = f"#{named}" if named else tr("New channels “{name}”", name=channel_layout.names(name)[0])
        return label[:_LABEL], tr("for a creator who connects later")
    known = one.candidate.creator
    where = f" · #{named}" if named and one.candidate.forums else ""
    return f"@{known.handle}"[:_LABEL], f"{one_line(known.display_name, _LABEL // 2)}{where}"[:_LABEL]


def report(made: ChannelSetupResult, housed: ForumOwnership | None, team: DiscordId | None) -> str:
    """What was made or repaired, for whom it is, and what comes next."""
    lines = list(made.did) or [tr("Everything is in order; no changes needed.")]
    places = tr(" and ").join(f"<#{forum.id}>" for forum in (made.forum, *made.more))
    lines.append(
        tr("Fans will write in {places}, alerts go to <#{alerts}>.", places=places, alerts=made.forum.alerts)
    )
    lines += _waits(team) if housed is None else _belongs(housed, team)
    return "\n".join(lines)


def _waits(team: DiscordId | None) -> list[str]:
    lines = [tr("Next: the creator runs /link here to connect Fanvue.")]
    if team is not None:
        lines.append(tr("Then we ask the owner whether <@&{team}> may read and answer there.", team=team))
    return [*lines, tr("Only administrators see the channels until then.")]


def _belongs(housed: ForumOwnership, team: DiscordId | None) -> list[str]:
    handle = safe(housed.creator.handle)
    if housed.outside is not None:
        return [
            _arrives(handle, away=housed.away),
            tr(
                "<@&{role}> has no access yet. The owner of @{handle} adds it with /team grant.",
                role=housed.outside,
                handle=handle,
            ),
        ]
    let_in = (
        []
        if team is None
        else [
            tr("<@&{team}> sees them, because the owner of @{handle} added them.", team=team, handle=handle)
        ]
    )
    return [_arrives(handle, away=housed.away), *let_in]


def _arrives(handle: str, *, away: bool) -> str:
    if not away:
        return tr("They belong to @{handle}: new messages arrive here from now on.", handle=handle)
    return tr(
        "They belong to @{handle}, whose owner withdrew: nothing is posted until they use "
        "/account return. We keep everything that arrives.",
        handle=handle,
    )
