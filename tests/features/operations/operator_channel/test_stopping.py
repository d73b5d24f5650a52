"""A bridge that cannot go on says so once, whatever starts it again."""

import re
from pathlib import Path

import pytest

from bot.features.operations.operator_channel.addresses import addresses_of, switch_of
from bot.features.operations.operator_channel.service import operator_channel, tell_stopped
from bot.features.operations.operator_channel.texts import SENTENCES, STOPPED
from bot.settings.loader import load
from bot.settings.model import Settings
from tests.deploy.alert_rules import rules
from tests.fanvue.peer_stand_in import hang_up, reply
from tests.features.operations.operator_channel.operator_scenario import (
    OperatorClock,
    OperatorScenario,
    operated,
)
from tests.features.operations.operator_channel.test_channel import looks
from tests.settings.test_settings import WHOLE, problems


def settings_of(scene: OperatorScenario) -> Settings:
    return load(
        {
            **WHOLE,
            "DATABASE_URL": f"sqlite:///{scene.folder}/bridge.sqlite3",
            "OPERATOR_WEBHOOK_URL": f"{scene.hook.url}/a-secret-hook",
            "OPERATOR_PING_URL": f"{scene.switch.url}/a-secret-ping/",
        }
    )


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_it_is_told_once_until_the_bridge_runs_again(tmp_path: Path) -> None:
    async with operated(tmp_path) as scene:
        settings = settings_of(scene)
        scene.hook.does(hang_up, reply(200))
        for _ in range(3):  # a supervisor starts it again and again
            await tell_stopped(settings, OperatorClock())
        ended = scene.told()
        channel = operator_channel(settings, scene.findings, scene.session, OperatorClock(), process="")
        assert channel is not None
        await looks(channel, 5)

    assert ended == ["stopped begun"] * 2  # of which the first was not answered
    assert scene.told() == [*ended, "stopped ended"]
    assert scene.pinged() == ["/a-secret-ping"] * 5


async def test_where_no_address_is_set_nothing_looks_and_nothing_is_told(tmp_path: Path) -> None:
    settings = load({**WHOLE, "STATE_DIR": str(tmp_path)})
    async with operated(tmp_path) as scene:
        await tell_stopped(settings, OperatorClock())
        channel = operator_channel(settings, scene.findings, scene.session, OperatorClock(), process="")

    assert channel is None
    assert left_in(tmp_path) == []


def test_every_check_has_a_sentence_of_its_own() -> None:
    watched = "|".join(re.findall(r'check=~"([^"]+)"', "".join(rules().values())))

    assert set(SENTENCES) - {STOPPED} == set(watched.split("|"))
    assert len(set(SENTENCES.values())) == len(SENTENCES)


@pytest.mark.parametrize("name", ["OPERATOR_WEBHOOK_URL", "OPERATOR_NTFY_URL", "OPERATOR_PING_URL"])
def test_an_address_is_whole_safe_and_shown_nowhere(name: str) -> None:
    url = "https://alerts.example.org/a-secret-path"
    settings = load({**WHOLE, name: url})

    assert "TLS" in problems(**{name: "http://alerts.example.org/a-secret-path"})[name]
    assert "whole address" in problems(**{name: "alerts.example.org/a-secret-path"})[name]
    assert "a-secret" not in "".join(problems(**{name: "ftp://a-secret"}).values())
    assert "a-secret" not in repr(settings)
    assert "a-secret" not in repr((addresses_of(settings), switch_of(settings)))
