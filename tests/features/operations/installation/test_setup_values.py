"""What the setup does with one value, and with what stands beside it."""

import asyncio
import stat
from pathlib import Path

import pytest

from bot.features.operations.installation.model import AnswerVerdict
from bot.features.operations.installation.questions import (
    DISCORD_SECRET,
    FANVUE_ID,
    FANVUE_SECRET,
    HOOKS,
    LISTEN,
    PUBLIC,
    TOKEN,
)
from bot.sandbox.discord.standalone import APPLICATION_ID
from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.settings.loader import load
from tests.architecture.source_tree import TOP
from tests.features.operations.installation.setup_fixtures import answered, begun, verdict
from tests.newcomer.desk import ORDER, desk


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (TOKEN, "  Bot {} \n"),
        (TOKEN, '"{}"'),
        (TOKEN, "DISCORD_TOKEN={}"),
        (PUBLIC, "{}/"),
        (DISCORD_SECRET, "'{}'"),
    ],
)
async def test_what_is_copied_along_is_left_away(tmp_path: Path, name: str, typed: str) -> None:
    async with desk(tmp_path) as made:
        setup = await answered(made, *ORDER[: ORDER.index(name)])

        found = await setup.answer(name, typed.format(made.right[name]))

        assert found.good, found
        assert f"{name}={made.right[name]}\n" in made.kept()


