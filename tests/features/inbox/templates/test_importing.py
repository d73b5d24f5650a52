"""Templates from a file: all of it or nothing, once, and nothing replaced unasked."""

import json
from typing import Any

import pytest

from bot.access.permits import ActionConfirmation, Permit
from bot.access.policy import Action
from bot.engine.file_imports import LIFE
from bot.features.inbox.templates.service import MOST
from bot.model.ports import Post
from bot.relay.message_template import TypedTemplate
from bot.text.rejected_input import RejectedInput
from storage.database import Transaction
from storage.engine import audit_log
from storage.inbox import templates
from storage.records import Cents, DiscordId, DraftId, TemplateId
from tests.confirmations import pressed_by_mistake, yes_to
from tests.features.inbox.templates.templates_scenario import ITEM, LENA, TemplatesScenario
from tests.relay.relay_scenario import CREATOR, MAYA, whole


def entry(name: str, text: str | None = "hello", **other: Any) -> dict[str, Any]:
    return {"name": name, "text": text, **other}


async def lead(shelf: TemplatesScenario, who: DiscordId = LENA) -> Permit:
    return await shelf.permit(who, Action.TEMPLATE_IMPORT)


async def asked(shelf: TemplatesScenario, *entries: object, name: str = "file.json") -> Post | RejectedInput:
    """Lena sends a file with these."""
    return await shelf.importing.ask(await lead(shelf), name, json.dumps(entries).encode())


def said(found: Post | RejectedInput) -> str:
    return whole(found.post if isinstance(found, RejectedInput) else found)


def buttons(found: Post | RejectedInput) -> dict[str, DraftId]:
    """The labels of a question with what they refer to."""
    assert isinstance(found, Post), said(found)
    return {button.label: DraftId(button.ref) for button in found.buttons}


async def pressed(shelf: TemplatesScenario, question: Post | RejectedInput, *, replace: bool = False) -> str:
    """Lena presses Import."""
    return await shelf.importing.yes(await yes(shelf, question), replace=replace)


async def yes(
    shelf: TemplatesScenario, question: Post | RejectedInput, who: DiscordId = LENA
) -> ActionConfirmation:
    (ref,) = set(buttons(question).values())
    return yes_to(Action.TEMPLATE_IMPORT, ref, (await lead(shelf, who)).actor, CREATOR)


async def texts(shelf: TemplatesScenario) -> dict[str, str]:
    """What is kept, by name."""
    permit = await shelf.lead()
    kept = await shelf.room.database.read(lambda tx: shelf.finding.usable(tx, permit))
    return {one.name: shelf.finding.message(one).text or "" for one in kept}


@pytest.mark.parametrize("csv", [True, False], ids=["csv", "json"])
async def test_what_was_handed_over_is_taken_in_whole(shelf: TemplatesScenario, *, csv: bool) -> None:
    await shelf.write(TypedTemplate("Video", "=für {fan_name|love}", Cents(1250), (ITEM,), ITEM))
    await shelf.write(TypedTemplate("Hi", "hi", None), shared=True)
    content = (await shelf.handing.export(await shelf.lead(), csv=csv)).content
    for name in ("video", "hi"):
        await shelf.keeping.remove(await shelf.lead(), name)

    question = await shelf.importing.ask(await lead(shelf), "t.csv" if csv else "t.json", content)
    before = await shelf.names()
    done = await pressed(shelf, question)

    assert before == []
    assert "Imported: 2 new." in done
    again = (await shelf.handing.export(await shelf.lead(), csv=csv)).content
    assert sorted(again.splitlines()) == sorted(content.splitlines())
    lines = await shelf.room.database.read(lambda tx: audit_log.recent(tx, CREATOR, 9))
    assert [line.actor for line in lines if line.action == "template.import"] == [LENA]


async def test_every_bad_line_is_named_and_nothing_is_kept(shelf: TemplatesScenario) -> None:
    found = await asked(
        shelf,
        entry("Good"),
        entry("Cheap", price=299, media=[ITEM]),
        entry(" "),
        entry("good"),
        entry("Ours", None, shared=True, media=[ITEM]),
        entry("Odd", "hi {fan}"),
        {"colour": "red"},
    )

    assert isinstance(found, RejectedInput)
    assert found.post.buttons == ()
    why = [line.partition(":")[0] for line in found.post.body[1].splitlines()]
    assert why == ["entry 2", "entry 3", "entry 4", "entry 5", "entry 6", "entry 7"]
    assert "We can't use 6 lines of this file" in said(found)
    assert "same name as entry 1" in said(found)
    assert await shelf.names() == []


async def test_more_bad_lines_than_an_answer_holds_are_in_a_file(shelf: TemplatesScenario) -> None:
    found = await asked(shelf, *(entry("") for _ in range(200)))

    assert isinstance(found, RejectedInput)
    assert found.whole is not None
    assert len(found.whole.splitlines()) == 200
    assert len(said(found)) < 4000


@pytest.mark.parametrize(("replace", "then"), [(False, "mine"), (True, "theirs")], ids=["skip", "replace"])
async def test_what_is_there_already_is_asked_about(
    shelf: TemplatesScenario, *, replace: bool, then: str
) -> None:
    await shelf.write(TypedTemplate("Evening", "mine"))
    question = await asked(shelf, entry("EVENING", "theirs"), entry("New", "new"))

    done = await pressed(shelf, question, replace=replace)

    assert list(buttons(question)) == ["Import 1, leave 1 as is", "Import 1, replace 1", "No, leave it"]
    assert "Already here by name (1)**\nEVENING" in said(question)
    assert done.startswith(f"Imported: 1 new, 1 {'replaced' if replace else 'left as is'}.")
    assert {name.casefold(): text for name, text in (await texts(shelf)).items()} == {
        "evening": then,
        "new": "new",
    }


