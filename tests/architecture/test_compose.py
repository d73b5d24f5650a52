"""compose.yaml names what the program has, and starts one of two things."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import _parser
from bot.engine.process_roles import ProcessRole, roles_of
from bot.engine.readiness_probes import LITTLE
from bot.settings.loader import load
from bot.settings.model import Settings
from bot.web.request_limits import RequestBounds
from tests.architecture.source_tree import TOP
from tests.settings.test_settings import WHOLE

TEXT = (TOP / "compose.yaml").read_text(encoding="utf-8")
ROLES = re.compile(r"--role, (\w+)\]\n    deploy: \{ replicas: (\d) \}")
FILES = re.compile(r"^  (\w+): \{ file: \./deploy/secrets/(\w+) \}$", re.MULTILINE)
INSIDE = re.compile(
    r"docker compose (?:run --rm (?:-T )?(\w+)|exec (?:-T )?(\w+) fanvue-bridge) "
    r"((?:\"[^\"]*\"|[^`\"#\n])+)(?=[`#\n])"
)
TOOL = shutil.which("docker-compose")
NOBODY_ELSE = {"postgres_password"}  # which the database alone reads
TLS = {"caddy"}
ALONE, SCALE = {"bridge"}, {"gateway", "web", "worker", "migrate", "proxy", "postgres"}
OURS = ("gateway", "web", "worker", "migrate")

Composed = dict[str, Any]  # what the tool prints


def secret_settings() -> set[str]:
    """Every setting that opens something."""
    opening = ("Secret", "EncryptionKey")
    fields = Settings.model_fields.items()
    return {name for name, field in fields if any(word in str(field.annotation) for word in opening)} | {
        "database_url"
    }


def test_the_roles_are_those_of_the_program_with_a_spare_of_each() -> None:
    assert dict(ROLES.findall(TEXT)) == {"gateway": "2", "web": "2", "worker": "3"}
    assert {name for name, _ in ROLES.findall(TEXT)} == {str(role) for role in ProcessRole}


def test_every_secret_is_a_file_and_every_file_is_one_of_a_setting() -> None:
    found = FILES.findall(TEXT)

    assert all(name == file for name, file in found)
    assert {name for name, _ in found} == secret_settings() | NOBODY_ELSE
    assert "deploy/secrets/" in (TOP / ".gitignore").read_text(encoding="utf-8").split()


def test_the_proxy_waits_for_headers_as_long_as_a_web_does() -> None:
    proxy = (TOP / "deploy/haproxy.cfg").read_text(encoding="utf-8")

    assert re.findall(r"timeout http-request (\d+)s", proxy) == [f"{RequestBounds().header_seconds:.0f}"]


def test_images_of_others_have_a_version_and_no_host() -> None:
    images = re.findall(r"image: (\S+)", TEXT)

    assert len(images) == 4
    assert [image for image in images if "/" in image or not re.search(r":(\d|local$)", image)] == []


def test_the_database_has_only_the_rights_that_it_begins_with_and_writes_where_it_must() -> None:
    (postgres,) = [block for block in TEXT.split("\n\n") if "image: postgres" in block]

    assert "    read_only: true\n" in postgres
    assert "    cap_drop: [ALL]\n" in postgres
    assert "    cap_add: [CHOWN, DAC_OVERRIDE, FOWNER, SETGID, SETUID]\n" in postgres
    assert re.findall(r"- (/[a-z/]+)[:\n]", postgres) == ["/tmp", "/run/postgresql"]  # noqa: S108 - its own


def test_every_service_has_a_limit_of_memory() -> None:
    made = [block for block in TEXT.split("\n\n") if re.search(r"^  (?:  )?image: ", block, re.MULTILINE)]

    assert len(made) == 4, "ours, of which every process is made, two proxies and the database"
    assert [block for block in made if not re.search(r"^ +mem_limit: \d+[mg]\b", block, re.MULTILINE)] == []


def test_every_service_has_a_limit_of_processes() -> None:
    made = [block for block in TEXT.split("\n\n") if re.search(r"^  (?:  )?image: ", block, re.MULTILINE)]

    assert [block for block in made if not re.search(r"^ +pids_limit: \d+\b", block, re.MULTILINE)] == []


def test_no_proxy_that_comes_along_logs_requests() -> None:
    """The address of a link's page is a secret, and so is the query of a sign-in's answer."""
    nginx, caddy, haproxy = (
        (TOP / "deploy" / name).read_text(encoding="utf-8")
        for name in ("nginx.conf", "Caddyfile", "haproxy.cfg")
    )

    assert nginx.count("server {") == nginx.count("access_log off;")
    assert not re.search(r"^\s*log\b", caddy, re.MULTILINE)
    assert re.findall(r"^\s+log (.*)$", haproxy, re.MULTILINE) == [
        "stdout format raw local0 notice",
        "global",
    ]
    assert "log-separate-errors" not in haproxy, "requests are below `notice` without it"


@pytest.fixture
def composed(tmp_path: Path) -> Path:
    """A folder as somebody has it who copied the example; the tool needs no Docker for it."""
    if TOOL is None:
        pytest.skip("docker-compose is not installed here; the file is checked as text only")
    shutil.copy(TOP / "compose.yaml", tmp_path)
    shutil.copy(TOP / ".env.example", tmp_path / ".env")
    (tmp_path / ".env").chmod(0o600)
    return tmp_path


def config(folder: Path, *profiles: str, **environ: str) -> Composed:
    """What Docker Compose makes of it."""
    assert TOOL is not None
    options = [word for profile in profiles for word in ("--profile", profile)]
    done = subprocess.run(
        [TOOL, *options, "config", "--format", "json"],
        cwd=folder,
        env={"HOME": str(folder)} | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    made: Composed = json.loads(done.stdout)
    return made


def test_one_of_the_two_is_started_and_never_both_by_accident(composed: Path) -> None:
    assert set(config(composed)["services"]) == ALONE
    assert set(config(composed, "scale")["services"]) == SCALE
    assert set(config(composed, COMPOSE_PROFILES="scale")["services"]) == SCALE
    assert not config(composed, COMPOSE_PROFILES="").get("services")


def test_both_want_the_same_port_of_this_machine_only(composed: Path) -> None:
    both = config(composed, "alone", "scale")["services"]

    published = {
        name: [(port["host_ip"], port["published"]) for port in service.get("ports", [])]
        for name, service in both.items()
    }
    assert {name: ports for name, ports in published.items() if ports} == {
        "bridge": [("127.0.0.1", "8080")],
        "proxy": [("127.0.0.1", "8080")],
    }
    assert both["migrate"]["depends_on"]["proxy"]["condition"] == "service_started"


@pytest.mark.parametrize(("profile", "front"), [("alone", "bridge"), ("scale", "proxy")])
def test_https_comes_beside_either_and_leads_to_what_that_one_serves(
    composed: Path, profile: str, front: str
) -> None:
    url = "https://bridge.example.org"
    services = config(composed, profile, "tls", PUBLIC_URL=url)["services"]
    caddy = services["caddy"]

    named = {
        name
        for name, service in services.items()
        if "front" in ((service.get("networks") or {}).get("default") or {}).get("aliases", ())
    }
    assert set(services) == (ALONE if profile == "alone" else SCALE) | TLS
    assert named == {front}
    assert caddy["environment"] == {"PUBLIC_URL": url, "UPSTREAM": "front:8080"}, "and no secret"
    assert [port["published"] for port in caddy["ports"]] == ["80", "443"]
    assert {one["target"] for one in caddy["volumes"]} == {"/etc/caddy/Caddyfile", "/data", "/config"}
    assert (caddy["read_only"], caddy["cap_drop"], caddy["cap_add"]) == (True, ["ALL"], ["NET_BIND_SERVICE"])


def test_a_container_believes_proxies_of_dockers_networks_and_of_no_others(composed: Path) -> None:
    services = config(composed, "alone", "scale")["services"]

    for name in (*ALONE, *OURS):
        said = services[name]["environment"]["TRUSTED_PROXIES"]
        networks = load(WHOLE | {"TRUSTED_PROXIES": said}).trusted_proxies
        assert networks
        assert all(network.is_private for network in networks)


def test_the_processes_start_once_the_tables_are_there(composed: Path) -> None:
    services = config(composed, "scale")["services"]

    for role in ProcessRole:
        assert services[role]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        assert services[role]["deploy"]["replicas"] > 1
        assert roles_of([services[role]["command"][-1]]).which == {role}
    assert services["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_every_command_is_one_of_the_program(composed: Path) -> None:
    services = config(composed, "alone", "scale")["services"]

    for name in (*ALONE, *OURS):
        _parser().parse_args(services[name].get("command") or ["run"])
        if name != "migrate":
            program, *words = services[name]["healthcheck"]["test"][1:]
            assert program == "fanvue-bridge"
            _parser().parse_args(words)
    assert {name for name, service in services.items() if "test" not in service["healthcheck"]} == {"migrate"}


def test_every_command_in_a_container_that_a_page_names_is_one_of_the_program() -> None:
    pages = [TOP / "README.md", *(TOP / "docs").rglob("*.md")]
    named = [found for page in pages for found in INSIDE.findall(page.read_text(encoding="utf-8"))]

    assert len(named) > 10
    for ran, asked, words in named:
        assert (ran or asked) in {*ALONE, *OURS}
        _parser().parse_args(shlex.split(words))


def test_what_is_said_of_a_container_wins_over_a_copied_example_and_a_file_over_that(
    composed: Path, tmp_path: Path
) -> None:
    services = config(composed, "alone", "scale")["services"]
    alone = load(WHOLE | {name: text for name, text in services["bridge"]["environment"].items() if text})
    folder = tmp_path / "mounted"
    folder.mkdir()
    (folder / "database_url").write_text("postgresql://bridge:pw@postgres/bridge\n", encoding="utf-8")
    (folder / "database_url").chmod(0o600)

    assert (alone.database_url, str(alone.state_dir)) == ("sqlite:////data/bridge.sqlite3", "/data")
    for name in OURS:
        said = services[name]["environment"]
        shared = load(WHOLE | {n: text for n, text in said.items() if text} | {"SECRETS_DIR": str(folder)})
        assert said["SECRETS_DIR"] == "/run/secrets"
        assert shared.database_url == "postgresql://bridge:pw@postgres/bridge"
        assert (shared.listen.host, shared.admin_listen.host) == ("0.0.0.0", "127.0.0.1")  # noqa: S104
        assert {one["source"] for one in services[name]["secrets"]} == secret_settings()


def test_a_container_can_write_only_where_it_must_and_has_time_to_stop(composed: Path) -> None:
    services = config(composed, "alone", "scale")["services"]

    for name in (*ALONE, *OURS):
        service = services[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["tmpfs"][0] == "/tmp:mode=1777,size=64m"  # noqa: S108 - the container's own
        assert (
            int(service["stop_grace_period"].removesuffix("s"))
            > Settings.model_fields["drain_seconds"].default
        )
    assert all(one["security_opt"] == ["no-new-privileges:true"] for one in services.values())


def test_what_is_kept_has_a_name_and_nothing_else_is_left_behind(composed: Path) -> None:
    services = config(composed, "alone", "scale")["services"]
    ours = "/data:uid=10001,gid=10001,mode=0700,size=64m"

    kept = {
        name: [(one["type"], one.get("source"), one["target"]) for one in service.get("volumes", ())]
        for name, service in services.items()
    }
    assert kept["bridge"] == [("volume", "data", "/data")]
    assert kept["postgres"] == [("volume", "postgres", "/var/lib/postgresql/data")]
    # The image has a volume at /data: what is not mounted there would stay after each `down`, without a name.
    assert {name: (kept[name], services[name]["tmpfs"][1:]) for name in OURS} == {
        name: ([], [ours]) for name in OURS
    }
    assert LITTLE < 64 * 1024 * 1024


def test_a_dollar_in_quotes_is_read_alike_by_both(composed: Path) -> None:
    text = (composed / ".env").read_text(encoding="utf-8")
    written = text.replace("\nFANVUE_CLIENT_SECRET=\n", "\nFANVUE_CLIENT_SECRET='a$b$c'\n")
    (composed / ".env").write_text(written, encoding="utf-8")
    without = {name: value for name, value in WHOLE.items() if name != "FANVUE_CLIENT_SECRET"}

    by_compose = config(composed)["services"]["bridge"]["environment"]["FANVUE_CLIENT_SECRET"]

    assert by_compose.replace("$$", "$") == "a$b$c"  # which prints a file to be read again
    assert load(without, composed / ".env").fanvue_client_secret.get_secret_value() == "a$b$c"