async def test_a_token_in_another_field_is_never_sent_away(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        setup = await begun(made)
        asked = len(made.fanvue.ledger.of("request"))

        found = await setup.answer(FANVUE_ID, made.right[TOKEN])

        assert found.says == "This is a bot token."
        assert len(made.fanvue.ledger.of("request")) == asked
        assert made.kept() == ""


async def test_what_stands_in_the_environment_is_not_changed_in_the_file(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.more[TOKEN] = made.right[TOKEN]
        setup = await begun(made)

        found = await setup.answer(TOKEN, made.right[TOKEN])

        assert "environment" in found.says
        assert verdict(await begun(made), TOKEN) is AnswerVerdict.OK
        assert made.right[TOKEN] not in made.kept()


async def test_a_file_that_others_may_read_is_closed_to_them(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.env_file.write_text(f"DISCORD_TOKEN={made.right[TOKEN]}\n")
        made.env_file.chmod(0o644)

        setup = await begun(made)

        assert stat.S_IMODE(made.env_file.stat().st_mode) == 0o600
        assert verdict(setup, TOKEN) is AnswerVerdict.OK


async def test_no_key_is_made_where_a_database_may_need_another(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        await answered(made, *ORDER)
        lines = [line for line in made.kept().splitlines() if not line.startswith("ENCRYPTION_KEYS=")]
        made.env_file.write_text("\n".join(lines) + "\n")
        (tmp_path / "bridge.sqlite3").touch()

        setup = await begun(made)

        assert "ENCRYPTION_KEYS" not in made.kept()
        assert any("ENCRYPTION_KEYS is missing" in one.says for one in setup.overview().first)


async def test_a_signing_secret_is_kept_and_an_empty_one_lets_the_bridge_subscribe(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        setup = await answered(made, *ORDER[:6])

        with_secret = await setup.answer(HOOKS, WEBHOOK_SECRET)
        manual = load(made.environ, made.env_file)
        without = await setup.answer(HOOKS, "")
        auto = load(made.environ, made.env_file)

        assert (with_secret.verdict, without.verdict) == (AnswerVerdict.UNSURE, AnswerVerdict.OK)
        assert (manual.fanvue_subscribe, len(manual.fanvue_webhook_secrets)) == ("manual", 1)
        assert (auto.fanvue_subscribe, auto.fanvue_webhook_secrets) == ("auto", ())


async def test_what_was_written_wrong_by_hand_is_said_before_a_start(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        await answered(made, *ORDER)
        made.env_file.write_text(made.kept() + "LOG_LEVEL=LOUD\nPUBLIC_ULR=x\n")

        view = (await begun(made)).overview()

        said = " ".join(one.says for one in view.first)
        assert "LOG_LEVEL must be" in said
        assert "PUBLIC_ULR is no setting: did you mean PUBLIC_URL?" in said


async def test_commands_that_discord_sends_elsewhere_are_said_first(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.application.interactions_url = "https://elsewhere.example.org/interactions"

        setup = await begun(made)
        found = await setup.answer(TOKEN, made.right[TOKEN])

        assert found.verdict is AnswerVerdict.FIRST
        assert "empty Interactions Endpoint URL" in found.do


@pytest.mark.parametrize(
    ("typed", "says", "cure"),
    [
        ("192.0.2.7:8080", "is not an address of this machine", "Choose 127.0.0.1"),
        ("localhost", "must be host:port", "127.0.0.1:8080"),
        ("99999", "must be host:port", "127.0.0.1:8080"),
    ],
)
async def test_a_place_where_nobody_can_listen_is_named(
    tmp_path: Path, typed: str, says: str, cure: str
) -> None:
    async with desk(tmp_path) as made:
        found = await (await begun(made)).answer(LISTEN, typed)

        assert (says in found.says, cure in found.do) == (True, True), found
        assert made.kept() == ""


async def test_what_is_tried_together_is_asked_in_order(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        setup = await begun(made)

        secret = await setup.answer(DISCORD_SECRET, made.right[DISCORD_SECRET])
        fields = {one.question.name: one.waits_for for one in setup.overview().fields}

        assert secret.says == "“Public address” comes first: this is tried with it."
        assert fields[FANVUE_SECRET] == "Fanvue: Client ID"
        assert (fields[TOKEN], fields[HOOKS]) == (None, None)
        assert made.kept() == ""


async def test_health_gets_another_port_where_the_usual_one_is_in_use(tmp_path: Path) -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with desk(tmp_path) as made:
        try:
            taken = await asyncio.start_server(answer, "127.0.0.1", 9090)
        except OSError:
            taken = None  # somebody has it already
        await answered(made, TOKEN)
        if taken is not None:
            taken.close()

    found = dict(line.split("=", 1) for line in made.kept().splitlines() if "=" in line)
    assert found["ADMIN_LISTEN"].startswith("127.0.0.1:909")
    assert found["ADMIN_LISTEN"] != "127.0.0.1:9090"


async def test_a_file_that_was_begun_by_hand_gets_what_follows(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        right = made.right
        names = (PUBLIC, LISTEN, TOKEN, DISCORD_SECRET, FANVUE_ID, FANVUE_SECRET)
        made.env_file.write_text("".join(f"{name}={right[name]}\n" for name in names))

        view = (await begun(made)).overview()

        assert view.ready, view.first
        settings = load(made.environ, made.env_file)
        assert settings.discord_redirect_uri == f"{made.public}/oauth/discord/callback"
        assert settings.discord_application_id == APPLICATION_ID
        assert len(settings.encryption_keys) == 1


async def test_a_wrong_value_does_not_take_the_place_of_a_right_one(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        setup = await answered(made, *ORDER)
        before = made.kept()

        wrong = await setup.answer(FANVUE_SECRET, "no-secret")
        again = await setup.answer(FANVUE_SECRET, "")

        assert "What was kept before stays" in wrong.do
        assert again.verdict is AnswerVerdict.OK
        assert made.kept() == before
        assert setup.overview().ready


async def test_the_example_that_was_copied_is_filled_in_where_it_is(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.env_file.write_text((TOP / ".env.example").read_text(encoding="utf-8"))
        before = made.kept().splitlines()

        setup = await answered(made, *ORDER)

        assert setup.overview().ready, setup.overview().first
        after = made.kept().splitlines()
        assert len(after) == len(before)
        assert [line.partition("=")[0] for line in after] == [line.partition("=")[0] for line in before]
        assert load(made.environ, made.env_file).fanvue_subscribe == "auto"


@pytest.mark.parametrize(
    "line",
    [
        "FANVUE_SUBSCRIBE=manual",
        "DISCORD_REDIRECT_URI=http://x",
        "PUBLIC_URL=nonsense",
        "LISTEN=x",
        "DISCORD_TOKEN='a b'",
    ],
)
async def test_what_is_wrong_in_the_file_is_asked_for_and_stops_nothing(tmp_path: Path, line: str) -> None:
    async with desk(tmp_path) as made:
        made.env_file.write_text(f"{line}\n")

        setup = await begun(made)
        for one in setup.overview().fields:
            assert one.answer is None or "setup.invalid" not in one.answer.says
        for name in ORDER:
            await setup.answer(name, made.right[name])

        assert setup.overview().ready, setup.overview().first
