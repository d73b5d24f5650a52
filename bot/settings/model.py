"""Every setting, typed, with its default and what it is.

`bot.settings.loader.load` reads them once; everything else gets what it needs as arguments. The order here is
the order of `.env.example`, and each description is its comment there.
"""

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings.network_rules import Networks
from bot.settings.value_rules import (
    BaseUrl,
    Command,
    Database,
    Ids,
    Keys,
    Level,
    Place,
    Places,
    Prefix,
    Seconds,
    Secrets,
    SocketAddress,
    Steps,
    Token,
    Url,
    Version,
    WaitSettings,
    Words,
)

KEYS_HINT = "run `fanvue-bridge keys new`"
SCOPES = (
    "openid offline_access offline read:self read:chat write:chat read:fan read:creator "
    "read:media write:media read:post write:post read:insights"
)


class Settings(BaseSettings):
    """The decisions of an installation's owner. Make it with `load`; its repr shows no secret."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    discord_token: Token = Field(
        description="Discord Developer Portal → your application → Bot → Reset Token"
    )
    discord_application_id: int = Field(
        gt=0, description="Discord Developer Portal → your application → General Information → Application ID"
    )
    discord_client_secret: SecretStr = Field(
        description="Discord Developer Portal → your application → OAuth2 → Client Secret → Reset Secret"
    )
    discord_redirect_uri: Url = Field(
        description="PUBLIC_URL + /oauth/discord/callback; add it in the Discord portal → OAuth2 → Redirects"
    )
    discord_shards: int = Field(
        default=1,
        ge=1,
        description="Into how many sessions with Discord the servers are divided, one a process with --role "
        "gateway; more than 1 from 2,500 servers on (docs/scaling.md)",
    )
    discord_servers: Ids = Field(
        default=(),
        description=(
            "Ids of the servers that are served, with commas; others get one sentence. Empty: "
            "every server that someone adds the bot to"
        ),
    )
    fanvue_client_id: str = Field(description="Fanvue → Developer Area → your app → Client ID")
    fanvue_client_secret: SecretStr = Field(description="Fanvue → Developer Area → your app → Client Secret")
    fanvue_redirect_uri: Url = Field(
        description="PUBLIC_URL + a path such as /oauth/fanvue/callback; register exactly this at Fanvue"
    )
    fanvue_webhook_secrets: Secrets = Field(
        default=(),
        validate_default=False,  # none at all is right where the bridge subscribes by itself
        description="Fanvue → Developer Area → your app → Webhooks → signing secret; several with commas",
    )
    old_command_names: Literal["auto", "on", "off"] = Field(
        default="auto",
        description="Whether commands are offered by their old names, too; auto: where the last version ran",
    )
    fanvue_subscribe: Literal["manual", "auto"] = Field(
        default="manual",
        description="manual: you tick the events in Fanvue's Developer Area; auto: the bridge subscribes",
    )
    fanvue_scopes: Words = Field(
        default=tuple(SCOPES.split()),
        description="What a creator is asked to allow; the same scopes must be ticked in Fanvue's app",
    )
    encryption_keys: Keys = Field(
        default=(), description=f"id:base64 of 32 bytes, newest first, several with commas: {KEYS_HINT}"
    )
    encryption_keys_file: Path | None = Field(
        default=None,
        description="Or a file with one such key a line: mode 600, or a mounted secret (Docker …)",
    )
    secrets_dir: Path | None = Field(
        default=None,
        description="Or a folder with a file for any of these settings, named in lower case: discord_token …",
    )
    database_url: Database = Field(
        default="sqlite:///data/bridge.sqlite3",
        repr=False,
        description=(
            "Where the bridge keeps its data: a file on a local disk, or postgresql://user@host/name"
        ),
    )
    state_dir: Path | None = Field(
        default=None,
        description="Folder for small files (default: that of the SQLite file; with PostgreSQL this one)",
    )
    backup_command: Command = Field(
        default=(),
        description="What takes each good backup to another place, without a shell: rclone copy {file} …",
    )
    operator_webhook_url: Url | None = Field(
        default=None,
        repr=False,
        description="Gets by POST what only you can fix, also while Discord is down (docs/operating.md)",
    )
    operator_ntfy_url: Url | None = Field(
        default=None,
        repr=False,
        description="Or a topic of ntfy with a name that nobody guesses: https://ntfy.sh/…",
    )
    operator_ping_url: Url | None = Field(
        default=None,
        repr=False,
        description="A dead man's switch, asked once a minute while all is well: https://hc-ping.com/…",
    )
    otel_exporter_otlp_endpoint: BaseUrl | None = Field(
        default=None,
        repr=False,
        description="Gets traces by OTLP over HTTP, with the extra telemetry: http://127.0.0.1:4318 …",
    )
    otel_exporter_otlp_headers: str = Field(
        default="",
        repr=False,
        description="What it knows you by: authorization=Bearer%20…, more with commas",
    )
    otel_service_name: str = Field(
        default="fanvue-bridge", min_length=1, description="What this installation is called in traces"
    )
    assistant_url: BaseUrl | None = Field(
        default=None,
        description="A server like OpenAI's that may translate and draft where an owner allows it: "
        "http://127.0.0.1:11434/v1 …",
    )
    assistant_model: str = Field(default="", description="Its model, by the name that it has there")
    assistant_key: SecretStr | None = Field(default=None, description="Its key, if it wants one")
    public_url: BaseUrl = Field(
        description="The https address under which people and Fanvue reach this bridge, such as https://bridge.example.org"
    )
    listen: Place = Field(
        default=SocketAddress("127.0.0.1", 8080),
        description="Where webhooks and link pages are served (host:port)",
    )
    admin_listen: Place = Field(
        default=SocketAddress("127.0.0.1", 9090),
        description="Where health and metrics are served; keep it private",
    )
    trusted_proxies: Networks = Field(
        default=(),
        description="Addresses or networks of your proxies, whose X-Forwarded-For is believed: 127.0.0.1 …",
    )
    fanvue_api_url: BaseUrl = Field(default="https://api.fanvue.com", description="Fanvue's API")
    fanvue_auth_url: BaseUrl = Field(default="https://auth.fanvue.com", description="Fanvue's sign-in server")
    fanvue_api_prefix: Prefix = Field(
        default="/v1",
        description="/v1 where Fanvue has it, else unversioned; empty means unversioned only",
    )
    fanvue_api_version: Version = Field(
        default="2025-06-26", description="The date that goes into X-Fanvue-API-Version"
    )
    fanvue_media_hosts: Words = Field(
        default=("fanvue.com",),
        description=(
            "Hosts, with all under them, whose files Show, previews and /setup may fetch; no others"
        ),
    )
    fanvue_upload_hosts: Words = Field(
        default=("fanvue.com", "amazonaws.com"),
        description="Hosts, with all under them, that files for a vault may go to; others get nothing",
    )
    discord_api_url: BaseUrl = Field(default="https://discord.com/api/v10", description="Discord's API")
    discord_gateway_url: Url = Field(
        default="wss://gateway.discord.gg/", description="Discord's gateway, used when its API names none"
    )
    discord_authorize_url: Url = Field(
        default="https://discord.com/oauth2/authorize", description="Discord's sign-in page"
    )
    message_content: bool = Field(
        default=False,
        description="on: members can answer by typing (/inbox typing); first allow it in Discord Developer "
        "Portal → your application → Bot → Message Content Intent",
    )
    text_without_age_restriction: bool = Field(
        default=False,
        description="true: texts may also appear in a forum that is not age-restricted; media never do",
    )
    allowed_private_hosts: Places = Field(
        default=(), description="host:port list that may be private and without TLS (stand-ins only)"
    )
    log_level: Level = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")
    settle_seconds: Steps = Field(
        default=(5, 15, 30, 60), description="When to check whether a reply of unknown fate arrived"
    )
    nonce_window_seconds: Seconds = Field(
        default=90, description="How long Discord is trusted to know a nonce"
    )
    hold_seconds: Seconds = Field(
        default=2, description="How long a live event is held after a start, for older ones to come first"
    )
    echo_seconds: Seconds = Field(
        default=2, description="How long a message from the creator waits for a reply that is under way"
    )
    unread_seconds: Seconds = Field(
        default=3,
        description=("How long a line must have been in a thread to count as read by the person who answers"),
    )
    sweep_seconds: Seconds = Field(
        default=300, description="How often the bridge checks by itself while webhooks come"
    )
    sweep_silent_seconds: Seconds = Field(default=60, description="And how often while they do not")
    silence_seconds: Seconds = Field(
        default=900, description="After how long without any webhook they count as silent"
    )
    claim_seconds: Seconds = Field(
        default=180, description="How long a fan stays claimed by a member who has gone silent"
    )
    board_seconds: Seconds = Field(
        default=5, description="How long the message that says who waits waits for further changes"
    )
    board_calm_seconds: Seconds = Field(
        default=120,
        description="And how long for an answer; it changes once in half of this time at most",
    )
    card_calm_seconds: Seconds = Field(
        default=120,
        description="A fan's card and tags follow a conversation this late; five times that if it goes on",
    )
    reply_line_seconds: Seconds = Field(
        default=2, description="A reply sent within this time has one line, which says that it was sent"
    )
    history_lines: int = Field(
        default=10,
        ge=0,
        le=20,
        description="Messages from before that a fan's first thread begins with; 0: none",
    )
    burst_seconds: int = Field(
        default=7,
        ge=0,
        le=30,
        description="A fan's texts of so many seconds share a post in the thread; 0: each has its own",
    )
    alert_fold_seconds: int = Field(
        default=30,
        ge=0,
        le=600,
        description="Alerts of so many seconds share one message, edited; 0: each has its own",
    )
    alert_online_hours: int = Field(
        default=12,
        ge=1,
        le=168,
        description=(
            "The same fan coming online is announced at most once in so many hours (/settings alerts)"
        ),
    )
    active_threads: int = Field(
        default=900,
        ge=2,
        le=1000,
        description="How many threads of one server the bridge keeps open; Discord allows about 1000",
    )
    credit_hours: int = Field(
        default=24,
        ge=1,
        le=720,
        description="For so many hours an answer counts as the last one before a sale (/money credit)",
    )
    delete_uploaded: bool = Field(
        default=True,
        description="“Add to vault” deletes the message on Discord once the vault has its files",
    )
    list_members: int = Field(
        default=100,
        ge=1,
        le=1000,
        description="How many fans one call puts on a list; fewer by itself where Fanvue refuses so many",
    )
    forum_fans: int = Field(
        default=2000, ge=1, description="How many fans one forum holds before a second one is made beside it"
    )
    commands_per_minute: int = Field(
        default=60, ge=0, description="How many commands one person may give in a minute; 0: no limit"
    )
    backoff_max_seconds: Seconds = Field(default=60, description="The longest wait between two tries")
    drain_seconds: Seconds = Field(default=20, description="How long a stop waits for calls under way")
    window_divisor: float = Field(
        default=1.0, gt=0, allow_inf_nan=False, description="Divides all waits at once (demo and tests)"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings calls it so
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load` passes in: building settings reads no variable and no file behind one's back."""
        return (init_settings,)

    def state_folder(self) -> Path:
        """The folder of small files that belong to this machine and to no database."""
        if self.state_dir is not None:
            return self.state_dir
        file = self.database_url.removeprefix("sqlite:///")
        return Path() if file == self.database_url else Path(file).parent

    def waits(self) -> WaitSettings:
        """Every wait, divided by WINDOW_DIVISOR: the only numbers of seconds that the program may use."""
        divisor = self.window_divisor
        return WaitSettings(
            settle=tuple(step / divisor for step in self.settle_seconds),
            nonce_window=self.nonce_window_seconds / divisor,
            hold=self.hold_seconds / divisor,
            echo=self.echo_seconds / divisor,
            unread=self.unread_seconds / divisor,
            sweep=self.sweep_seconds / divisor,
            sweep_silent=self.sweep_silent_seconds / divisor,
            silence=self.silence_seconds / divisor,
            claim=self.claim_seconds / divisor,
            board=self.board_seconds / divisor,
            card_calm=self.card_calm_seconds / divisor,
            board_calm=self.board_calm_seconds / divisor,
            reply_line=self.reply_line_seconds / divisor,
            backoff_max=self.backoff_max_seconds / divisor,
            drain=self.drain_seconds / divisor,
        )

    def log_salt(self) -> bytes:
        """The salt that hides ids in logs: steady for an installation as long as its oldest key is kept."""
        return hashlib.sha256(b"log ids" + self.encryption_keys[-1].secret.get_secret_value()).digest()
