-- Which drafts are versions of one suggested post. What each says lies sealed in the proposal of the draft, and
-- the draft says how it stands: at most the newest is open.
CREATE TABLE suggested_posts (
    draft_id TEXT PRIMARY KEY,
    first_id TEXT NOT NULL,           -- the draft of the first version
    number BIGINT NOT NULL,           -- 1 for that one
    creator_uuid TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    writer BIGINT NOT NULL,
    edited_by BIGINT,                 -- who changed it last; NULL: it is as it was put up
    made_at BIGINT NOT NULL,
    UNIQUE (first_id, number)
);
CREATE INDEX suggested_posts_writer ON suggested_posts (writer, made_at);
INSERT INTO suggested_posts (draft_id, first_id, number, creator_uuid, guild_id, writer, made_at)
SELECT id, id, 1, creator_uuid, guild_id, CAST(SUBSTR(target, 8, LENGTH(target) - 8) AS BIGINT), created_at
FROM drafts WHERE owner IS NULL AND action = 'post.propose' AND state = 'open';