async def test_only_what_can_be_pressed_has_a_button(shelf: TemplatesScenario) -> None:
    await shelf.write(TypedTemplate("Evening", "mine"))

    new, there = await asked(shelf, entry("New")), await asked(shelf, entry("Evening"))

    assert list(buttons(new)) == ["Import 1", "No, leave it"]
    assert list(buttons(there)) == ["Replace 1", "No, leave it"]


async def test_a_question_counts_once_and_not_after_a_no_a_newer_file_a_quarter_or_a_restart(
    shelf: TemplatesScenario,
) -> None:
    once = await asked(shelf, entry("A"))
    await pressed(shelf, once)
    refused = await asked(shelf, entry("B"))
    (ref, _) = buttons(refused).values()
    left = await shelf.importing.no(await lead(shelf), ref)
    older, newer = await asked(shelf, entry("C")), await asked(shelf, entry("D"))
    restarted = TemplatesScenario(shelf.room)

    over = [
        await pressed(shelf, once, replace=True),
        await pressed(shelf, refused),
        await shelf.importing.no(await lead(shelf), ref),
        await pressed(shelf, older),
        await pressed(restarted, newer),
    ]
    shelf.room.clock.at += LIFE
    over.append(await pressed(shelf, newer))

    assert left == "Not imported."
    assert all("already answered" in said for said in over)
    assert await shelf.names() == ["A"]


async def test_another_member_presses_nothing(shelf: TemplatesScenario) -> None:
    question = await asked(shelf, entry("A"))

    said = await shelf.importing.yes(await yes(shelf, question, MAYA), replace=False)

    assert "already answered" in said
    assert await shelf.names() == []


async def test_a_press_that_is_none_to_this_question_imports_nothing(shelf: TemplatesScenario) -> None:
    press = await yes(shelf, await asked(shelf, entry("A")))

    await pressed_by_mistake(press, lambda forged: shelf.importing.yes(forged, replace=False))
    before = await shelf.names()
    await shelf.importing.yes(press, replace=False)

    assert (before, await shelf.names()) == ([], ["A"])


@pytest.mark.parametrize("replace", [True, False])
async def test_what_changed_since_the_question_is_not_replaced_and_not_doubled(
    shelf: TemplatesScenario, *, replace: bool
) -> None:
    await shelf.write(TypedTemplate("Evening", "mine"))
    question = await asked(shelf, entry("Evening", "theirs"), entry("New"))
    opened = await shelf.keeping.change(await shelf.lead(), "evening")
    await shelf.save(opened.ref, TypedTemplate("Evening", "mine, and better"))

    done = await pressed(shelf, question, replace=replace)

    assert "Someone just changed templates with these names, so yours were not imported" in done
    assert await texts(shelf) == {"Evening": "mine, and better"}


async def test_an_open_window_over_what_was_replaced_is_told(shelf: TemplatesScenario) -> None:
    await shelf.write(TypedTemplate("Evening", "mine"))
    opened = await shelf.keeping.change(await shelf.lead(), "evening")

    await pressed(shelf, await asked(shelf, entry("Evening", "theirs")), replace=True)
    told = whole(await shelf.save(opened.ref, TypedTemplate("Evening", "mine, and better")))

    assert "changed this template while your window was open" in told
    assert await texts(shelf) == {"Evening": "theirs"}


async def test_who_lost_the_right_meanwhile_imports_nothing(shelf: TemplatesScenario) -> None:
    press = await yes(shelf, await asked(shelf, entry("A")))
    await shelf.room.engage(LENA, "chatter")

    said = await shelf.importing.yes(press, replace=False)

    assert "You may no longer write templates for this creator" in said
    assert await shelf.names() == []


async def test_a_shared_one_needs_who_leads_every_team(shelf: TemplatesScenario) -> None:
    question = await asked(shelf, entry("Ours", shared=True))
    await shelf.another_creator()

    pressed_late = await pressed(shelf, question)
    found = await asked(shelf, entry("Own"), entry("Ours", shared=True))

    assert "Not saved" in pressed_late
    assert "entry 2: is for all creators of this server" in said(found)
    assert await shelf.names() == []


async def test_what_does_not_fit_is_refused_whole(shelf: TemplatesScenario) -> None:
    async def fill(tx: Transaction) -> None:
        for number in range(MOST - 1):
            name = f"t{number}"
            await templates.put(
                tx,
                templates.StoredTemplate(
                    TemplateId(name), templates.ANYWHERE, CREATOR, name, name, b"", LENA, 0
                ),
            )

    await shelf.room.database.write(fill)

    two = await asked(shelf, entry("A"), entry("B"))
    one = await asked(shelf, entry("A"), entry("B", shared=True))

    assert f"You have {MOST - 1} templates, 2 would be new, and {MOST} fit" in said(two)
    assert "Import 2" in buttons(one)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"", "neither a .csv nor a .json"),
        ("a.json", b"[]", "This file has no templates"),
        ("a.csv", b'name,text\nA,"b', "This isn't valid CSV from line 2 on"),
    ],
)
async def test_what_is_no_file_of_templates_says_so(
    shelf: TemplatesScenario, name: str, content: bytes, why: str
) -> None:
    assert why in said(await shelf.importing.ask(await lead(shelf), name, content))
