"""The map of the crash points has every scene, and what it lacks is told."""

from pathlib import Path

from tests.proofs.crashpoints.__main__ import in_share
from tests.proofs.crashpoints.crash_runner import CrashPoint, ScenePlay, unknown
from tests.proofs.crashpoints.crashpoint_map import CrashpointMap, charted, differences, read, write
from tests.proofs.crashpoints.scenes import SCENES


def test_every_scene_is_on_the_map_and_so_is_each_place_that_it_is_for() -> None:
    chart = read()

    lost = [point.name for point in chart.points if not point.scenes or not set(point.scenes) <= set(SCENES)]
    names = [point.name for point in chart.points]
    wanting = [
        (scene, beginning)
        for scene, has in SCENES.items()
        for beginning in has.reaches
        if not any(name.startswith(beginning) for name in names)
    ]
    assert (lost, wanting) == ([], []), "python -m tests.proofs.crashpoints --write"
    assert set(chart.seconds) == set(SCENES), "python -m tests.proofs.crashpoints --write"
    assert len(chart.points) >= 800


def test_what_was_found_out_is_what_is_read(tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    found = charted([ScenePlay("reply", frozenset({"a", "b"}), 2.0, alone=True)])
    write(found, file)

    assert (
        read(file)
        == found
        == CrashpointMap((CrashPoint("a", ("reply",)), CrashPoint("b", ("reply",))), {"reply": 2.0})
    )


def test_a_map_that_lacks_a_place_or_has_one_too_many_is_wrong() -> None:
    file, found = (
        CrashpointMap(tuple(CrashPoint(name, ("reply",)) for name in names), {}) for names in ("ab", "bc")
    )

    assert differences(file, found) == ["c is not on the map", "a is on the map, and nothing comes there"]


def test_a_place_that_the_dying_come_to_again_and_again_and_is_not_on_the_map_is_told(tmp_path: Path) -> None:
    plays = [("bench-1/from-0", "a\nb\nnew\n"), ("bench-2/from-3", "b\nnew\nby/chance\n")]
    for bench, places in plays:
        (tmp_path / bench).mkdir(parents=True)
        (tmp_path / bench / "seen-by-the-dying-0").write_text(places)

    assert unknown(tmp_path, [CrashPoint("a", ("reply",)), CrashPoint("b", ("reply",))]) == ["new"]


def test_of_two_halves_each_has_about_half_and_another_seed_has_others() -> None:
    names = [point.name for point in read().points]

    mine, theirs = ({name for name in names if in_share(name, 2, seed)} for seed in ("a1b2", "c3d4"))
    assert 0.4 < len(mine) / len(names) < 0.6
    assert 0.2 < len(mine & theirs) / len(names) < 0.3
    assert all(in_share(name, 1, "a1b2") for name in names)
