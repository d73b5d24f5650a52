"""No command that a page shows puts a secret where `ps` shows it."""

import re
from collections.abc import Iterator

import pytest

from tests.surface.documents import pages

FENCED = re.compile(r"^```(?:sh|console|bash)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TICKED = re.compile(r"`([^`\n]+)`")
COMMENT = re.compile(r"(?:^|\s)#.*$", re.MULTILINE)
COMMAND = re.compile(r"\s*(?:\|\|?|&&|;|\n)\s*")
# What a shell does itself is no process, and what stands before a program's name is its environment.
BUILT_IN = ("cd", "echo", "export", "printf", "read", "umask")
ENVIRONMENT = re.compile(r"^(?:[A-Z_]+=(?:\"[^\"]*\"|\S*)\s*)+")
SECRET = re.compile(
    r"""://[^\s/:@]+:[^\s/@]+@                                 # a password in an address
      | \$\((?:sudo\s+)?cat\b | \$\(<                           # whatever a file has
      | \$\{?\w*(?:PASSWORD|SECRET|TOKEN|KEY|DATABASE_URL)\b    # whatever a variable has
      | \bBearer\s
      | \s--?(?:password|secret|token|api-key)[\s=]""",
    re.VERBOSE,
)


def exposed(script: str) -> list[str]:
    """The commands of these lines whose arguments hold a secret."""
    plain = COMMENT.sub("", script.replace("\\\n", " "))
    commands = (ENVIRONMENT.sub("", command) for command in COMMAND.split(plain))
    return [one for one in commands if one and one.split()[0] not in BUILT_IN and SECRET.search(one)]


def shown() -> Iterator[tuple[str, str]]:
    """Each script of a page, and each line in ticks that begins with a program of such a script."""
    texts = {page.name: page.read_text(encoding="utf-8") for page in pages()}
    scripts = [(name, script) for name, text in texts.items() for script in FENCED.findall(text)]
    programs = {line.split()[0] for _, script in scripts for line in script.splitlines() if line.strip()}
    yield from scripts
    for name, text in texts.items():
        yield from (
            (name, one) for one in TICKED.findall(text) if one.split()[:1] and one.split()[0] in programs
        )


def test_no_command_of_a_page_has_a_secret_among_its_arguments() -> None:
    commands = list(shown())

    assert len(commands) > 200
    assert [(name, one) for name, script in commands for one in exposed(script)] == []


@pytest.mark.parametrize(
    ("script", "seen"),
    [
        ('./run db copy --from sqlite:///a --to "$(sudo cat secrets/url)"', True),
        ('curl -s \\\n  -H "Authorization: Bearer fbk.1" https://bridge.example.org', True),
        ('psql "$DATABASE_URL" -c "SELECT 1"', True),
        ("pg_dump --dbname=postgresql://bridge:pw@db.example.org/bridge", True),
        ("rclone --password hunter2", True),
        ("cd deploy && curl -H 'Authorization: Bearer fbk.1' https://bridge.example.org", True),
        ("curl -H @key.header https://bridge.example.org", False),
        ("pg_dump --dbname=postgresql://bridge@db.example.org/bridge", False),
        ("printf 'postgresql://bridge:%s@db/bridge' \"$(cat password)\" > url", False),
        ('PGPASSWORD="$(cat password)" psql --host=db.example.org', False),
        ("sudo cat secrets/url | ./run db copy --to -   # not $(cat secrets/url)", False),
    ],
)
def test_a_secret_is_seen_where_a_program_is_given_it_and_not_where_the_shell_keeps_it(
    script: str, *, seen: bool
) -> None:
    assert bool(exposed(script)) is seen
