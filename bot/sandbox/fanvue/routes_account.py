"""Own profile and account, and the creators whom a member manages."""

from collections.abc import Mapping

from bot.sandbox.fanvue import audience, files
from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json
from bot.sandbox.fanvue.events import iso
from bot.sandbox.fanvue.paging import PAGE, paged
from bot.sandbox.fanvue.records import AccountRecord


def me(call: ApiCall) -> ApiAnswer:
    account = call.creator
    kinds = [media.type for media in call.state.media.values() if media.owner == account.uuid]
    posts = [post for post in call.state.posts.values() if post.creator == account.uuid]
    body = _profile(call, account)
    body |= {
        "likesCount": 0,
        "fanCounts": {
            "followersCount": len(audience.members(call.state, account, "followers")),
            "subscribersCount": len(audience.members(call.state, account, "subscribers")),
        },
        "contentCounts": {
            "imageCount": kinds.count("image"),
            "videoCount": kinds.count("video"),
            "audioCount": kinds.count("audio"),
            "postCount": len(posts),
            "payToViewPostCount": sum(1 for post in posts if post.price is not None),
        },
    }
    return ApiAnswer(200, body)


def account(call: ApiCall) -> ApiAnswer:
    """Nothing is ever paid out here, so the whole of the net is the balance."""
    creator = call.creator
    earned = sum(payment.net for payment in call.state.payments_of(creator.uuid))
    figures = {
        "status": "active",
        "earnings": {"total": earned, "availableBalance": earned, "lastPayoutAt": None},
        "fans": {
            "followers": len(audience.members(call.state, creator, "followers")),
            "subscribers": len(audience.members(call.state, creator, "subscribers")),
        },
    }
    return ApiAnswer(200, _profile(call, creator) | {"account": figures})


def creators(call: ApiCall) -> ApiAnswer:
    managed = [call.state.accounts[uuid] for uuid in call.user.manages]
    rows = [((iso(one.created_at), one.uuid), one) for one in managed]
    return paged(call, rows, lambda one: _managed_creator(one, call.user.role))


def _profile(call: ApiCall, one: AccountRecord) -> Json:
    return {
        "uuid": one.uuid,
        "email": one.email,
        "handle": one.handle,
        "bio": "",
        "displayName": one.display_name,
        "isCreator": one.is_creator,
        "createdAt": iso(one.created_at),
        "updatedAt": None,
        "avatarUrl": files.avatar_url(call.state, one),
        "bannerUrl": None,
    }


def _managed_creator(one: AccountRecord, role: str) -> Json:
    return {
        "uuid": one.uuid,
        "handle": one.handle,
        "displayName": one.display_name,
        "nickname": None,
        "isTopSpender": False,
        "avatarUrl": one.avatar_url,
        "registeredAt": iso(one.created_at),
        "role": role,
    }


ROUTES: Mapping[str, ApiRoute] = {
    "GET /users/me": ApiRoute(me),
    "GET /v1/users/me": ApiRoute(me),
    "GET /users/account": ApiRoute(account),
    "GET /v1/users/account": ApiRoute(account),
    "GET /creators": ApiRoute(creators, query=PAGE),
}
