"""Which tests were ever red, in which runs."""

from pathlib import Path

from tests.steadiness.__main__ import SteadinessRun, beside, found, told

CASES = """<testsuites><testsuite>
<testcase classname="tests.x" name="good"/>
<testcase classname="tests.x" name="bad"><failure message="assert 1 == 2"/></testcase>
<testcase classname="tests.x" name="late"><error message="TimeoutError"/></testcase>
<testcase classname="tests.x" name="out"><skipped/></testcase>
</testsuite></testsuites>"""


def test_a_test_that_was_red_once_is_named_with_its_runs(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(CASES)
    red = told([tmp_path / "report.xml"], 4, 1, 9.5)
    green = SteadinessRun(0, 0, 9.0, 4, 1, ())

    assert red == SteadinessRun(4, 1, 9.5, 4, 1, ("tests.x::bad", "tests.x::late"))
    assert found([green, red, red])["red"] == {"tests.x::bad": [2, 3], "tests.x::late": [2, 3]}
    assert found([green, red, red])["green"] == 1


def test_a_run_without_a_report_is_not_green(tmp_path: Path) -> None:
    assert told([tmp_path / "none.xml"], 0, 0, 1.0).code == 1


def test_busy_processes_are_gone_afterwards() -> None:
    with beside(0):
        pass
    with beside(1):
        pass
