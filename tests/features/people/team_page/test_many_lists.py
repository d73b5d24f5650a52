"""A form with two hundred lists is short: chosen ones first, the rest folded."""

import re
from html import unescape

import pytest

from bot.web.team.fan_list_boxes import FEW, OfferedList, list_boxes
from tests.features.people.team_page.page_scenario import PageAnswer
from tests.features.people.team_page.planning_scenario import LISTS, MASS, PlanningScenario
from tests.proofs.faults.live_bridge import plain

pytestmark = pytest.mark.asyncio(loop_scope="package")

_SUMMARY = re.compile(r"<summary>([^<]+)</summary>")
_OPEN = re.compile(r"<details open><summary>([^<]+)</summary>")


def _offered(number: int) -> list[OfferedList]:
    return [
        OfferedList(f"id-{n}", f"list {n:03}", f"list {n:03}", f"list {n:03} · 1 fan") for n in range(number)
    ]


def _part(page: PageAnswer, of: str) -> str:
    """Who gets it, or who does not, as HTML."""
    to, _, without = page.source.partition("Leave fans out")
    return to if of == "to." else without


async def test_two_hundred_lists_are_folded_with_their_counts(planning: PlanningScenario) -> None:
    async with planning.signed_in(planning.house.stage.owner) as browser:
        page = await browser.get(planning.at(MASS))

    for of in ("to.", "except."):
        summaries = list(map(unescape, _SUMMARY.findall(_part(page, of))))
        assert summaries[0].startswith("Fanvue's own lists · ")
        assert summaries[1] == "Birthday 00 to Birthday 39 · 40"
        assert summaries[-1] == "Whales 16 to Whales 47 · 32"
        assert len(_OPEN.findall(_part(page, of))) == 1  # of Fanvue's
        assert all(f'value="{name}"' in _part(page, of) for name in LISTS)
    assert "The creator's lists · 192" in page.text
    assert page.text.count('role="group" aria-label="Birthday 00 to Birthday 39"') == 2


async def test_what_is_ticked_comes_first_and_is_planned_with(planning: PlanningScenario) -> None:
    person = await planning.newcomer("many-lists", "manager")
    async with planning.signed_in(person) as browser:
        to, out = [await planning.list_box(browser, name) for name in ("Tippers 20", "Whales 47")]
        (name,) = to
        excepted = {box.replace("to.", "except."): value for box, value in out.items()}
        wrong = await planning.plans(browser, MASS, text="hello", when="soonish", **to, **excepted)
        sent = await browser.sends(
            planning.at(MASS), browser.fields(wrong), text="hello", when="in 2 days", **to, **excepted
        )
        line = await planning.stands(sent)

    first = _part(wrong, "to.").partition("<details")[0]
    assert f'name="{name}" value="Tippers 20" checked' in first
    assert first.count(" checked>") == _part(wrong, "to.").count(" checked>") == 1
    assert '<details open><summary class="quiet">' in wrong.source
    assert 'value="Whales 47" checked' in _part(wrong, "except.").partition("Fanvue&#x27;s own")[0]
    assert sent.status == 303
    assert "**To:** Tippers 20\n**Except:** Whales 47" in plain(line)


async def test_a_few_lists_stand_open() -> None:
    few, many = (
        list_boxes("to.", _offered(FEW), {"id-3": "list 003"}),
        list_boxes("to.", _offered(FEW + 1), {}),
    )

    assert "<details" not in few
    assert few.count("<label") == FEW
    assert few.count(" checked") == 1
    assert few.index("list 002") < few.index("list 003")  # nothing moves in so short a list
    assert _SUMMARY.findall(many) == ["The creator&#x27;s lists · 13"]


async def test_what_was_ticked_stays_where_fanvue_has_it_no_more() -> None:
    gone = list_boxes("to.", [], {"id-<b>": "Old & gone"})

    assert 'name="to.id-&lt;b&gt;" value="Old &amp; gone" checked' in gone
    assert "There is no list to choose." in list_boxes("to.", [], {})
