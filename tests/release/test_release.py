"""Two machines build the same, the SBOM is the locks, workflows are off.

The whole of it, with the wheel installed and the demo played from it: python -m tests.release --json
"""

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
from cyclonedx import schema

from tests.architecture.source_tree import TOP
from tests.architecture.test_packaging import _pins
from tests.release.building import ONE, OTHER, build, built, times_in, unpacked
from tests.release.sbom import locked, sbom, told, wanted

WORKFLOWS = sorted((TOP / ".github" / "workflows").glob("*.y*ml"))
ACTION = re.compile(r"uses: ([\w./-]+)@(\S+)(?: # (v\d+\.\d+\.\d+))?$", re.MULTILINE)


def test_two_machines_build_the_same_wheel_and_the_same_sdist(tmp_path: Path) -> None:
    one, other = build(tmp_path / "here", ONE), build(tmp_path / "there", OTHER)

    assert one.wheel.read_bytes() == other.wheel.read_bytes()
    assert one.sdist.read_bytes() == other.sdist.read_bytes()
    assert times_in(one) == {"1980-01-01", "1970-01-01"}
    assert (
        built(unpacked(one.sdist, tmp_path / "sdist"), "wheel", OTHER).read_bytes() == one.wheel.read_bytes()
    )


def test_a_changed_file_is_seen_in_the_bytes(tmp_path: Path) -> None:
    one = build(tmp_path, ONE)
    tree = one.wheel.parent.parent / "tree"
    (tree / "bot" / "py.typed").write_text("")

    one.wheel.unlink()
    one.wheel.parent.rmdir()
    assert built(tree, "wheel", ONE).read_bytes() != build(tmp_path / "again", ONE).wheel.read_bytes()


def test_the_sbom_has_what_the_locks_have_and_nothing_else() -> None:
    document = sbom()

    assert told(document) == wanted()
    # Read from the locks in another way, too.
    assert {name: version for name, (version, *_) in told(document).items()} == _pins("agents")
    assert {name for name, (*_, scope) in told(document).items() if scope == "required"} == set(
        _pins("runtime")
    )
    text = (TOP / "requirements" / "agents.txt").read_text(encoding="utf-8")
    assert sum(len(hashes) for _, _, hashes, _ in told(document).values()) == text.count("--hash=sha256:")
    assert document == sbom()


def test_the_sbom_says_who_needs_whom() -> None:
    needs = {one["ref"]: set(one.get("dependsOn", ())) for one in json.loads(sbom())["dependencies"]}

    assert set(needs) == {*wanted(), "fanvue-discord-bridge"}
    assert "aiohttp" in needs["discord-py"]
    assert needs["cryptography"] == {"cffi"}
    reached, left = set(), ["fanvue-discord-bridge"]
    while left:
        if (name := left.pop()) not in reached:
            reached.add(name)
            left += needs[name]
    assert reached == set(needs), "nothing is there that nobody needs"


def test_the_sbom_fits_cyclonedx() -> None:
    folder = Path(str(schema.__file__)).parent / "_res"
    names = ("bom-1.6", "spdx", "jsf-0.82")
    schemas = {
        name: json.loads((folder / f"{name}.SNAPSHOT.schema.json").read_text("utf-8")) for name in names
    }
    registry = jsonschema_rs.Registry(
        [(f"http://cyclonedx.org/schema/{name}.SNAPSHOT.schema.json", it) for name, it in schemas.items()]
    )
    validator = jsonschema_rs.validator_for(schemas["bom-1.6"], registry=registry)

    assert [error.message[:200] for error in validator.iter_errors(json.loads(sbom()))] == []


def test_a_package_that_a_lock_has_only_for_some_machines_says_which() -> None:
    assert locked("postgres")["audioop-lts"].marker == "python_full_version >= '3.13'"
    assert told(sbom())["audioop-lts"][1] == "python_full_version >= '3.13'"


def test_a_workflow_publishes_only_when_a_person_starts_it_and_the_owner_has_switched_it_on() -> None:
    assert [path.name for path in WORKFLOWS] == ["publish.yml"]
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        triggers = text.partition("\non:\n")[2].partition("\n\n")[0]
        assert re.findall(r"^  (\w+):", triggers, re.MULTILINE) == ["workflow_dispatch"]
        assert "\npermissions: {}\n" in text
        for job in re.split(r"\n(?=  \w+:\n)", text.partition("\njobs:\n")[2]):
            if "write" in job or "secrets." in job:
                assert "    environment: " in job
                assert "vars.PUBLISHING == 'on'" in job


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_pinned_actions_and_puts_nobodys_words_into_a_shell(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    actions = ACTION.findall(text)

    assert len(actions) == text.count("uses: ") > 0
    assert [one for one in actions if not re.fullmatch(r"[0-9a-f]{40}", one[1]) or not one[2]] == []
    shells = re.findall(r"run: (?:\|\n((?:          .*\n?|\n)+)|(.+))", text)
    assert [one for one in shells if "${{" in "".join(one)] == []


def test_a_wheel_cannot_be_uploaded_before_the_owner_takes_the_bar_away() -> None:
    """PyPI refuses what has this classifier; docs/releasing.md says when it goes, and this test."""
    assert '"Private :: Do Not Upload"' in (TOP / "pyproject.toml").read_text(encoding="utf-8")
    assert "Private :: Do Not Upload" in (TOP / "docs" / "releasing.md").read_text(encoding="utf-8")
