"""Bugs in what strangers write and where their addresses lead, as patches."""

from tests.proofs.sensitivity.proofs import FigureProof, SelectedTests
from tests.proofs.sensitivity.seeded_source import Bug, Edit

_TEXTS = ("--texts", "3000", "--seed", "3")


def _render(*shows: str) -> FigureProof:
    return FigureProof("tests.proofs.render", _TEXTS, shows, cost=8.0)


CONTENT = (
    Bug(
        "brackets-live",
        "a fan's link can say one thing and lead to another",
        (
            Edit(
                r'r"([\\*_~`|\[\]()<>#\-+.!:@&/])"',
                r'r"([\\*_~`|<>#\-+.!@&])"',
            ),
        ),
        (_render("masked_links", "links"),),
    ),
    Bug(
        "words-of-the-bridge-in-a-fans-body",
        "what the bridge says of a message looks like the fan's own words",
        (
            Edit(
                "                body=(safe(piece),) if piece else (),\n",
                "                body=(safe(piece), *small[1:]) if piece else (),\n",
            ),
        ),
        (_render("lost"),),
    ),
    Bug(
        "letters-cut",
        "a long text is cut wherever a message is full",
        (
            Edit(
                "        if not inside_letter(text, cut):\n",
                "        if cut:\n",
            ),
        ),
        (SelectedTests(("tests/relay/test_graphemes.py",)),),
    ),
    Bug(
        "names-lead-anywhere",
        "a name that leads into the own network is connected to",
        (
            Edit(
                '        if not all(self._public(one["host"]) for one in found):\n',
                "        if not found:\n",
            ),
        ),
        (SelectedTests(("tests/egress/test_public_addresses.py",)),),
    ),
    Bug(
        "headers-for-ever",
        "whoever never ends a request's headers keeps the connection",
        (
            Edit(
                "        self._deadline = loop.call_later(self._bounds.header_seconds, self.force_close)\n",
                "        self._deadline = loop.call_later(3600, self.force_close)\n",
            ),
        ),
        (SelectedTests(("tests/web/test_limits.py",), cost=20.0),),
    ),
)
