"""A ceiling on the longest module and function: the tail is where code goes bad."""

from tests.architecture.source_tree import PACKAGES, TOP, dotted, modules, outline

LONGEST_MODULE = 400
LONG_MODULE = 250
LONGEST_FUNCTION = 50

# Modules over LONG_MODULE lines by their path, each with the reason why it is not two.
LONG: dict[str, str] = {
    "bot/features/inbox/approvals/case_service.py": "one case from its look to its decision",
    "bot/features/people/accounts/confirmation_service.py": "one link from its return to its first row",
    "bot/relay/replies.py": "a reply from what was typed to its row in the outbox",
    "bot/relay/send_effects.py": "one message to a fan: sent, looked for, settled",
    "bot/sandbox/discord/forum.py": "Discord's rules of threads, a function a route",
    "bot/sandbox/discord/people.py": "all that a person does at a client, a method each",
    "bot/sandbox/discord/world.py": "all that a Discord has, in one place",
    "bot/sandbox/fanvue/gate.py": "what Fanvue looks at before any answer, in its order",
    "bot/sandbox/fanvue/records.py": "one table: what Fanvue has rows of",
    "bot/features/inbox/approvals/texts.py": "all words of one case, in the order of its life",
    "bot/features/inbox/templates/texts.py": "all words of templates, one place for translators",
    "bot/features/people/pausing/texts.py": "all words of pauses, one place for translators",
    "bot/features/people/team/texts.py": "all words of grants, one place for translators",
    "bot/features/publishing/campaigns/texts.py": "all words of mass messages that were sent",
    "bot/features/publishing/drafts/texts.py": "all words of the composer",
    "bot/features/publishing/posts/plan_rules.py": "a planned post: each rule with its refusal",
    "bot/relay/lines.py": "one table: every line of a thread and how it is found again",
    "bot/text/render.py": "what each thing of a thread looks like",
    "bot/features/publishing/proposals/service.py": "a press from staging to its effect, in one place",
    "bot/discord/answers.py": "the first answer to an interaction and all that can follow it",
    "storage/records.py": "one table: the ids and records that all layers share",
    "bot/access/policy.py": "the one table of who may do what, each action by its name and its rule",
    "bot/settings/model.py": "one table: every setting, in the order of .env.example",
}


def test_no_module_is_too_long() -> None:
    assert {name: n for name, n in _lengths(*PACKAGES, "tests").items() if n > LONGEST_MODULE} == {}


def test_a_long_module_has_a_reason() -> None:
    long = {name: n for name, n in _lengths(*PACKAGES).items() if n > LONG_MODULE}

    assert {name: n for name, n in long.items() if name not in LONG} == {}
    assert [name for name in LONG if name not in long] == []


def test_no_function_is_too_long() -> None:
    found = {
        f"{dotted(path)}.{name}": lines
        for path in modules(*PACKAGES, "tests")
        for name, lines in outline(path).functions
        if lines > LONGEST_FUNCTION
    }

    assert found == {}


def _lengths(*folders: str) -> dict[str, int]:
    return {
        path.relative_to(TOP).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(*folders)
    }
