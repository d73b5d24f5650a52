"""All that is kept of somebody, as a file: whole, of nobody else, without keys."""

import json
from typing import Any

from bot.features.people.privacy.export_texts import SAYS
from bot.features.people.privacy.exporter import Exporter
from bot.model.events import Paid
from storage.people import pauses
from storage.people.pauses import Pause, PauseKind
from storage.records import DiscordId, FanId
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, NOAH

NOBODY = DiscordId(99)
EMMAS, NOAHS, OURS = "what emma wrote", "what noah wrote", "what we answered"


async def exported(manor: PrivacyScenario, fan: FanId | None) -> tuple[str, dict[str, Any]]:
    pieces: list[str] = []
    exporter = Exporter(sealer=manor.sealer, names=manor.effects.trail.pseudonyms, write=pieces.append)
    await manor.database.read(lambda tx: exporter.export(tx, CREATOR, fan, now=manor.clock.now()))
    text = "".join(pieces)
    return text, json.loads(text)


async def a_talk(manor: PrivacyScenario) -> None:
    await manor.happen(manor.wrote(EMMAS))
    await manor.reply(OURS)
    await manor.happen(manor.wrote(NOAHS, NOAH))


async def test_of_a_creator_everything_is_there_with_a_readme_first(manor: PrivacyScenario) -> None:
    await a_talk(manor)

    text, found = await exported(manor, None)

    assert next(iter(found)) == "readme"
    assert list(found)[4:] == list(SAYS)
    assert all(words in text for words in (EMMAS, NOAHS, OURS, "quiet-otter", "loud-owl"))
    assert "reply" in {row["action"] for row in found["audit"]}
    assert len(found["messages"]) == 3


async def test_the_readme_explains_each_part_of_its_own_file_and_no_other(manor: PrivacyScenario) -> None:
    await a_talk(manor)

    for fan in (None, EMMA.id):
        _, found = await exported(manor, fan)
        parts = [name for name, rows in found.items() if isinstance(rows, list) and name != "readme"]
        explained = [line.split(":")[0] for line in found["readme"] if line.split(":")[0] in SAYS]
        assert explained == parts
        assert (
            (
                "For a single fan only what is about them is here; what is about the creator or "
                "the team alone is in the file of the whole creator"
            )
            in " ".join(found["readme"])
        ) is (fan is not None)


async def test_how_a_chat_stands_is_in_it_and_each_of_its_columns_is_explained(
    manor: PrivacyScenario,
) -> None:
    await a_talk(manor)

    _, found = await exported(manor, EMMA.id)

    (talk,) = found["talks"]
    (line,) = [one for one in found["readme"] if one.startswith("talks: ")]
    assert (talk["owner_id"], talk["last_out_by"]) == (MAYA, "member")
    assert [column for column in talk if column not in line] == ["creator_uuid", "fan_uuid"]


async def test_the_team_and_what_was_asked_are_in_it_and_of_one_fan_only_what_names_them(
    manor: PrivacyScenario,
) -> None:
    await a_talk(manor)
    asked = [
        await manor.privacy.forgetting.ask(await manor.owner(), MAYA, await manor.thread(fan))
        for fan in (EMMA, NOAH)
    ]
    for number, pause in enumerate(
        ((PauseKind.CREATOR, CREATOR, None), (PauseKind.ALL, None, MAYA), (PauseKind.ALL, None, NOBODY))
    ):
        row = Pause(f"p{number}", *pause, by=MAYA, since=1)
        await manor.database.write(lambda tx, row=row: pauses.begin(tx, row))  # type: ignore[misc]  # one each

    _, whole = await exported(manor, None)
    _, emmas = await exported(manor, EMMA.id)

    refs = [question.buttons[0].ref for question in asked]
    assert {row["side"] for row in whole["consents"]} == {"server"}
    assert [row["id"] for row in whole["pauses"]] == ["p0", "p1"]
    assert sorted(row["id"] for row in whole["drafts"]) == sorted(refs)
    assert [row["id"] for row in emmas["drafts"]] == refs[:1]
    assert "pauses" not in emmas


async def test_of_one_fan_there_is_what_is_theirs_and_of_nobody_else(manor: PrivacyScenario) -> None:
    await a_talk(manor)

    text, found = await exported(manor, EMMA.id)

    assert all(words in text for words in (EMMAS, OURS, "quiet-otter"))
    assert [words for words in (NOAHS, NOAH.id, "loud-owl") if words in text] == []
    assert [row["fan_uuid"] for row in found["fans"]] == [EMMA.id]
    assert [row["body"]["text"] for row in found["commands"]] == [OURS]
    assert len(found["audit"]) >= 1


async def test_of_one_fan_there_are_their_payments_and_nobody_elses(manor: PrivacyScenario) -> None:
    now = manor.clock.now()
    for number, fan in enumerate((EMMA, NOAH)):
        tip = Paid(
            creator=CREATOR, fan=fan, at=now, source="tip", gross=700 + number, payment=f"pay-{number}"
        )
        await manor.happen(tip, kind="payment", key=f"p{number}")

    _, found = await exported(manor, EMMA.id)

    assert [row["gross"] for row in found["payments"]] == [700]


async def test_no_token_or_key_is_in_it(manor: PrivacyScenario) -> None:
    await a_talk(manor)

    text, found = await exported(manor, None)

    assert "token-" not in text
    assert [name for name in found if name in {"tokens", "pseudonyms", "subscriptions", "instance"}] == []
    assert not any(
        column.endswith("_ct")
        for rows in found.values()
        if isinstance(rows, list)
        for row in rows
        if isinstance(row, dict)
        for column in row
    )


async def test_what_was_erased_says_so(manor: PrivacyScenario) -> None:
    await a_talk(manor)
    await manor.days(31)

    text, found = await exported(manor, EMMA.id)

    assert EMMAS not in text
    assert {"erased": True} in [row["body"] for row in found["outbox"]]
