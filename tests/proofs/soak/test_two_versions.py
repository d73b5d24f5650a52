"""Two versions side by side: each process has its tree; a web is passed over."""

import asyncio
import random
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest

from bot.sandbox.free_ports import free_port
from tests.architecture.source_tree import TOP
from tests.balancer import Balancer
from tests.proofs.soak import __main__ as program
from tests.proofs.soak.refusal_report import turned_away
from tests.proofs.soak.soak_scenario import built
from tests.proofs.soak.two_versions import TwoVersions, VersionedProcess, unpacked
from tests.warm_bridge import WarmProgram


class OneWordProtocol(asyncio.Protocol):
    def __init__(self, word: bytes) -> None:
        self._word = word

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._word)
        transport.close()


def test_a_commits_tree_is_what_git_has_of_it(tmp_path: Path) -> None:
    tree = unpacked("HEAD", tmp_path / "before")
    said = subprocess.run(["git", "show", "HEAD:pyproject.toml"], cwd=TOP, capture_output=True, check=True)  # noqa: S607 - git of PATH

    assert (tree / "pyproject.toml").read_bytes() == said.stdout
    assert (tree / "bot" / "__main__.py").is_file()


@pytest.fixture
def before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree with the migrations of the one here."""
    tree = tmp_path / "before"
    shutil.copytree(TOP / "storage" / "migrations", tree / "storage" / "migrations")
    monkeypatch.setattr(TwoVersions, "before", tree, raising=False)
    return tree


def two_versions(folder: Path) -> TwoVersions:
    settings = {"LISTEN": f"127.0.0.1:{free_port()}", "DATABASE_URL": "postgresql:///postgres"}
    return TwoVersions(settings, admin=f"127.0.0.1:{free_port()}", log=folder / "log")


def test_half_of_the_processes_run_the_tree_of_before(tmp_path: Path, before: Path) -> None:
    cluster = two_versions(tmp_path)
    trees = {
        name: part._environment()["PYTHONPATH"]
        for name, part in cluster.parts.items()
        if isinstance(part, VersionedProcess)
    }

    for role in ("web", "gateway", "worker"):
        assert {trees[name] for name in trees if name.startswith(role)} == {str(before), str(TOP)}
    assert not cluster.one_way
    assert cluster.of_version(before) + cluster.of_version(TOP) == len(cluster.parts) == 7


@pytest.mark.parametrize("hits", [7, 8, 12])
def test_across_a_migration_there_is_one_way_and_the_last_hits_end_the_old(
    tmp_path: Path, before: Path, monkeypatch: pytest.MonkeyPatch, hits: int
) -> None:
    max((before / "storage" / "migrations").iterdir()).unlink()
    monkeypatch.setattr(TwoVersions, "hits", hits)
    cluster = two_versions(tmp_path)
    old = [cluster.of_version(before)]
    dice = random.Random(1)  # noqa: S311 - dice

    for _ in range(hits):
        cluster.was_hit(dice.choice(cluster.victims()))
        old.append(cluster.of_version(before))

    assert cluster.one_way
    assert old == [7, 6, 5, 4, 3, *([2] * (hits - 6)), 1, 0]


async def test_who_is_passed_over_is_asked_no_more_and_then_again() -> None:
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(partial(OneWordProtocol, word), "127.0.0.1", 0) for word in (b"1", b"2")
    ]
    targets = [f"127.0.0.1:{server.sockets[0].getsockname()[1]}" for server in servers]
    front = f"127.0.0.1:{free_port()}"
    balancer = Balancer(front, targets)

    async def asked() -> set[bytes]:
        found = set()
        for _ in range(4):
            reader, writer = await asyncio.open_connection("127.0.0.1", int(front.rpartition(":")[2]))
            found.add(await reader.read())
            writer.close()
        return found

    await balancer.open()
    both = await asked()
    balancer.passed_over.add(targets[0])
    one = await asked()
    balancer.passed_over.clear()
    again = await asked()
    await balancer.close()
    for server in servers:
        server.close()

    assert (both, one, again) == ({b"1", b"2"}, {b"2"}, {b"1", b"2"})


async def test_a_webhook_that_was_answered_503_is_named(tmp_path: Path) -> None:
    async with built(tmp_path, speed=10, seed=1, houses=1, fans=1, program=WarmProgram) as town:
        town.fanvue.ledger.record("webhook.answered", id="e1", type="message.received", status=200)
        town.fanvue.ledger.record("webhook.answered", id="e2", type="message.received", status=503)

        assert turned_away(town) == ["a webhook was answered 503: message.received e2"]


def test_a_version_before_is_soaked_only_where_no_server_is_started_anew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["soak", "--cluster", "--before", "HEAD"])

    with pytest.raises(SystemExit) as ended:
        program.main()

    assert ended.value.code == 2
    assert "--before needs --cluster and --database" in capsys.readouterr().err
