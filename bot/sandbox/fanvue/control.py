"""The back door for tests and demo: ledger, world, faults, switches, fans."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from typing import Any

from aiohttp import web

from bot.sandbox.fanvue.contract import ContractMismatch
from bot.sandbox.fanvue.events import iso, iso_or_none
from bot.sandbox.fanvue.faults import FanvueFault, Switchboard, WebhookFaults
from bot.sandbox.fanvue.money import NotPossibleError
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import MessageId, MessageRecord
from bot.sandbox.fanvue.world import FanvueWorld

Json = dict[str, Any]
Deed = Callable[[StandInFan, Json], Awaitable[object]]


async def _block(fan: StandInFan, _: Json) -> None:
    fan.block()


_DEEDS: dict[str, Deed] = {
    "write": lambda fan, body: fan.write(body.get("text"), body.get("media", 0)),
    "read": lambda fan, _: fan.read(),
    "tip": lambda fan, body: fan.tip(body["cents"]),
    "buy": lambda fan, body: fan.buy(MessageId(body["messageUuid"])),
    "subscribe": lambda fan, _: fan.subscribe(),
    "renew": lambda fan, _: fan.renew(),
    "cancel": lambda fan, _: fan.cancel(),
    "lapse": lambda fan, _: fan.lapse(),
    "follow": lambda fan, _: fan.follow(),
    "block": _block,
}


class BackDoor:
    """JSON endpoints that no bridge may use."""

    def __init__(self, world: FanvueWorld, faults: Switchboard, mismatches: list[ContractMismatch]) -> None:
        self._world = world
        self._faults = faults
        self._mismatches = mismatches

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/_sandbox/ledger", self.ledger),
            web.get("/_sandbox/world", self.world),
            web.get("/_sandbox/contract", self.contract),
            web.post("/_sandbox/faults", self.faults),
            web.post("/_sandbox/switches", self.switches),
            web.get("/_sandbox/fans/{uuid}/inbox", self.inbox),
            web.post("/_sandbox/fans/{uuid}/{deed}", self.deed),
        ]

    async def ledger(self, request: web.Request) -> web.Response:
        """Entries after a number (`?after=`), of one kind or family (`?kind=`)."""
        rows = self._world.ledger.as_json(int(request.query.get("after", "-1")))
        kind = request.query.get("kind", "")
        return web.json_response({"data": [row for row in rows if row["kind"].startswith(kind)]})

    async def world(self, _: web.Request) -> web.Response:
        accounts = [
            {"uuid": one.uuid, "handle": one.handle, "isCreator": one.is_creator}
            for one in self._world.accounts.values()
        ]
        bonds = [
            {
                "creator": bond.creator.uuid,
                "fan": bond.fan.uuid,
                "subscribed": bond.subscribed,
                "contactable": bond.contactable,
                "chatSince": iso_or_none(bond.chat_since),
                "messages": [_message(message) for message in bond.messages],
            }
            for bond in self._world.bonds.values()
        ]
        return web.json_response({"accounts": accounts, "bonds": bonds})

    async def contract(self, _: web.Request) -> web.Response:
        return web.json_response({"data": [asdict(one) for one in self._mismatches]})

    async def faults(self, request: web.Request) -> web.Response:
        """Add a fault, or set `down` and `webhooks`, or `{"clear": true}`."""
        body = await _body(request)
        if body.pop("clear", False):
            self._faults.clear()
        self._faults.down = body.pop("down", self._faults.down)
        if "webhooks" in body:
            self._faults.webhooks = WebhookFaults(**_known(WebhookFaults, body.pop("webhooks")))
        if body:
            try:
                self._faults.waiting.append(FanvueFault(**_known(FanvueFault, body)))
            except (TypeError, ValueError) as error:
                raise _problem(400, str(error)) from error
        waiting = [asdict(fault) for fault in self._faults.waiting if fault.held is None]
        return web.json_response({"waiting": waiting})

    async def switches(self, request: web.Request) -> web.Response:
        switches = self._world.switches
        for name, value in _known(type(switches), await _body(request)).items():
            setattr(switches, name, tuple(value) if isinstance(value, list) else value)
        return web.json_response(asdict(switches))

    async def inbox(self, request: web.Request) -> web.Response:
        return web.json_response({"data": [_message(message) for message in self._fan(request).inbox()]})

    async def deed(self, request: web.Request) -> web.Response:
        deed = _DEEDS.get(request.match_info["deed"])
        if deed is None:
            raise _problem(404, f"A fan can {', '.join(_DEEDS)}.")
        try:
            done = await deed(self._fan(request), await _body(request))
        except NotPossibleError as error:
            raise _problem(409, str(error)) from error
        except KeyError as error:
            raise _problem(400, f"{error} is required") from error
        uuid = getattr(done, "uuid", getattr(done, "id", None))
        return web.json_response({"uuid": uuid})

    def _fan(self, request: web.Request) -> StandInFan:
        fan = self._world.fan(request.match_info["uuid"], request.query.get("creator"))
        if fan is None:
            raise _problem(404, "There is no such fan.")
        return fan


def _problem(status: int, message: str) -> web.HTTPException:
    kinds = {400: web.HTTPBadRequest, 404: web.HTTPNotFound, 409: web.HTTPConflict}
    return kinds[status](text=json.dumps({"message": message}), content_type="application/json")


async def _body(request: web.Request) -> Json:
    body = await request.json() if request.can_read_body else {}
    if not isinstance(body, dict):
        raise _problem(400, "The body must be an object.")
    return body


def _known(kind: type[Any], body: Json) -> Json:
    strange = body.keys() - {one.name for one in fields(kind)}
    if strange:
        raise _problem(400, f"Not known: {', '.join(sorted(strange))}")
    return body


def _message(message: MessageRecord) -> Json:
    return {
        "uuid": message.uuid,
        "sender": "fan" if message.from_fan else "creator",
        "text": message.text,
        "sentAt": iso(message.sent_at),
        "price": message.price,
        "mediaUuids": list(message.media),
        "type": message.type,
        "isRead": message.read,
        "purchasedAt": iso_or_none(message.purchased_at),
        "deletedAt": iso_or_none(message.deleted_at),
    }
