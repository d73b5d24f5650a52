"""What no committed file may contain; the words are put together here, in pieces."""

import re

import pytest

from tests.architecture.source_tree import texts

REGISTRIES = (
    ("py", "pi.org"),
    ("pythonhosted", ".org"),
    ("registry.npm", "js.org"),
    ("registry.yarn", "pkg.com"),
    ("crates", ".io"),
    ("ana", "conda.org"),
    ("conda.", "anaconda"),
    ("proxy.golang", ".org"),
    ("ruby", "gems.org"),
    ("docker", ".io"),
    ("gh", "cr.io"),
    ("quay", ".io"),
    ("deb.", "debian.org"),
)
PLACES = (("/wo", "rk/"), ("tmp/", "brief"), ("/ro", "ot/"), ("/opt/", "wheels"), ("issues", " show"))
OPEN_ENDS = (("TO", "DO"), ("FIX", "ME"), ("XX", "X"))


def _holding(pieces: tuple[str, str], *, whole_word: bool = False) -> list[str]:
    pattern = re.escape("".join(pieces))
    word = re.compile(rf"\b{pattern}\b" if whole_word else pattern)
    return [path.as_posix() for path, text in texts().items() if word.search(text)]


@pytest.mark.parametrize("pieces", REGISTRIES, ids="".join)
def test_no_file_names_a_package_registry(pieces: tuple[str, str]) -> None:
    assert _holding(pieces) == []


@pytest.mark.parametrize("pieces", PLACES, ids="".join)
def test_no_file_names_a_place_of_one_machine(pieces: tuple[str, str]) -> None:
    assert _holding(pieces) == []


@pytest.mark.parametrize("pieces", OPEN_ENDS, ids="".join)
def test_no_file_has_open_ends(pieces: tuple[str, str]) -> None:
    assert _holding(pieces, whole_word=True) == []


def test_nothing_is_tested_on_mocks() -> None:
    word = re.compile(
        r"\b(?:"
        + "|".join(("Magic" + "Mock", "Async" + "Mock", "Mo" + "ck", "create_auto" + "spec"))
        + ")\\("
    )

    assert [
        path.as_posix() for path, text in texts().items() if path.suffix == ".py" and word.search(text)
    ] == []


# Programs, and loops that stand in for a task of the bridge: their pauses are what they are about.
PAUSING = {
    "tests/proofs/crashpoints/crashpoint_scenario.py": "gives a process that is about to die the time to die",
    "tests/proofs/crashpoints/scenes_of_looks.py": "another process looks by itself: no event tells of it",
    "tests/engine/cluster/test_failover.py": "whoever was refused tries again, as a network does",
    "tests/proofs/faults/live_bridge.py": "another process writes what is looked for: no event tells of it",
    "tests/proofs/faults/test_discord.py": "likewise",
    "tests/proofs/faults/test_tokens.py": "likewise",
    "tests/proofs/faults/test_tasks.py": "health is asked again: a task that is well never calls",
    "tests/proofs/foreign_clients/rounds/with_fanvue_mcp.py": "a program that listens tells nobody",
    "tests/proofs/foreign_clients/rounds/with_disnake.py": "the library registers commands and tells nobody",
    "tests/proofs/foreign_clients/rounds/with_nextcord.py": "the library registers commands and tells nobody",
    "tests/database_reader.py": "a database server that is being started anew tells nobody when it is ready",
    "tests/steadiness/delays.py": "makes one side slow",
    "tests/steps/step_runner.py": "what hangs is stopped after a while",
    "tests/simulation/cast.py": "virtual time: nobody waits",
    "tests/simulation/evening.py": "likewise",
    "tests/simulation/far_away.py": "likewise",
    "tests/simulation/inline.py": "likewise",
    "tests/simulation/living.py": "likewise",
    "tests/simulation/troubles.py": "likewise",
    "tests/simulation/wires.py": "likewise",
    "tests/proofs/soak/soak_costs.py": "that it stood still, a loop sees by how late it wakes",
    "tests/proofs/soak/script_progress.py": "how far a script is, nobody announces",
    "tests/proofs/soak/process_killer.py": "kills at moments that nobody chose",
    "tests/proofs/soak/question_minder.py": "a person looks now and then",
    "tests/proofs/soak/outages.py": "an outage lasts",
    "tests/proofs/soak/script_players.py": "keeps the pace of its script",
    "tests/proofs/soak/soak_cluster.py": "a process stands still for as long as it takes to be struck out",
    "tests/proofs/soak/soak_run.py": "looks at the ledgers and tells how far it is",
}


def test_tests_never_sleep() -> None:
    # Giving way once is no wait; a coroutine that is made and never awaited is none either.
    word = re.compile(r"await asyncio\." + "sl" + r"eep\((?!0\))|\btime\." + "sl" + r"eep\(")

    found = [
        path.as_posix() for path, text in texts().items() if path.parts[0] == "tests" and word.search(text)
    ]

    assert [name for name in found if name not in PAUSING] == []
