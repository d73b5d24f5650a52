"""The whole program: what was only looked at stands in /team audit in plain words."""

from pathlib import Path

from tests.proofs.faults.live_bridge import PATIENCE, housed


async def test_a_preview_says_that_it_was_shown_and_no_number_of_ours(tmp_path: Path) -> None:
    async with housed(tmp_path) as house:
        owner, guild, lobby = house.stage.owner, house.stage.guild, house.stage.lobby
        looked = await owner.slash(guild, lobby, "mass new", to="subscribers", text="perhaps")
        await looked.done(PATIENCE)

        told = await (await owner.slash(guild, lobby, "team audit")).done(PATIENCE)

        line = next(one for one in told.text.splitlines() if "checked a mass message" in one)
        assert "checked a mass message before sending it · a preview was shown · <#" in line
        assert "version" not in told.text
