"""Who was shown what not everybody sees is in the audit, with the click."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.engine.audit_log import AuditOrigin, acting
from bot.relay.automod_blocked import BlockedLines
from storage.engine import audit_log
from storage.records import CreatorId, DiscordId
from tests.features.operations.problems.problems_scenario import ProblemsScenario
from tests.features.operations.problems.problems_scenario import opened as an_office
from tests.features.operations.problems.test_hidden_lines import blocked
from tests.features.publishing.media.media_scenario import MediaScenario, offered
from tests.features.publishing.media.media_scenario import opened as a_gallery
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA
from tests.scenario_fixtures import in_folder

CLICK = AuditOrigin(MAYA, "5001", GUILD, DiscordId(5002), DiscordId(5003))


office = in_folder(an_office)


gallery = in_folder(a_gallery)


async def clicked(deed: Coroutine[Any, Any, object], act: AuditOrigin) -> None:
    """Carry out what one interaction asks for, in a task of its own, as discord.py does."""

    async def whole() -> None:
        acting(act)
        await deed

    await asyncio.create_task(whole())


async def test_a_hidden_line_that_was_shown(office: ProblemsScenario) -> None:
    thread, line = await blocked(office)
    hidden = BlockedLines(office.ground())
    await clicked(hidden.show(line, thread), CLICK)
    await clicked(hidden.show(line, DiscordId(1)), CLICK)  # no such line in that channel: nothing was shown

    (shown,) = [entry for entry in await office.audit() if entry.action == "hidden.show"]
    emma = await office.database.read(lambda tx: office.effects.trail.pseudonyms.known(tx, CREATOR, EMMA.id))
    assert (shown.actor, shown.fan, shown.cause, shown.outcome) == (MAYA, emma, line, "done")
    assert (shown.interaction, shown.guild, shown.channel, shown.message) == (
        "5001",
        GUILD,
        DiscordId(5002),
        DiscordId(5003),
    )


async def test_one_members_click_says_nothing_about_another_member(office: ProblemsScenario) -> None:
    trail = office.effects.trail
    other = DiscordId(7)
    write = office.database.write(lambda tx: trail.write(tx, "reply", "done", actor=other, creator=CREATOR))
    await clicked(write, CLICK)

    (line,) = await office.database.read(lambda tx: audit_log.recent(tx, CREATOR, 1))
    assert (line.actor, line.interaction, line.guild) == (other, None, None)


async def test_media_that_were_shown(gallery: MediaScenario) -> None:
    gallery.add("beach.jpg")
    answer = await gallery.ask()
    await gallery.show(answer, *offered(answer))
    creator = CreatorId(gallery.evening.creator)

    (shown,) = [
        line
        for line in await gallery.database.read(lambda tx: audit_log.recent(tx, creator, 9))
        if line.action == "media.show"
    ]
    assert (shown.target, shown.outcome) == ("1 items", "done")
    assert shown.actor == gallery.town.olivia.user.id
    assert (shown.guild, shown.channel) == (gallery.town.guild.id, gallery.town.lobby.id)
    assert shown.interaction
    assert "beach" not in repr(shown)
