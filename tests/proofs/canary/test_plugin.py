"""The search can fail: what leaks on purpose is found, whichever way it leaves."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.architecture.source_tree import TOP

HEAD = """
import base64, json, logging, sys
from pathlib import Path
from bot.sandbox import witness

TEXT, TOKEN, NAME = "a fan\u2019s most private words", "qX7vTz09aLmN44kPqR", "Ottilie Example"
log = logging.getLogger("bot.relay.somewhere")

def test_something(tmp_path: Path) -> None:
    witness.note("text", TEXT)
    witness.note("token", TOKEN)
    witness.note("name", NAME)
    """


LEAKING = [
    pytest.param("log.debug('it says %s', TEXT)", "a text in the log", id="a text at debug"),
    pytest.param("log.info('welcome %s', NAME)", "a name in the log", id="a name"),
    pytest.param("log.warning('used ' + TOKEN)", "a token in the log", id="a token of no known shape"),
    pytest.param("log.info('x', extra={'reason': TEXT})", "a text in the log", id="in a listed field"),
    pytest.param("logging.getLogger('somebody.else').debug(TEXT)", "a text in the log", id="another library"),
    pytest.param(
        "log.info(base64.b64encode(b'x' + TEXT.encode()).decode())", "a text in the log", id="base64"
    ),
    pytest.param("log.info(json.dumps(TEXT))", "a text in the log", id="JSON"),
    pytest.param("log.info(TOKEN.encode().hex())", "a token in the log", id="hex"),
    pytest.param(
        "\n    try: raise ValueError(TEXT)\n    except ValueError: log.exception('failed')",
        "a text in the log",
        id="an exception's words",
    ),
    pytest.param("print(TEXT, file=sys.stderr)", "a text in stderr (call)", id="stderr"),
    pytest.param("print(NAME)", "a name in stdout (call)", id="stdout"),
    pytest.param(
        "(tmp_path / 'bridge.log').write_text(TOKEN)", "a token in bridge.log", id="another process's log"
    ),
]
HIDING = [
    pytest.param("log.info('a message was shown', extra={'count': 3, 'fan': NAME})", id="hashed"),
    pytest.param("log.info('x', extra={'text_of_fan': TEXT})", id="a field that is not listed"),
    pytest.param("log.info('Authorization: Bearer %s', TOKEN)", id="removed by its shape"),
    pytest.param("logging.getLogger('discord.http').debug(TEXT)", id="below the level of a pinned logger"),
    pytest.param("witness.note('text', 'hello')\n    log.info('hello')", id="too short to tell anything"),
]
BODIES = [str(case.values[0]) for case in (*LEAKING, *HIDING)]


def run(folder: Path, files: Mapping[str, str]) -> str:
    """What one run of pytest prints about these files of tests: to begin another takes seconds."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-rpE",
            "-p",
            "tests.proofs.canary.plugin",
            "-p",
            "no:cacheprovider",
        ],
        cwd=folder,
        env={
            "PYTHONPATH": str(TOP),
            "PATH": "/usr/bin:/bin",
            "PYTHONDONTWRITEBYTECODE": "1",
            "COLUMNS": "250",  # a summary that is cut says nothing
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """How each of the bodies ended; each is a module of its own."""
    files = {f"test_{number}.py": f"{HEAD}{body}\n" for number, body in enumerate(BODIES)}
    return run(tmp_path_factory.mktemp("leaking"), files).splitlines()


def ends(body: str, summary: list[str]) -> list[str]:
    """What the summary says of a body."""
    name = f" test_{BODIES.index(body)}.py::test_something"
    lines = (line for line in summary if name in line)
    return sorted(line.replace(name, "") for line in lines if line.startswith(("PASSED", "ERROR")))


@pytest.mark.parametrize(("body", "told"), LEAKING)
def test_a_leak_fails_the_test_and_is_not_repeated(body: str, told: str, summary: list[str]) -> None:
    assert ends(body, summary) == [f"ERROR - Failed: leaked: {told}", "PASSED"]


@pytest.mark.parametrize("body", HIDING)
def test_what_the_log_hides_is_no_leak(body: str, summary: list[str]) -> None:
    assert ends(body, summary) == ["PASSED"]


def test_only_the_folder_of_a_test_that_failed_is_kept(tmp_path: Path) -> None:
    body = "def test_{name}(tmp_path):\n    (tmp_path / 'file').touch()\n    assert {true}\n"
    left = "sorted(one.name for one in tmp_path.parent.glob('test_*'))"
    kept = ["test_bad0", "test_badcurrent", "test_last0", "test_lastcurrent"]
    names = {"good": "True", "bad": "False", "last": f"{left} == {kept}"}
    files = {
        f"test_{at}.py": body.format(name=one, true=true) for at, (one, true) in enumerate(names.items())
    }

    said = run(tmp_path, files)

    assert "1 failed, 2 passed" in said
