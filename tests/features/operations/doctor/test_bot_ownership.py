"""Whose the bot is, and who may do what by it: changed by hand, or open to all."""

import asyncio

import pytest

from bot.cli import main
from bot.sandbox.discord.standalone import APPLICATION_ID
from tests.features.operations.doctor.doctor_scenario import DoctorScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_rights_that_were_changed_by_hand_are_named_and_count_as_not_there(
    patient: DoctorScenario,
) -> None:
    """Whoever can write the database makes themselves the owner, and a chatter a manager."""
    owner = patient.house.rows("SELECT id, creator_uuid FROM links")[0]
    copy = patient.copied(
        "UPDATE links SET discord_user = 666000666000666",
        "UPDATE consents SET given_by = 666000666000666",
        by_hand=True,
    )

    found = await patient.examined(**copy)
    verified = await asyncio.to_thread(
        main.main, ["audit", "verify", "--env-file", str(patient.env_file(**copy))]
    )
    said = patient.capsys.readouterr().out
    well = await asyncio.to_thread(main.main, ["audit", "verify", "--env-file", str(patient.env_file())])

    verdict, line = found.line("rights")
    assert (found.code, verdict) == (1, "bad")
    assert line.startswith(f"changed by hand, so they count as not there: links {owner['id']}; consents ")
    assert found.line("creators")[1].startswith("nobody is linked")
    assert (verified, well) == (1, 0)
    assert "RIGHTS WERE CHANGED BY HAND. These rows" in said
    assert f"\n  links {owner['id']}\n  consents {owner['creator_uuid']}/" in said
    assert "666000666000666" not in found.text + said


async def test_a_bot_that_anybody_may_add_is_told(patient: DoctorScenario) -> None:
    """Unless only some servers are served; then the one that it serves no more is."""
    application = patient.house.stage.discord.world.applications[APPLICATION_ID]
    server = patient.house.stage.guild.id
    private = await patient.examined()
    application.public = True
    try:
        public = await patient.examined()
        listed = await patient.examined(DISCORD_SERVERS=f"{server}")
        other = await patient.examined(DISCORD_SERVERS="1")
    finally:
        application.public = False

    assert private.line("public bot")[0] == "ok"
    assert public.not_ok() == {"public bot": "warn"}
    assert "Public Bot off" in public.line("public bot")[1]
    assert listed.not_ok() == {}
    assert other.not_ok() == {"served": "warn"}
    assert f"Add {server} to DISCORD_SERVERS" in other.line("served")[1]
