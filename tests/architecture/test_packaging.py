"""The wheel, the requirements, the container and the two commands."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.source_tree import PACKAGES, TOP
from tests.release.image_layers import instructions

PIN = re.compile(r"^([a-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
EXTRAS = ("postgres", "telemetry", "agents")
LOCKS = ("runtime", *EXTRAS, "dev", "uv")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in the wheel, built offline by the pinned backend."""
    folder = tmp_path_factory.mktemp("wheel")
    script = f"import uv_build; print(uv_build.build_wheel({str(folder)!r}))"
    # The backend looks for its binary on PATH, beside this interpreter.
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    subprocess.run(
        [sys.executable, "-c", script], cwd=TOP, env={"PATH": path}, capture_output=True, check=True
    )
    [built] = folder.glob("*.whl")
    return zipfile.ZipFile(built).namelist()


def test_the_wheel_has_three_packages_and_nothing_else(wheel: list[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}

    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_wheel_has_every_file_of_the_packages(wheel: list[str]) -> None:
    """Modules, migrations, catalogues of messages, names of commands, the demo's page."""
    files = {
        path.relative_to(TOP).as_posix()
        for package in PACKAGES
        for path in (TOP / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert files <= set(wheel)
    assert {".py", ".sql", ".mo", ".json", ".html", ".css", ".js", ".svg"} <= {
        Path(one).suffix for one in files
    }


def test_the_wheel_brings_the_command_and_the_licence(wheel: list[str]) -> None:
    assert [name for name in wheel if name.endswith(".dist-info/entry_points.txt")]
    assert [name for name in wheel if name.endswith("/LICENSE")]
    assert [name for name in wheel if name.endswith("licenses/bot/text/fonts/OFL.txt")]


def _lines(name: str) -> list[str]:
    return (TOP / "requirements" / name).read_text(encoding="utf-8").splitlines()


def _pins(name: str) -> dict[str, str]:
    return dict(PIN.findall("\n".join(_lines(f"{name}.txt"))))


def test_the_project_and_the_requirements_name_the_same_dependencies() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    extras = {
        name: [line for line in _lines(f"{name}.in") if line and not line.startswith("-r ")]
        for name in EXTRAS
    }
    assert sorted(project["dependencies"]) == sorted(line for line in _lines("runtime.in") if line)
    assert project["optional-dependencies"] == extras


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", "\n".join(_lines(f"{name}.txt")))

    assert blocks
    assert [
        block.partition(" ")[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block
    ] == []


def test_what_is_written_by_hand_is_what_was_compiled() -> None:
    for name in LOCKS:
        wanted = {
            re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in _lines(f"{name}.in") if line[:1].isalpha()
        }
        assert {re.sub(r"[._]", "-", one) for one in wanted} <= {
            re.sub(r"[._]", "-", one) for one in _pins(name)
        }


def test_developers_test_the_versions_that_users_run() -> None:
    steps = [_pins(name) for name in ("runtime", *EXTRAS, "dev")]

    for some, more in pairwise(steps):
        assert {name: more.get(name) for name in some} == some


def test_every_path_that_the_image_copies_exists_and_is_not_ignored() -> None:
    ignored = (TOP / ".dockerignore").read_text(encoding="utf-8").split()
    copied = [
        source
        for word, rest in instructions()
        if word == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
        if not source.startswith("--")
    ]

    assert copied
    assert [source for source in copied if not (TOP / source).exists()] == []
    assert ignored[0] == "*"
    assert [source for source in copied if f"!{source.partition('/')[0]}" not in ignored] == []


def test_the_image_runs_as_nobody_special_from_hashed_requirements_and_stops_well() -> None:
    found = instructions()
    said = dict(found)
    ran = " ".join(rest for word, rest in found if word == "RUN")

    assert said["USER"] == "10001:10001"
    assert said["STOPSIGNAL"] == "SIGTERM"
    assert "/data" in said["VOLUME"]
    assert said["ENTRYPOINT"].startswith("[")
    assert said["CMD"].startswith("[")
    assert '"fanvue-bridge", "health"' in said["HEALTHCHECK"]
    assert ran.count("--require-hashes") == 2
    assert sum(word == "FROM" for word, _ in found) == 2


def test_the_image_writes_down_no_time_of_its_building() -> None:
    """Two builds are compared by python -m tests.release.image; the times of files the builder sets."""
    said = "\n".join(f"{word} {rest}" for word, rest in instructions())

    assert "SOURCE_DATE_EPOCH=" in said
    assert "compileall -q --invalidation-mode unchecked-hash /app/.venv/lib" in said
    assert "UV_COMPILE_BYTECODE" not in said  # its workers' bytes depend on which files each of them met
    assert not re.search(r"\b(useradd|groupadd|apt-get|date|curl|wget)\b", said)


def test_the_image_has_no_stand_ins_and_says_so_where_they_are_asked_for() -> None:
    ignored = (TOP / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert ignored.index("bot/sandbox") > ignored.index("!bot")


def test_every_base_is_one_image_whose_digest_a_script_writes(tmp_path: Path) -> None:
    """Registries cannot be asked here: a stand-in for Docker answers a digest for each name."""
    digest, again = "sha256:" + "a1" * 32, "sha256:" + "b2" * 32
    (tmp_path / "deploy").mkdir()
    for name in ("Dockerfile", "compose.yaml", "deploy/pin-images"):
        shutil.copy(TOP / name, tmp_path / name)
    docker = tmp_path / "docker"
    found = []
    for answer in (digest, again, "nothing"):
        docker.write_text(f"#!/bin/sh\necho {answer}\n", encoding="utf-8")
        docker.chmod(0o755)
        done = subprocess.run(
            [tmp_path / "deploy/pin-images"],
            env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        made = (tmp_path / "Dockerfile").read_text() + (tmp_path / "compose.yaml").read_text()
        found.append((done.returncode, re.findall(r"(?:image: |IMAGE=)(\S+)", made)))

    first, then = (
        [
            f"python:3.13-slim@{one}",
            "fanvue-bridge:local",
            f"haproxy:3.0-alpine@{one}",
            f"caddy:2.11-alpine@{one}",
            f"postgres:17@{one}",
        ]
        for one in (digest, again)
    )
    assert found == [(0, first), (0, then), (1, then)], "what has no digest changes nothing"
    committed = (TOP / "Dockerfile").read_text() + (TOP / "compose.yaml").read_text()
    named = [one for one in re.findall(r"(?:image: |IMAGE=)(\S+)", committed) if not one.endswith(":local")]
    assert [one for one in named if not re.search(r"@sha256:[0-9a-f]{64}$", one)] == []
    froms = [rest for word, rest in instructions() if word == "FROM"]
    assert froms == ["${PYTHON_IMAGE} AS build", "${PYTHON_IMAGE}"]


def test_the_scripts_are_executable_and_the_shell_can_read_them() -> None:
    for script, shell in (("run", "sh"), (".ci/run", "bash"), ("deploy/pin-images", "sh")):
        assert os.access(TOP / script, os.X_OK)
        subprocess.run([shell, "-n", TOP / script], check=True)


def test_a_start_with_a_python_that_cannot_do_it_says_so_and_prints_nothing_else() -> None:
    done = subprocess.run(
        [TOP / "run", "health"],
        env={"PATH": os.environ["PATH"], "PYTHON": "/nonexistent/python3"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "run: PYTHON=/nonexistent/python3 is not a Python of version 3.11 or newer.\n"
