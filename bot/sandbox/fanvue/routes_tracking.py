"""Tracking links: listed, made, deleted, and who came by one."""

from collections.abc import Mapping

from bot.sandbox.fanvue import tracking, views
from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json, refuse
from bot.sandbox.fanvue.events import iso
from bot.sandbox.fanvue.paging import CURSOR_LIMIT, paged
from bot.sandbox.fanvue.post_surroundings import TrackingLinkRecord
from bot.sandbox.fanvue.records import UserId
from bot.sandbox.fanvue.shapes import RequestField, Shape

_PLATFORMS = ("facebook", "instagram", "other", "reddit", "snapchat", "tiktok", "twitter", "youtube")
_NEW: Shape = {
    "name": RequestField(required=True, low=1),
    "externalSocialPlatform": RequestField(required=True, choices=_PLATFORMS),
}


def list_links(call: ApiCall) -> ApiAnswer:
    """Newest first."""
    mine = [one for one in call.state.tracking.values() if one.creator == call.creator.uuid]
    return paged(call, [((iso(one.created_at), one.uuid), one) for one in mine], lambda one: _view(call, one))


def create_link(call: ApiCall) -> ApiAnswer:
    """There is no idempotency, and a name may be taken twice: a repeated call makes two."""
    made = tracking.make(
        call.state,
        call.creator.uuid,
        call.body["name"],
        call.body["externalSocialPlatform"],
        client_id=call.app.client_id,
    )
    return ApiAnswer(201, _view(call, made))


def delete_link(call: ApiCall) -> ApiAnswer:
    tracking.remove(call.state, _own(call), client_id=call.app.client_id)
    return ApiAnswer(204)


def list_users(call: ApiCall) -> ApiAnswer:
    """Newest first."""
    rows = [((iso(at), fan), (fan, at)) for fan, at in _own(call).users.items()]
    known = [row for row in rows if (call.creator.uuid, row[1][0]) in call.state.bonds]
    return paged(call, known, lambda row: _user(call, row[0]))


def user_metadata(call: ApiCall) -> ApiAnswer:
    """Nobody in this Fanvue brings any along."""
    if UserId(call.params["userUuid"]) not in _own(call).users:
        refuse(404, "User not found")
    return ApiAnswer(200, {"metadata": None})


def _own(call: ApiCall) -> TrackingLinkRecord:
    found = call.state.tracking.get(call.params["uuid"])
    if found is None or found.creator != call.creator.uuid:
        # Of a link that is gone, the contract has no 404 for whoever deletes one of their own.
        own_delete = call.operation.method == "DELETE" and call.operation.twin_of is None
        refuse(400 if own_delete else 404, "Tracking link not found")
    return found


def _view(call: ApiCall, link: TrackingLinkRecord) -> Json:
    paid = tracking.paid_by_users(call.state, link)
    bonds = [bond for fan in link.users if (bond := call.state.bonds.get((link.creator, fan))) is not None]
    subscribers = sum(bond.subscribed for bond in bonds)
    return {
        "uuid": link.uuid,
        "name": link.name,
        "linkUrl": tracking.address_of(call.creator, link),
        "externalSocialPlatform": link.platform,
        "createdAt": iso(link.created_at),
        "clicks": link.clicks,
        "engagement": {
            "acquiredSubscribers": subscribers,
            "acquiredFollowers": len(bonds) - subscribers,
            "totalSubscribers": subscribers,
            "totalFollowers": len(bonds) - subscribers,
        },
        "earnings": {
            "totalGross": sum(payment.gross for payment in paid),
            "totalNet": sum(payment.net for payment in paid),
        },
    }


def _user(call: ApiCall, fan: UserId) -> Json:
    return views.user_summary(call.state, call.state.bonds[call.creator.uuid, fan])


_LINKS = "/tracking-links"

ROUTES: Mapping[str, ApiRoute] = {
    f"GET {_LINKS}": ApiRoute(list_links, query=CURSOR_LIMIT),
    f"GET /v1{_LINKS}": ApiRoute(list_links, query=CURSOR_LIMIT),
    f"POST {_LINKS}": ApiRoute(create_link, body=_NEW),
    f"DELETE {_LINKS}/{{uuid}}": ApiRoute(delete_link),
    f"GET {_LINKS}/{{uuid}}/users": ApiRoute(list_users, query=CURSOR_LIMIT),
    f"GET {_LINKS}/{{uuid}}/users/{{userUuid}}/metadata": ApiRoute(user_metadata),
}
