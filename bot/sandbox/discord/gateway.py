"""The gateway: hello, identify, heartbeat, dispatch, resume, close codes."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from bot.sandbox.discord.connection import GatewayClosed, GatewayConnection, count, decoded
from bot.sandbox.discord.packing import PACKS
from bot.sandbox.discord.session_starts import SessionStarts
from bot.sandbox.discord.sessions import GatewaySession, expired, guild_create, ready, request_members
from bot.sandbox.discord.world import PRIVILEGED, DiscordWorld, GatewayEvent

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT = 0, 1, 2, 3, 6, 7
REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = 8, 9, 10, 11
KNOWN_INTENTS = (1 << 26) - 1


class StandInGateway:
    """All connections and sessions of this Discord."""

    def __init__(self, world: DiscordWorld, heartbeat_ms: int = 41_250) -> None:
        """`heartbeat_ms` is the interval that clients are told."""
        self._world = world
        self.heartbeat_ms = heartbeat_ms
        self.url = ""
        self.refuse_next = 0
        self.shards = 1  # so many Discord advises to have
        self.starts = SessionStarts(world)
        self.sessions: dict[str, GatewaySession] = {}
        self._connections: set[GatewayConnection] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        world.listeners.append(self._on_event)

    def _on_event(self, event: GatewayEvent) -> None:
        for session in list(self.sessions.values()):
            if expired(self._world, session):
                del self.sessions[session.id]
            else:
                session.consider(event)

    def connected(self, application_id: int) -> bool:
        """Whether a bot has an identified connection now."""
        return any(
            c.session is not None and c.session.application.id == application_id for c in self._connections
        )

    # -- what the switchboard does

    def drop(self, code: int | None = None) -> int:
        """Cut every connection, silently or with a close code; sessions stay resumable. Says how many."""
        cut = list(self._connections)
        for connection in cut:
            if code is None:
                connection.abort()
            else:
                self._later(connection.socket.close(code=code))
        return len(cut)

    def reconnect(self) -> None:
        """Ask every client to come again (op 7)."""
        for connection in list(self._connections):
            self._later(connection.send(RECONNECT, None))

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell every client that its session is no longer good (op 9); forget it unless resumable."""
        for connection in list(self._connections):
            if connection.session is not None and not resumable:
                self.sessions.pop(connection.session.id, None)
            self._later(connection.send(INVALID_SESSION, resumable))

    def forget_sessions(self) -> None:
        """Make every later RESUME fail."""
        self.sessions.clear()

    def _later(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        self.drop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- one connection

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one websocket until it ends."""
        if self.refuse_next > 0:
            self.refuse_next -= 1
            return web.Response(status=503)
        compress = request.query.get("compress")
        if compress not in PACKS:
            return web.Response(
                status=400, text="this gateway packs as zlib-stream, zstd-stream or not at all"
            )
        socket = web.WebSocketResponse(timeout=1.0, max_msg_size=64 * 1024, compress=False)
        await socket.prepare(request)
        connection = GatewayConnection(request, socket, compress)
        self._connections.add(connection)
        self._world.ledger.add("gateway_connected")
        pump = asyncio.create_task(self._pump(connection))
        try:
            await connection.send(HELLO, {"heartbeat_interval": self.heartbeat_ms, "_trace": []})
            await self._listen(request, connection)
        except GatewayClosed as end:
            self._world.ledger.add("gateway_closed", code=end.code)
            await socket.close(code=end.code, message=end.reason.encode())
        except (ConnectionError, asyncio.CancelledError):
            connection.abort()
        finally:
            self._connections.discard(connection)
            pump.cancel()
            self._left(connection)
        return socket

    def _left(self, connection: GatewayConnection) -> None:
        session = connection.session
        if session is None:
            return
        polite = (
            connection.socket.close_code in {WSCloseCode.OK, WSCloseCode.GOING_AWAY}
            and not connection.aborted
        )
        if polite:
            self.sessions.pop(session.id, None)
        else:
            session.gone_since = self._world.clock()
        self._world.ledger.add("gateway_left", application_id=session.application.id, polite=polite)

    async def _pump(self, connection: GatewayConnection) -> None:
        """Send what the session has collected, in order, as long as the connection lives."""
        await connection.attached.wait()
        session = connection.session
        assert session is not None
        while True:
            for payload in session.after(connection.sent):
                connection.sent = payload["s"]
                await connection.send_raw(payload)
            # Nothing is awaited between this look and the wait: no push is overlooked, even by two pumps.
            if connection.sent >= session.sequence:
                session.wake.clear()
                await session.wake.wait()

    async def _listen(self, request: web.Request, connection: GatewayConnection) -> None:
        if request.query.get("v", "10") not in {"9", "10"}:
            raise GatewayClosed(4012, "Invalid API version.")
        while True:
            try:
                message = await connection.socket.receive(timeout=self.heartbeat_ms / 1000 * 1.5)
            except TimeoutError:
                raise GatewayClosed(4009, "Session timed out.") from None
            if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                return
            await self._received(connection, message)

    async def _received(self, connection: GatewayConnection, message: WSMessage) -> None:
        payload = decoded(message)
        count(connection)
        op, data = payload.get("op"), payload.get("d")
        if op == HEARTBEAT:
            await connection.send(ACK, None)
        elif op == IDENTIFY:
            await self._identify(connection, data)
        elif op == RESUME:
            await self._resume(connection, data)
        elif connection.session is None:
            raise GatewayClosed(4003, "Not authenticated.")
        elif op == REQUEST_MEMBERS:
            request_members(self._world, connection.session, data)
        elif op not in {PRESENCE, 4}:  # 4: voice, of no use here
            raise GatewayClosed(4001, "Unknown opcode.")

    async def _identify(self, connection: GatewayConnection, data: Any) -> None:
        if connection.session is not None:
            raise GatewayClosed(4005, "Already authenticated.")
        if not isinstance(data, dict) or not isinstance(data.get("properties"), dict):
            raise GatewayClosed(4002, "Error while decoding payload.")
        application = next(
            (a for a in self._world.applications.values() if a.token == data.get("token")), None
        )
        if application is None:
            raise GatewayClosed(4004, "Authentication failed.")
        intents, shard = data.get("intents"), data.get("shard", [0, 1])
        if not isinstance(intents, int) or intents & ~KNOWN_INTENTS or intents < 0:
            raise GatewayClosed(4013, "Invalid intent(s).")
        asked = {name for name, bit in PRIVILEGED.items() if intents & bit}
        if not asked <= application.intents_enabled:
            raise GatewayClosed(4014, "Disallowed intent(s).")
        if len(shard) != 2 or not 0 <= shard[0] < shard[1]:  # noqa: PLR2004 - number and count
            raise GatewayClosed(4010, "Invalid shard.")
        if not self.starts.may(application.id, shard[0]):
            self._world.ledger.add("gateway_hurried", application_id=application.id, shard=shard[0])
            await connection.send(INVALID_SESSION, False)
            return
        session = GatewaySession(self._world, application, intents, (shard[0], shard[1]))
        self.sessions[session.id] = session
        session.push("READY", ready(self._world, session, self.url))
        for guild in self._world.guilds.values():
            if application.user.id in guild.members and session.mine(guild.id) and intents & 1:
                session.push("GUILD_CREATE", guild_create(self._world, guild, session))
        self._attach(connection, session, 0)
        self._world.ledger.add(
            "gateway_identified",
            application_id=application.id,
            intents=intents,
            shard=shard[0],
            compress=connection.compress,
        )

    async def _resume(self, connection: GatewayConnection, data: Any) -> None:
        if connection.session is not None:
            raise GatewayClosed(4005, "Already authenticated.")
        if not isinstance(data, dict) or data.get("token") not in {
            a.token for a in self._world.applications.values()
        }:
            raise GatewayClosed(4004, "Authentication failed.")
        session, sequence = self.sessions.get(str(data.get("session_id"))), data.get("seq")
        lost = session is None or expired(self._world, session) or session.application.token != data["token"]
        if session is None or lost or not isinstance(sequence, int) or not session.can_resume(sequence):
            self._world.ledger.add("gateway_resume_refused")
            await connection.send(INVALID_SESSION, False)
            return
        for other in self._connections:
            if other.session is session:
                other.abort()
        missed = session.sequence - sequence
        session.push("RESUMED", {"_trace": []})
        self._attach(connection, session, sequence)
        self._world.ledger.add("gateway_resumed", application_id=session.application.id, missed=missed)

    def _attach(self, connection: GatewayConnection, session: GatewaySession, sequence: int) -> None:
        session.gone_since = None
        connection.session, connection.sent = session, sequence
        connection.attached.set()
