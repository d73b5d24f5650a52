"""The command line: exit codes, one-line answers, a health check that starts fast."""

import os
import signal
import socket
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.cli import main
from bot.sandbox import witness
from bot.settings.loader import load
from tests.architecture.source_tree import TOP
from tests.settings.test_settings import WHOLE
from tests.warm_commands import run_program

MANY = "9" * 5_000  # int() refuses so many
WRONG_SETTING = 78  # as the page on operating has it; whoever imports `call` needs no more of the program


def alone(**environ: str) -> dict[str, str]:
    """The environment of a process of the program: nothing but what it needs to start, and this."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "COVERAGE_PROCESS_CONFIG") if name in os.environ
    }
    return kept | {"PYTHONPATH": str(TOP)} | environ


def call(
    *arguments: str, cwd: Path, said: str | None = None, **environ: str
) -> subprocess.CompletedProcess[str]:
    """The program as a process, with nothing in its environment but what is given. `said`: what it reads."""
    done = run_program("bot", *arguments, cwd=cwd, said=said, env=alone(**environ))
    witness.heard("what a command prints", done.stdout, done.stderr)
    return done


def started(*arguments: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """The same, by a Python that has loaded nothing of it."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        env=alone(**environ),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    witness.heard("what a command prints", done.stdout, done.stderr)
    return done


