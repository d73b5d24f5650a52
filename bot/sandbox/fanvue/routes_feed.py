"""Posts that are there: changed, deleted, pinned, reposted; comments, likes, tips."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.sandbox.fanvue import feed, views
from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json, invalid, refuse
from bot.sandbox.fanvue.events import iso
from bot.sandbox.fanvue.paging import CURSOR, PAGE, paged
from bot.sandbox.fanvue.post_surroundings import CommentRecord
from bot.sandbox.fanvue.publishing import published_at
from bot.sandbox.fanvue.records import MediaId, PostRecord, UserId
from bot.sandbox.fanvue.routes_posts import full, must_have, own_post, shelve
from bot.sandbox.fanvue.shapes import RequestField, Shape, parse_moment

_CHANGE: Shape = {
    "audience": RequestField(choices=("subscribers", "followers-and-subscribers")),
    "text": RequestField(null=True, high=5000),
    "mediaUuids": RequestField("uuid", many="array"),
    "price": RequestField("integer", null=True, low=300),
    "mediaPreviewUuid": RequestField("uuid", null=True),
    "publishAt": RequestField("moment", null=True),
    "expiresAt": RequestField("moment", null=True),
    "collectionUuids": RequestField("uuid", many="array"),
}
_COMMENT: Shape = {"text": RequestField(required=True, low=1)}


def change_post(call: ApiCall) -> ApiAnswer:
    """Set the named fields; a null clears one, and publishes a scheduled post."""
    post, body = own_post(call), call.body
    media = [MediaId(uuid) for uuid in body["mediaUuids"]] if "mediaUuids" in body else post.media
    preview = body.get("mediaPreviewUuid", post.preview)
    named = body.get("mediaPreviewUuid")
    must_have(call, [MediaId(uuid) for uuid in (*body.get("mediaUuids", ()), *([named] if named else ()))])
    publish_at, out = _times(call, post)
    changed = replace(
        post,
        text=body.get("text", post.text),
        price=body.get("price", post.price),
        audience=body.get("audience", post.audience),
        media=media,
        preview=None if preview is None else MediaId(preview),
        publish_at=publish_at,
        published_at=out,
        expires_at=_expiry(call, post),
    )
    if changed.price is not None and not changed.media:
        invalid("price needs mediaUuids")
    if changed.text is None and not changed.media:
        invalid("text or mediaUuids is required")
    shelve(call, changed)
    call.state.posts[post.uuid] = changed
    _record(call, "post.changed", changed, fields=sorted(body))
    return ApiAnswer(200, full(call, changed))


def _times(call: ApiCall, post: PostRecord) -> tuple[datetime | None, datetime | None]:
    """Its time to come out, and the time it did."""
    if "publishAt" not in call.body:
        return post.publish_at, post.published_at
    now = call.state.now()
    if published_at(post, now) is not None:
        invalid("A published post cannot be scheduled")
    if call.body["publishAt"] is None:
        return None, now
    moment = parse_moment(call.body["publishAt"])
    if moment is None or moment <= now:
        invalid("publishAt must be in the future")
    return moment, None


def _expiry(call: ApiCall, post: PostRecord) -> datetime | None:
    if "expiresAt" not in call.body:
        return post.expires_at
    moment = None if call.body["expiresAt"] is None else parse_moment(call.body["expiresAt"])
    if moment is not None and moment <= call.state.now():
        invalid("expiresAt must be in the future")
    return moment


def delete_post(call: ApiCall) -> ApiAnswer:
    feed.remove(call.state, own_post(call), client_id=call.app.client_id)
    return ApiAnswer(204)


def pin_post(call: ApiCall) -> ApiAnswer:
    post = own_post(call)
    call.state.pinned.add(post.uuid)
    _record(call, "post.pinned", post)
    return ApiAnswer(200, full(call, post))


def unpin_post(call: ApiCall) -> ApiAnswer:
    post = own_post(call)
    call.state.pinned.discard(post.uuid)
    _record(call, "post.unpinned", post)
    return ApiAnswer(200, full(call, post))


def repost(call: ApiCall) -> ApiAnswer:
    """It goes out to the feeds again: each call once more, and nothing of the post tells so."""
    post = own_post(call)
    if published_at(post, call.state.now()) is None:
        refuse(400, "Only a published post can be reposted")
    _record(call, "post.reposted", post)
    return ApiAnswer(200, full(call, post))


def list_comments(call: ApiCall) -> ApiAnswer:
    """Newest first."""
    rows = [((iso(one.created_at), one.uuid), one) for one in feed.comments_of(call.state, own_post(call))]
    return paged(call, rows, lambda one: _comment(call, one))


def create_comment(call: ApiCall) -> ApiAnswer:
    """There is no idempotency: a repeated call comments twice."""
    made = feed.comment(
        call.state, own_post(call), call.creator.uuid, call.body["text"], client_id=call.app.client_id
    )
    return ApiAnswer(201, _comment(call, made))


def delete_comment(call: ApiCall) -> ApiAnswer:
    post, here = own_post(call), call.state.below
    kept = [one for one in here.comments if (one.post, one.uuid) != (post.uuid, call.params["commentUuid"])]
    if len(kept) == len(here.comments):
        refuse(404, "Comment not found")
    here.comments = kept
    return ApiAnswer(204)


def list_likes(call: ApiCall) -> ApiAnswer:
    rows = [((iso(at), fan), (fan, at)) for fan, at in feed.likes_of(call.state, own_post(call))]
    return paged(call, rows, lambda row: {"user": _user(call, row[0]), "createdAt": iso(row[1])})


def list_tips(call: ApiCall) -> ApiAnswer:
    rows = [((iso(tip.at), tip.id), tip) for tip in feed.tips_of(call.state, own_post(call))]
    return paged(
        call,
        rows,
        lambda tip: {
            "user": _user(call, tip.fan),
            "createdAt": iso(tip.at),
            "gross": tip.gross,
            "net": tip.net,
        },
    )


def list_collections(call: ApiCall) -> ApiAnswer:
    """Newest first."""
    mine = [one for one in call.state.below.collections.values() if one.creator == call.creator.uuid]
    rows = [((iso(one.created_at), one.uuid), one) for one in mine]
    return paged(
        call,
        rows,
        lambda one: {"uuid": one.uuid, "label": one.label, "createdAt": iso(one.created_at)},
    )


def _comment(call: ApiCall, one: CommentRecord) -> Json:
    return {
        "uuid": one.uuid,
        "text": one.text,
        "createdAt": iso(one.created_at),
        "updatedAt": None,
        "user": _author(call, one.author),
    }


def _author(call: ApiCall, author: UserId) -> Json | None:
    """A fan as the creator knows them; the creator; None for somebody who is nobody's any more."""
    bond = call.state.bonds.get((call.creator.uuid, author))
    if bond is not None:
        return views.user_brief(call.state, bond)
    known = call.state.accounts.get(author)
    if known is None:
        return None
    return {
        "uuid": known.uuid,
        "handle": known.handle,
        "displayName": known.display_name,
        "nickname": None,
        "isTopSpender": False,
    }


