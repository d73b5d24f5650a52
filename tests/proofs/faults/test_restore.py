"""The restore drill with the real program: nothing is done a second time (T15)."""

import pytest

from tests.proofs.faults.live_bridge import LiveBridge, housed, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


def shown(house: LiveBridge) -> dict[int, str]:
    """Every message of the fans' threads by its id, as its first line."""
    threads = house.stage.discord.world.threads(house.stage.guild.id)
    return {m.id: plain(m).split("\n")[0] for thread in threads for m in house.messages(thread)}


def refreshes(house: LiveBridge) -> list[int]:
    ledger = house.stage.fanvue.ledger
    return [len(ledger.of(f"token.{kind}")) for kind in ("refreshed", "graced", "reuse")]


@pytest.mark.fault("E4")
async def test_after_a_restore_only_what_is_new_is_shown_and_nothing_is_sent(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    async with housed(tmp_path_factory.mktemp("drill")) as house:
        eva, zoe = house.fan("Eva"), house.fan("Zoe")
        thread = await house.greeted(eva)
        await house.command("backup", "--to", str(house.folder / "yesterday.sqlite3"))
        await eva.write("after the backup")
        await house.shows(eva, "after the backup")
        fresh = await house.greeted(zoe, "I am new")
        for there, fan in ((thread, eva), (fresh, zoe)):
            await house.reply(there, text="good evening")
            await house.shows(fan, "✓ Sent")
        before, renewed = shown(house), refreshes(house)
        await house.stage.bridge.kill()
        await eva.write("while nobody was there")

        await house.command("restore", str(house.folder / "yesterday.sqlite3"))
        listed = await house.command("restored")
        await house.command("restored", "accept")
        await house.stage.bridge.start()
        await house.shows(eva, "while nobody was there")
        await zoe.write("and now?")
        await house.shows(zoe, "and now?")

        after = shown(house)
        assert "comes from a backup made at" in listed
        assert {made: after.get(made) for made in before} == before
        assert sorted(text for made, text in after.items() if made not in before) == [
            "and now?",
            "while nobody was there",
        ]
        assert [len(house.threads(fan)) for fan in (eva, zoe)] == [1, 1]
        assert [house.posts_to(fan) for fan in (eva, zoe)] == [1, 1]
        assert refreshes(house) == renewed


@pytest.mark.fault("E4")
async def test_after_a_restore_no_message_joins_a_post_from_before_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    # Our reply stands below that post, and the restored database does not know of it.
    async with housed(tmp_path_factory.mktemp("drill")) as house:
        await house.restart(BURST_SECONDS="30")
        zoe = house.fan("Zoe")
        await house.command("backup", "--to", str(house.folder / "yesterday.sqlite3"))
        thread = await house.greeted(zoe, "I am new")
        await house.reply(thread, text="good evening")
        await house.shows(zoe, "✓ Sent")
        await house.stage.bridge.kill()
        await zoe.write("and now?")

        await house.command("restore", str(house.folder / "yesterday.sqlite3"))
        await house.command("restored", "accept")
        await house.stage.bridge.start()
        await house.shows(zoe, "and now?")

        last = house.messages(house.threads(zoe)[0])[-1]
        assert plain(last).startswith("and now?")
        assert "I am new" not in plain(last)
