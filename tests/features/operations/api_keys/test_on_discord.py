"""/settings keys: the owner makes, sees and revokes a key; nobody else does."""

import re

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.proofs.faults.live_bridge import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def keys(
    program: ApiKeyScenario, deed: str, *, by: DiscordPerson | None = None, **values: str
) -> InteractionAnswer:
    stage = program.house.stage
    asked = await (by or stage.owner).slash(stage.guild, stage.lobby, f"settings keys {deed}", **values)
    return await asked.done(PATIENCE)


async def test_an_owner_makes_a_key_sees_its_use_and_revokes_it(program: ApiKeyScenario) -> None:
    stage = program.house.stage
    made = await keys(program, "new", name="my **bot**", role="viewer")
    (text,) = re.findall(r"fbk\.[\w.-]+", made.text)
    unused = await keys(program, "show")
    status, told, _ = await program.reads(text)
    used = await keys(program, "show")
    offered = await stage.owner.autocomplete(stage.guild, stage.lobby, "settings keys revoke", "key", "MY")
    (choice,) = [one for one in offered if text.split(".")[1] == one["value"]]
    revoked = await keys(program, "revoke", key=choice["value"])
    after, _, _ = await program.reads(text)

    assert made.ephemeral
    assert f"{stage.bridge._settings['PUBLIC_URL']}/api/v1/creators/luna.rivers/context" in made.text
    assert "shown only this once" in made.text
    assert (choice["name"], "never used" in unused.text) == ("my **bot** · viewer", True)
    assert (status, told["figures"], "last used" in used.text) == (200, "hidden", True)
    assert "is revoked" in revoked.text
    assert (after, text in used.text + revoked.text) == (401, False)


async def test_a_colleague_is_not_even_told_that_there_are_keys(program: ApiKeyScenario) -> None:
    mara = program.house.stage.members["mara"]
    made = await keys(program, "new", by=mara, name="mine", role="owner")
    shown = await keys(program, "show", by=mara)

    assert "fbk." not in made.text + shown.text
    assert program.house.rows("SELECT 1 FROM api_keys WHERE name = 'mine'") == []


async def test_a_key_that_is_not_there_is_named_so(program: ApiKeyScenario) -> None:
    assert (await keys(program, "revoke", key="n8n")).text == "This creator has no such key."


async def test_settings_say_how_many_programs_have_one(program: ApiKeyScenario) -> None:
    stage = program.house.stage
    await program.made()
    panel = await (await stage.owner.slash(stage.guild, stage.lobby, "settings show")).done(PATIENCE)

    assert re.search(r"Programs with a key.*\d+ program", panel.text.replace("\n", " "))


async def test_who_made_a_key_is_in_the_audit_log(program: ApiKeyScenario) -> None:
    made = await keys(program, "new", name="audited", role="chatter")
    key = re.findall(r"fbk\.([\w-]+)\.", made.text)[0]

    (line,) = program.house.rows("SELECT actor FROM audit WHERE target = ?", f"{key} chatter")

    assert line["actor"] == program.house.stage.owner.user.id
