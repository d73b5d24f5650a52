"""Smart lists and custom lists, and who is in them."""

from collections.abc import Mapping

from bot.sandbox.fanvue import audience, views
from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json, invalid, refuse
from bot.sandbox.fanvue.events import iso
from bot.sandbox.fanvue.paging import CURSOR, PAGE, Row, paged
from bot.sandbox.fanvue.records import CustomListRecord, FanBond, ListId, UserId
from bot.sandbox.fanvue.shapes import RequestField, Shape

_NAME: Shape = {"name": RequestField(required=True, low=1, high=100)}
_MEMBERS: Shape = {"userUuids": RequestField("uuid", required=True, many="array")}


def smart_lists(call: ApiCall) -> ApiAnswer:
    """A bare array, as the contract has it; v1 adds the list of creators."""
    names = audience.SMART_LISTS if call.v1 else audience.V0_SMART_LISTS
    return ApiAnswer(200, [_smart_list(call, name) for name in names])


def smart_list(call: ApiCall) -> ApiAnswer:
    name = call.params["uuid"]
    if name not in (audience.SMART_LISTS if call.v1 else audience.V0_SMART_LISTS):
        refuse(400, "Unknown smart list")
    rows = [_member_row(bond) for bond in audience.members(call.state, call.creator, name)]
    return paged(call, rows, views.list_member, total=True)


def custom_lists(call: ApiCall) -> ApiAnswer:
    needle = call.query.get("search", "").casefold()
    rows = [((iso(one.created_at), one.uuid), one) for one in _own(call) if needle in one.name.casefold()]
    return paged(call, rows, lambda one: _custom_list(call, one), total=True)


def custom_list(call: ApiCall) -> ApiAnswer:
    known = (call.state.bonds.get((call.creator.uuid, member)) for member in _find(call).members)
    rows = [_member_row(bond) for bond in known if bond is not None]
    return paged(call, rows, views.list_member)


def create_list(call: ApiCall) -> ApiAnswer:
    _free_name(call)
    made = CustomListRecord(
        ListId(call.state.new_id()), call.creator.uuid, call.body["name"], call.state.now()
    )
    call.state.lists[made.uuid] = made
    return ApiAnswer(201, _custom_list(call, made))


def rename_list(call: ApiCall) -> ApiAnswer:
    found = _find(call)
    if found.name != call.body["name"]:
        _free_name(call)
    found.name = call.body["name"]
    return ApiAnswer(204)


def delete_list(call: ApiCall) -> ApiAnswer:
    del call.state.lists[_find(call).uuid]
    return ApiAnswer(204)


def add_members(call: ApiCall) -> ApiAnswer:
    """Strangers and people who are in already are skipped."""
    found = _find(call)
    wanted = [UserId(uuid) for uuid in call.body["userUuids"]]
    most = call.state.switches.list_members_most
    if most and len(wanted) > most:
        invalid(f"userUuids: at most {most}")
    there = set(found.members)
    fresh = [
        uuid
        for uuid in dict.fromkeys(wanted)
        if uuid not in there and (call.creator.uuid, uuid) in call.state.bonds
    ]
    found.members.extend(fresh)
    return ApiAnswer(201, {"added": len(fresh), "skipped": len(wanted) - len(fresh)})


def remove_member(call: ApiCall) -> ApiAnswer:
    found, uuid = _find(call), UserId(call.params["userUuid"])
    if uuid not in found.members:
        refuse(404, "Not a member of this list")
    found.members.remove(uuid)
    return ApiAnswer(204)


def _smart_list(call: ApiCall, name: str) -> Json:
    title, _ = audience.SMART_LISTS[name]
    return {
        "name": title,
        "uuid": name,
        "count": len(audience.members(call.state, call.creator, name)),
    }


def _own(call: ApiCall) -> list[CustomListRecord]:
    return [one for one in call.state.lists.values() if one.creator == call.creator.uuid]


def _find(call: ApiCall) -> CustomListRecord:
    found = call.state.lists.get(ListId(call.params["uuid"]))
    if found is None or found.creator != call.creator.uuid:
        refuse(404, "List not found")
    return found


def _free_name(call: ApiCall) -> None:
    if any(one.name == call.body["name"] for one in _own(call)):
        refuse(409, "A list of this name exists already")


def _member_row(bond: FanBond) -> Row:
    return (iso(bond.fan.created_at), bond.fan.uuid), bond


def _custom_list(call: ApiCall, one: CustomListRecord) -> Json:
    told = {"uuid": one.uuid, "name": one.name, "createdAt": iso(one.created_at)}
    return told | ({"membersCount": len(one.members)} if call.state.switches.list_sizes else {})


ROUTES: Mapping[str, ApiRoute] = {
    "GET /chats/lists/smart": ApiRoute(smart_lists),
    "GET /v1/chats/lists/smart": ApiRoute(smart_lists),
    "GET /chats/lists/smart/{uuid}": ApiRoute(smart_list, query=PAGE),
    "GET /v1/chats/lists/smart/{uuid}": ApiRoute(smart_list, query=CURSOR),
    "GET /chats/lists/custom": ApiRoute(custom_lists, query={**PAGE, "search": RequestField()}),
    "GET /v1/chats/lists/custom": ApiRoute(custom_lists, query=CURSOR),
    "POST /chats/lists/custom": ApiRoute(create_list, body=_NAME),
    "GET /chats/lists/custom/{uuid}": ApiRoute(custom_list, query=PAGE),
    "PATCH /chats/lists/custom/{uuid}": ApiRoute(rename_list, body=_NAME),
    "DELETE /chats/lists/custom/{uuid}": ApiRoute(delete_list),
    "POST /chats/lists/custom/{uuid}/members": ApiRoute(add_members, body=_MEMBERS),
    "DELETE /chats/lists/custom/{uuid}/members/{userUuid}": ApiRoute(remove_member),
}
