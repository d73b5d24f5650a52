"""Posts: list, create, show."""

from collections.abc import Iterable, Mapping

from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json, invalid, refuse
from bot.sandbox.fanvue.events import iso, iso_or_none
from bot.sandbox.fanvue.feed import comments_of, likes_of, tips_of
from bot.sandbox.fanvue.paging import CURSOR, PAGE, filters, paged
from bot.sandbox.fanvue.publishing import publish, published_at
from bot.sandbox.fanvue.records import MediaId, PostId, PostRecord
from bot.sandbox.fanvue.shapes import RequestField, Shape, parse_moment

_CREATE: Shape = {
    "audience": RequestField(required=True, choices=("subscribers", "followers-and-subscribers")),
    "text": RequestField(high=5000),
    "mediaUuids": RequestField("uuid", many="array"),
    "price": RequestField("integer", low=300),
    "mediaPreviewUuid": RequestField("uuid"),
    "publishAt": RequestField("moment"),
    "expiresAt": RequestField("moment"),
    "collectionUuids": RequestField("uuid", many="array"),
}
_FILTER: Shape = {"includeUnpublished": RequestField(choices=("true", "false"))}
_PERIOD: Shape = {"startDate": RequestField("moment"), "endDate": RequestField("moment")}


def list_posts(call: ApiCall) -> ApiAnswer:
    """Pinned ones first. Drafts and scheduled posts are in unless the caller says otherwise."""
    if "cursor" in call.query and call.query.keys() & {*_FILTER, *_PERIOD}:
        refuse(400, "Send the filters with the first page only")
    query = filters(call)
    start, end = parse_moment(query.get("startDate", "")), parse_moment(query.get("endDate", ""))
    rows = [
        ((post.uuid in call.state.pinned, iso(post.created_at), post.uuid), post)
        for post in call.state.posts.values()
        if post.creator == call.creator.uuid
        and (start is None or post.created_at >= start)
        and (end is None or post.created_at < end)
        and (query.get("includeUnpublished") != "false" or published_at(post, call.state.now()) is not None)
    ]
    return paged(call, rows, lambda post: full(call, post), total=True)


def create_post(call: ApiCall) -> ApiAnswer:
    """There is no idempotency for posts: a repeated call makes a second post."""
    body, now = call.body, call.state.now()
    media = [MediaId(uuid) for uuid in body.get("mediaUuids", ())]
    if not body.get("text") and not media:
        invalid("text or mediaUuids is required")
    if "price" in body and not media:
        invalid("price needs mediaUuids")
    preview = body.get("mediaPreviewUuid")
    must_have(call, media if preview is None else (*media, MediaId(preview)))
    publish_at, expires_at = (parse_moment(body.get(name, "")) for name in ("publishAt", "expiresAt"))
    if publish_at is not None and publish_at <= now:
        invalid("publishAt must be in the future")
    if expires_at is not None and expires_at <= (publish_at or now):
        invalid("expiresAt must be after publication")
    post = PostRecord(
        uuid=PostId(call.state.new_id()),
        creator=call.creator.uuid,
        audience=body["audience"],
        created_at=now,
        text=body.get("text"),
        price=body.get("price"),
        media=media,
        preview=None if preview is None else MediaId(preview),
        publish_at=publish_at,
        published_at=None if publish_at is not None else now,
        expires_at=expires_at,
    )
    shelve(call, post)
    publish(call.state, post, client_id=call.app.client_id)
    return ApiAnswer(201, _created(call, post))


def show_post(call: ApiCall) -> ApiAnswer:
    return ApiAnswer(200, full(call, own_post(call)))


def own_post(call: ApiCall) -> PostRecord:
    """The post of the path; refuses what is not there, or is somebody else's."""
    post = call.state.posts.get(PostId(call.params["uuid"]))
    if post is None or post.creator != call.creator.uuid:
        refuse(404, "Post not found")
    return post


def shelve(call: ApiCall, post: PostRecord) -> None:
    """Put it into the collections that are named, which have to be the creator's."""
    wanted = call.body.get("collectionUuids")
    if wanted is None:
        return
    known = call.state.below.collections
    for uuid in wanted:
        if uuid not in known or known[uuid].creator != call.creator.uuid:
            refuse(400, f"Collection not found: {uuid}")
    call.state.below.shelved[post.uuid] = list(wanted)


def must_have(call: ApiCall, media: Iterable[MediaId]) -> None:
    """Refuses files that are not the creator's, or not ready."""
    for uuid in media:
        known = call.state.media.get(uuid)
        if known is None or known.owner != call.creator.uuid or known.status != "ready":
            refuse(400, f"Media not found or not ready: {uuid}")


def _created(call: ApiCall, post: PostRecord) -> Json:
    return {
        "uuid": post.uuid,
        "createdAt": iso(post.created_at),
        "text": post.text,
        "price": post.price,
        "mediaPreviewUuid": post.preview,
        "audience": post.audience,
        "publishAt": iso_or_none(post.publish_at),
        "publishedAt": iso_or_none(published_at(post, call.state.now())),
        "expiresAt": iso_or_none(post.expires_at),
    }


def full(call: ApiCall, post: PostRecord) -> Json:
    """A post with what stands around it."""
    tips = tips_of(call.state, post)
    return _created(call, post) | {
        "mediaUuids": list(post.media),
        "isPinned": post.uuid in call.state.pinned,
        "likesCount": len(likes_of(call.state, post)),
        "commentsCount": len(comments_of(call.state, post)),
        "tips": {
            "count": len(tips),
            "totalGross": sum(tip.gross for tip in tips),
            "totalNet": sum(tip.net for tip in tips),
        },
        "collections": [
            {"uuid": one.uuid, "label": one.label}
            for one in call.state.below.collections.values()
            if one.uuid in call.state.below.shelved.get(post.uuid, ())
        ],
    }


ROUTES: Mapping[str, ApiRoute] = {
    "GET /posts": ApiRoute(list_posts, query={**PAGE, **_FILTER}),
    "GET /v1/posts": ApiRoute(list_posts, query={**CURSOR, **_FILTER, **_PERIOD}),
    "POST /posts": ApiRoute(create_post, body=_CREATE),
    "POST /v1/posts": ApiRoute(create_post, body=_CREATE),
    "GET /posts/{uuid}": ApiRoute(show_post),
    "GET /v1/posts/{uuid}": ApiRoute(show_post),
}
