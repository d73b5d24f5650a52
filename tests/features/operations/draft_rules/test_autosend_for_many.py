"""Drafts for many leave by a rule, unless a person has to look."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from tests.features.operations.channel_drafts.channel_scenario import ChannelDraftScenario
from tests.features.operations.draft_rules.autosend_scenario import AutosendScenario
from tests.proofs.faults.live_bridge import PATIENCE, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="package")


class MassMessagesByRule(ChannelDraftScenario):
    path = "mass-drafts"
    title = "Mass message"


class MassMessagesInGerman(MassMessagesByRule):
    """Their lines, where the creator's channels are German."""

    def lines(self) -> list[StandInMessage]:
        found = self.house.reports()
        return [m for m in found if "Massennachricht, entworfen von" in plain(m) and labels(m)]


class PostsByRule(ChannelDraftScenario):
    path = "post-drafts"
    title = "Post"


class TemplatesByRule(ChannelDraftScenario):
    path = "template-drafts"
    title = "Template"


def entries(writer: AutosendScenario, kind: str, text: str) -> Sequence[FanvueLedgerEntry]:
    """What Fanvue accepted of this kind with this text."""
    return [one for one in writer.house.stage.fanvue.ledger.of(kind) if one["text"] == text]


async def line_says(writer: AutosendScenario, line: StandInMessage, words: str) -> str:
    """The same line, once it has these words."""

    def now() -> str:
        return next((plain(m) for m in writer.house.reports() if m.id == line.id), "")

    await writer.house.until(lambda: words in now())
    return now()


def list_of(writer: AutosendScenario, name: str) -> None:
    world, creator = writer.house.stage.fanvue.world, writer.house.stage.creator
    world.add_list(creator, name, [writer.house.fan(f"{name} fan")])


async def test_a_mass_message_is_sent_once_and_names_the_rule(writer: AutosendScenario) -> None:
    list_of(writer, "Ruled")
    drafts, key = MassMessagesByRule(writer), await writer.key()
    on = await writer.allows(kind="mass_message", limit=3, wait=1)
    draft, line = await drafts.drafted(key, text="Tonight, by rule", to=["Ruled"])
    waiting = plain(line)
    await line_says(writer, line, "confirmed by the owner's rule")
    await writer.house.until(lambda: len(entries(writer, "mass", "Tonight, by rule")) == 1)
    told = await drafts.tells(key, draft)

    assert on == "Mass messages: Up to 3 a day, at any time, each after 1 minute"
    assert "The owner's rule confirms it" in waiting
    assert (told["state"], told["by"]) == ("taken", str(writer.house.stage.owner.user.id))
    audit = (await writer.commands("team audit")).text
    assert "sent by the owner's rule" in audit


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("something for a person to weigh", {"text": "Twice the same, by rule", "to": ["Again"]}),
        ("Nowhere", {"text": "To a list that is none", "to": ["Nowhere"]}),
    ],
)
async def test_what_a_preview_warns_of_or_cannot_be_waits_for_people(
    writer: AutosendScenario, words: str, body: dict[str, Any]
) -> None:
    list_of(writer, "Again")
    drafts, key = MassMessagesByRule(writer), await writer.key()
    await writer.allows(kind="mass_message", limit=9, wait=1)
    _, first = await drafts.drafted(key, text="Twice the same, by rule", to=["Again"])
    await line_says(writer, first, "confirmed by the owner's rule")
    before = len(entries(writer, "mass", body["text"]))
    draft, line = await drafts.drafted(key, **body)
    said = await line_says(writer, line, "Not confirmed by the owner's rule.")

    assert words in said
    assert len(entries(writer, "mass", body["text"])) <= max(before, 1)
    assert (await drafts.tells(key, draft))["state"] == "waiting"
    (now,) = (m for m in writer.house.reports() if m.id == line.id)
    assert {"Open", "Discard"} <= set(labels(now))


async def test_that_fanvue_is_away_is_said_in_the_channels_language(
    writer: AutosendScenario,
) -> None:
    list_of(writer, "Away")
    drafts, key = MassMessagesInGerman(writer), await writer.key()
    await writer.allows(kind="mass_message", limit=9, wait=1)
    await writer.commands("settings language", language="de")
    away = writer.house.stage.fanvue.faults.add("error_before", "GET", "/lists", count=None, status=503)
    try:
        draft, line = await drafts.drafted(key, text="Nobody can look", to=["Away"])
        said = await line_says(writer, line, "Nicht nach der Regel des Inhabers bestätigt.")
    finally:
        writer.house.stage.fanvue.faults.waiting.remove(away)
        await writer.commands("settings language", language="en")

    assert "Wir erreichen Fanvue gerade nicht, darum wurde es nicht gesendet. Öffne den Entwurf" in said
    assert (await drafts.tells(key, draft))["state"] == "waiting"


async def test_a_post_is_published_by_a_rule_of_its_own(writer: AutosendScenario) -> None:
    drafts, key = PostsByRule(writer), await writer.key()
    await writer.allows(kind="mass_message", limit=3, wait=1)
    other, line = await drafts.drafted(key, text="Needs a press")
    without = plain(line)
    await drafts.tells(key, other, "DELETE")
    await writer.allows(kind="post", limit=3, wait=1)
    draft, line = await drafts.drafted(key, text="A quiet morning, by rule")
    await line_says(writer, line, "confirmed by the owner's rule")
    await writer.house.until(lambda: len(entries(writer, "post", "A quiet morning, by rule")) == 1)

    assert "The owner's rule" not in without
    assert (await drafts.tells(key, draft))["state"] == "taken"
    assert entries(writer, "post", "Needs a press") == []


async def test_a_template_is_saved_by_a_rule(writer: AutosendScenario) -> None:
    drafts, key = TemplatesByRule(writer), await writer.key()
    await writer.allows(kind="template", limit=3, wait=1)
    _, line = await drafts.drafted(key, name="Ruled hello", text="Hello {fan_name}")
    await line_says(writer, line, "confirmed by the owner's rule")
    shown = (await writer.commands("template list")).text

    assert "Ruled hello" in shown


async def test_who_opens_it_has_it_for_good(writer: AutosendScenario) -> None:
    drafts, key = TemplatesByRule(writer), await writer.key()
    await writer.allows(kind="template", limit=3, wait=60)
    draft, line = await drafts.drafted(key, name="Opened hello", text="Hello")
    await (await writer.house.stage.owner.click(line, "Open")).opened(PATIENCE)
    await line_says(writer, line, "Written by a program. Open")
    shown = (await writer.commands("template list")).text

    assert "Opened hello" not in shown
    assert (await drafts.tells(key, draft))["state"] == "waiting"


async def test_a_pause_stops_what_reaches_nobody_yet_too(writer: AutosendScenario) -> None:
    drafts, key = TemplatesByRule(writer), await writer.key()
    await writer.allows(kind="template", limit=3, wait=5)  # time for the pause, on a busy machine too
    draft, line = await drafts.drafted(key, name="Paused hello", text="Hello")
    await writer.commands("pause creator")
    try:
        said = await line_says(writer, line, "Not confirmed by the owner's rule.")
    finally:
        await writer.commands("pause off")

    assert "Paused by" in said
    assert (await drafts.tells(key, draft))["state"] == "waiting"