def _user(call: ApiCall, fan: UserId) -> Json | None:
    bond = call.state.bonds.get((call.creator.uuid, fan))
    return None if bond is None else views.user_summary(call.state, bond)


def _record(call: ApiCall, kind: str, post: PostRecord, **facts: Any) -> None:
    call.state.ledger.record(
        kind, uuid=post.uuid, creator=post.creator, client_id=call.app.client_id, **facts
    )


_COMMENTS = "/posts/{uuid}/comments"

ROUTES: Mapping[str, ApiRoute] = {
    "PATCH /posts/{uuid}": ApiRoute(change_post, body=_CHANGE),
    "DELETE /posts/{uuid}": ApiRoute(delete_post),
    "POST /posts/{uuid}/pin": ApiRoute(pin_post),
    "DELETE /posts/{uuid}/pin": ApiRoute(unpin_post),
    "POST /posts/{uuid}/repost": ApiRoute(repost),
    f"GET {_COMMENTS}": ApiRoute(list_comments, query=PAGE),
    f"GET /v1{_COMMENTS}": ApiRoute(list_comments, query=CURSOR),
    f"POST {_COMMENTS}": ApiRoute(create_comment, body=_COMMENT),
    f"POST /v1{_COMMENTS}": ApiRoute(create_comment, body=_COMMENT),
    f"DELETE {_COMMENTS}/{{commentUuid}}": ApiRoute(delete_comment),
    f"DELETE /v1{_COMMENTS}/{{commentUuid}}": ApiRoute(delete_comment),
    "GET /collections": ApiRoute(list_collections),
    "GET /v1/collections": ApiRoute(list_collections, query=CURSOR),
    "GET /posts/{uuid}/likes": ApiRoute(list_likes, query=PAGE),
    "GET /posts/{uuid}/tips": ApiRoute(list_tips, query=PAGE),
}