class _Answers(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        """Answers /healthz as the test says and nothing else."""
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def bridge() -> Iterator[tuple[str, type[_Answers]]]:
    """A listener that answers health checks, and the switch of what it says."""

    class Answers(_Answers):
        pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"127.0.0.1:{server.server_port}", Answers
        server.shutdown()
        thread.join()


def test_the_version_is_that_of_the_project(tmp_path: Path) -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert started("--version", cwd=tmp_path).stdout == f"fanvue-bridge {project['version']}\n"


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        pytest.param((), "say what to do", id="nothing"),
        pytest.param(("--nope",), "unknown: --nope", id="unknown option"),
        pytest.param(("run", "--nope"), "unknown: --nope", id="unknown option of a command"),
        pytest.param(("health", "now"), "unknown: now", id="too many words"),
        pytest.param(("fly",), "invalid choice: 'fly'", id="unknown command"),
        pytest.param(("keys",), "required", id="half a command"),
        pytest.param(("sandbox", "myspace"), "invalid choice", id="unknown stand-in"),
        pytest.param(("sandbox", "fanvue", "--port", "70000"), "0 to 65535", id="port too high"),
        pytest.param(("sandbox", "fanvue", "--port", "-1"), "port", id="port below zero"),
        pytest.param(("sandbox", "fanvue", "--port", MANY), "0 to 65535", id="port of thousands of digits"),
        pytest.param(("sandbox", "fanvue", "--port", "\u0663"), "0 to 65535", id="port in other digits"),
        pytest.param(("backup", "--keep", MANY), "at least 1", id="too many backups"),
        pytest.param(("run", "--take-over-from", MANY), "an application ID is", id="id of many digits"),
        pytest.param(("doctor", "--server", MANY), "a server's ID is", id="server of many digits"),
    ],
)
def test_wrong_use_is_answered_with_one_line_and_exit_2(
    arguments: tuple[str, ...], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main.main(arguments)

    said = capsys.readouterr()
    assert stopped.value.code == 2
    assert said.out == ""
    assert answer in said.err
    assert said.err.count("\n") == 1


def test_run_without_settings_names_them_all_and_exits_78(tmp_path: Path) -> None:
    done = started("run", cwd=tmp_path, DISCORD_APPLICATION_ID="abc", FANVUE_CLIENT_SECRET="hush-hush")

    assert done.returncode == 78
    assert done.stdout == ""
    assert "DISCORD_TOKEN is missing" in done.stderr
    assert "DISCORD_APPLICATION_ID" in done.stderr
    assert "PUBLIC_URL is missing" in done.stderr
    assert "hush-hush" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_in_use_is_named_with_its_setting_and_what_to_do(tmp_path: Path) -> None:
    own = {"DATABASE_URL": f"sqlite:///{tmp_path}/bridge.sqlite3", "XDG_RUNTIME_DIR": str(tmp_path)}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = call("run", cwd=tmp_path, **WHOLE, **own, ADMIN_LISTEN=f"127.0.0.1:{port}")
        stand_in = call("sandbox", "fanvue", "--port", port, cwd=tmp_path)

    said = f"ADMIN_LISTEN: 127.0.0.1:{port} is in use: another program listens there. Stop it, or choose"
    assert run.returncode == 1
    assert said in run.stderr.splitlines()[-1]
    assert (stand_in.returncode, stand_in.stderr.count("\n")) == (1, 1)


def test_migrate_without_settings_exits_78_too(tmp_path: Path) -> None:
    assert call("migrate", cwd=tmp_path).returncode == 78


def test_a_fresh_key_is_one_line_that_the_settings_accept(tmp_path: Path) -> None:
    first, second = call("keys", "new", cwd=tmp_path), call("keys", "new", cwd=tmp_path)

    assert first.stdout.count("\n") == 1
    assert first.stdout != second.stdout
    assert "ENCRYPTION_KEYS" in first.stderr
    keys = tmp_path / "keys"
    keys.write_text(second.stdout + first.stdout, encoding="ascii")
    keys.chmod(0o600)
    settings = load(WHOLE | {"ENCRYPTION_KEYS": "", "ENCRYPTION_KEYS_FILE": str(keys)})
    assert f"{settings.encryption_keys[0].id}:" == second.stdout[: second.stdout.index(":") + 1]


def test_health_says_well_and_exits_0(
    bridge: tuple[str, type[_Answers]], capsys: pytest.CaptureFixture[str]
) -> None:
    address, _ = bridge

    assert main.main(["health", "--address", address]) == 0
    assert capsys.readouterr().out == f"The bridge at {address} is well.\n"


def test_health_says_not_well_and_exits_1(
    bridge: tuple[str, type[_Answers]], capsys: pytest.CaptureFixture[str]
) -> None:
    address, answers = bridge
    answers.status = 503

    assert main.main(["health", "--address", address]) == 1
    assert capsys.readouterr().out == f"The bridge at {address} answers 503: it is not well.\n"


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:x", "127.0.0.1:99999"])
def test_health_of_a_wrong_address_is_a_sentence(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["health", "--address", address]) == 1
    assert capsys.readouterr().out.startswith(f"The bridge does not answer at {address}: ")


def test_health_takes_the_address_from_the_environment_and_no_proxy(
    bridge: tuple[str, type[_Answers]], tmp_path: Path
) -> None:
    address, _ = bridge
    everywhere = address.replace("127.0.0.1", "0.0.0.0")  # noqa: S104 - a listener on all addresses

    done = call("health", cwd=tmp_path, ADMIN_LISTEN=everywhere, http_proxy="http://127.0.0.1:9")

    assert (done.returncode, done.stdout) == (0, f"The bridge at {everywhere} is well.\n")


def test_health_of_a_bridge_that_is_not_there_exits_1(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    done = call("health", cwd=tmp_path, ADMIN_LISTEN=f"127.0.0.1:{port}")

    assert done.returncode == 1
    assert done.stdout.startswith("The bridge does not answer at")


def test_health_loads_neither_discord_nor_pydantic_nor_aiohttp(tmp_path: Path) -> None:
    script = (
        "import sys; from bot.cli import main as cli; cli.main(['health', '--address', '127.0.0.1:1']); "
        "print(sorted({'discord', 'pydantic', 'aiohttp', 'httpx', 'asyncio'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_ctrl_c_ends_quietly_with_130(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "sandbox", "fanvue", "--port", "0"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(TOP)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline()  # it is up once it says where
        program.send_signal(signal.SIGINT)
        try:
            _, said = program.communicate(timeout=120)
        finally:
            program.kill()  # or one that does not hear would be waited for, for ever

    assert (program.returncode, said) == (130, "")


def test_a_role_that_is_none_is_wrong_use_and_names_those_that_are(tmp_path: Path) -> None:
    done = call("run", "--role", "boss", cwd=tmp_path)

    assert done.returncode == main.WRONG_USE
    assert done.stderr == (
        "fanvue-bridge run: there is no role “boss”: --role is all, or some of gateway, web, worker\n"
    )


def test_one_process_alone_divides_no_servers_and_says_what_does(tmp_path: Path) -> None:
    settings = WHOLE | {"DISCORD_SHARDS": "2", "DATABASE_URL": f"sqlite:///{tmp_path}/bridge.sqlite3"}

    done = call("run", cwd=tmp_path, **settings)

    assert done.returncode == WRONG_SETTING
    assert "DISCORD_SHARDS is for processes with --role" in done.stderr
    assert not list(tmp_path.glob("*.sqlite3"))


@pytest.mark.parametrize("role", ["web", "gateway,web,worker"])
def test_on_sqlite_a_process_is_alone_and_says_what_several_need(tmp_path: Path, role: str) -> None:
    settings = WHOLE | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/bridge.sqlite3",
        "XDG_RUNTIME_DIR": str(tmp_path),
    }

    done = call("run", "--role", role, cwd=tmp_path, **settings)

    assert done.returncode == WRONG_SETTING
    assert "Several processes share a PostgreSQL database" in done.stderr
    assert "leave --role away" in done.stderr
    assert not list(tmp_path.glob("*.sqlite3"))


@pytest.mark.parametrize(
    ("far", "arguments"),
    [
        pytest.param("--to", ("copy", "--from", "sqlite:///bridge.sqlite3", "--to"), id="to"),
        pytest.param("--from", ("copy", "--to", "sqlite:///bridge.sqlite3", "--from"), id="from"),
        pytest.param("--from", ("reopen", "--from"), id="reopened"),
    ],
)
def test_a_move_speaks_to_another_machine_by_the_rule_of_the_settings(
    tmp_path: Path, far: str, arguments: tuple[str, ...]
) -> None:
    url = "postgresql://bridge:hunter2@db.invalid:5433/bridge?sslmode=require"

    refused = call("db", *arguments, url, cwd=tmp_path)
    unseen = call("db", *arguments, "-", cwd=tmp_path, said=f"{url}\n")  # no other user finds it by `ps`
    env_file = tmp_path / ".env"
    env_file.write_text("ALLOWED_PRIVATE_HOSTS=db.invalid:5433\n", encoding="utf-8")
    env_file.chmod(0o600)
    listed = call("db", *arguments, url, cwd=tmp_path)

    assert refused.returncode == WRONG_SETTING
    assert (unseen.returncode, unseen.stderr) == (refused.returncode, refused.stderr)
    assert f"  {far} must end with ?sslmode=verify-full, as the database is on another" in refused.stderr
    assert "verify-full" not in listed.stderr  # it was tried: there is no such machine
    assert listed.returncode == 1
    assert "hunter2" not in refused.stderr + listed.stderr
