"""The setup from an empty folder to a start, left and continued, changed later."""

import asyncio
import stat
from pathlib import Path

import pytest

from bot.features.operations.installation.model import AnswerVerdict
from bot.features.operations.installation.questions import (
    DISCORD_SECRET,
    FANVUE_ID,
    FANVUE_SECRET,
    LISTEN,
    PUBLIC,
    TOKEN,
)
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.standalone import APPLICATION_ID
from bot.sandbox.fanvue.default_world import CLIENT_ID
from bot.settings.loader import load
from tests.features.operations.installation.setup_fixtures import answered, begun, verdict
from tests.newcomer.desk import ORDER, OTHER_ID, OTHER_TOKEN, desk

SECRETS = (TOKEN, DISCORD_SECRET, FANVUE_SECRET)


async def test_six_typed_values_are_enough_and_everything_else_follows(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        setup = await answered(made, *ORDER[:6])
        view = setup.overview()
        settings = load(made.environ, made.env_file)

        assert view.ready, view.first
        assert view.key_made
        assert settings.discord_application_id == APPLICATION_ID
        assert settings.discord_redirect_uri == f"{made.public}/oauth/discord/callback"
        assert settings.fanvue_redirect_uri == f"{made.public}/oauth/fanvue/callback"
        assert (settings.fanvue_subscribe, settings.fanvue_webhook_secrets) == ("auto", ())
        assert len(settings.encryption_keys) == 1
        assert stat.S_IMODE(made.env_file.stat().st_mode) == 0o600
        assert list(made.folder.glob("*")) == [made.env_file]
        assert made.discord.contract_errors == []


async def test_nothing_shows_a_secret_once_it_is_kept(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        await answered(made, *ORDER[:6])
        setup = await begun(made)  # as on another day
        shown = f"{setup.overview()!r} {vars(setup)['_answers']!r}"

        key = load(made.environ, made.env_file).encryption_keys[0].secret.get_secret_value()
        assert [name for name in SECRETS if made.right[name] in shown] == []
        assert str(key) not in shown


async def test_it_goes_on_where_it_was_left_and_tries_what_is_kept(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        await answered(made, PUBLIC, LISTEN, TOKEN)
        before = made.kept()

        setup = await begun(made)

        assert made.kept() == before
        following = setup.overview().next_field
        assert following is not None
        assert following.question.name == DISCORD_SECRET
        assert [verdict(setup, name) for name in (PUBLIC, LISTEN, TOKEN)] == [AnswerVerdict.OK] * 3
        assert setup.overview().invite_url is not None


async def test_a_single_value_is_changed_later_and_nothing_else_in_the_file(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        await answered(made, *ORDER)
        made.env_file.write_text("# mine\nLOG_LEVEL=DEBUG\n\n" + made.kept())
        before = made.kept().splitlines()
        made.fanvue.world.apps[CLIENT_ID].client_secret = "rotated-secret"

        setup = await begun(made)
        stale = verdict(setup, FANVUE_SECRET)
        fresh = await setup.answer(FANVUE_SECRET, "rotated-secret")

        assert (stale, fresh.verdict) == (AnswerVerdict.WRONG, AnswerVerdict.OK)
        after = made.kept().splitlines()
        assert [line for line in after if line not in before] == ["FANVUE_CLIENT_SECRET=rotated-secret"]
        assert len(after) == len(before)
        assert setup.overview().ready


async def test_a_new_address_brings_its_redirects_and_says_where_they_are_missing(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        setup = await answered(made, *ORDER)

        found = await setup.answer(PUBLIC, f"http://localhost:{made.port}")

        assert found.good
        assert f"DISCORD_REDIRECT_URI=http://localhost:{made.port}/oauth/discord/callback" in made.kept()
        assert verdict(setup, DISCORD_SECRET) is AnswerVerdict.FIRST
        assert verdict(setup, FANVUE_ID) is AnswerVerdict.FIRST
        made.application.redirect_uris = (f"http://localhost:{made.port}/oauth/discord/callback",)
        app = made.fanvue.world.apps[CLIENT_ID]
        app.redirect_uris = (f"http://localhost:{made.port}/oauth/fanvue/callback",)
        await setup.check_again()
        assert setup.overview().ready, setup.overview().first


async def test_with_the_secret_fanvues_refusal_is_known_to_be_the_redirect(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.fanvue.world.apps[CLIENT_ID].redirect_uris = ()
        setup = await answered(made, PUBLIC, LISTEN)
        first = await setup.answer(FANVUE_ID, CLIENT_ID)
        await setup.answer(FANVUE_SECRET, made.right[FANVUE_SECRET])
        field = next(one for one in setup.overview().fields if one.question.name == FANVUE_ID)

        assert "compare the Client ID" in first.do
        assert field.answer is not None
        assert "The Client ID is right" in field.answer.says


async def test_the_bots_server_and_rights_are_looked_at(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.guild.members.pop(made.application.user.id)
        setup = await answered(made, *ORDER)
        nowhere = setup.overview()
        made.discord.world.invite_bot(made.guild, made.application, may.VIEW_CHANNEL)
        await setup.check_again()
        weak = setup.overview()

        assert nowhere.ready
        assert nowhere.server is not None
        assert nowhere.server.says == "The bot is on no server yet."
        assert any("invite link" in line for line in nowhere.later)
        assert weak.server is not None
        assert "lacks: Manage Channels, Manage Roles" in weak.server.says
        assert not weak.ready


async def test_the_invite_link_asks_for_what_is_needed_and_no_more(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        setup = await answered(made, TOKEN)
        link = setup.overview().invite_url

        assert link is not None
        assert f"client_id={APPLICATION_ID}&scope=bot+applications.commands&permissions=" in link
        # https://discord.com/developers/docs/topics/permissions, bit by bit
        names = {4: "channels", 10: "view", 11: "send", 16: "history", 28: "roles", 34: "threads"}
        names |= {35: "make threads", 38: "write in threads", 52: "bypass slowmode"}
        assert int(link.rpartition("=")[2]) == sum(1 << bit for bit in names)


@pytest.mark.parametrize("written", ["9" * 5_000, "\u0663"])
async def test_an_application_that_is_no_number_has_no_invite_link(tmp_path: Path, written: str) -> None:
    async with desk(tmp_path) as made:
        made.more["DISCORD_APPLICATION_ID"] = written
        setup = await begun(made)

        assert setup.overview().invite_url is None


async def test_without_the_network_what_was_right_stays_and_is_unsure(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        await answered(made, *ORDER)
        made.more |= {
            "DISCORD_API_URL": "http://127.0.0.1:1/api/v10",
            "FANVUE_AUTH_URL": "http://127.0.0.1:1",
        }

        setup = await begun(made)

        for name in (TOKEN, DISCORD_SECRET, FANVUE_ID, FANVUE_SECRET):
            assert verdict(setup, name) is AnswerVerdict.UNSURE, name
        assert setup.overview().ready


async def test_where_the_bridge_runs_already_it_is_said_instead_of_started(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        await answered(made, *ORDER)

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
            writer.close()

        async with await asyncio.start_server(answer, "127.0.0.1", made.port):
            view = (await begun(made)).overview()

        assert view.running
        assert view.ready, view.first
        assert view.fields[0].answer is not None
        assert view.fields[0].answer.says == "It leads to this machine."


async def test_a_bot_that_anyone_may_add_is_said_among_what_comes_later(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.application.public = True

        view = (await answered(made, *ORDER)).overview()

        assert view.ready
        assert any("Public Bot off" in line for line in view.later)


async def test_a_token_of_another_bot_is_taken_as_long_as_nothing_was_started(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        setup = await answered(made, PUBLIC, LISTEN, TOKEN, DISCORD_SECRET)

        found = await setup.answer(TOKEN, OTHER_TOKEN)

        assert found.good
        assert f"DISCORD_APPLICATION_ID={OTHER_ID}\n" in made.kept()
        assert verdict(setup, DISCORD_SECRET) is AnswerVerdict.WRONG  # it is the first bot's
