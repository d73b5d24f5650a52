-- Which creators have their published posts followed in their forum, and since when.
CREATE TABLE post_follows (
    creator_uuid TEXT PRIMARY KEY,
    by_id BIGINT NOT NULL,
    since_at BIGINT NOT NULL,
    look_at BIGINT NOT NULL           -- when Fanvue's list of posts is read next
);
-- A followed post's thread: wanted until it is there; over once it ends, or somebody deleted it.
CREATE TABLE post_cards (
    creator_uuid TEXT NOT NULL,
    post_uuid TEXT NOT NULL,
    state TEXT NOT NULL,              -- wanted, open, over
    published_at BIGINT NOT NULL,
    since_at BIGINT NOT NULL,         -- since when it is followed: no text shows more than was allowed then
    guild_id BIGINT NOT NULL,
    forum_id BIGINT NOT NULL,
    thread_id BIGINT,
    card_id BIGINT,
    due_at BIGINT,                    -- when it is looked at next; null: never again
    comments BIGINT,                  -- how many Fanvue counted when they were read last
    shows TEXT NOT NULL,              -- a digest of the figures that its card was last wanted to show
    PRIMARY KEY (creator_uuid, post_uuid)
);
CREATE INDEX post_cards_due ON post_cards (due_at);
-- Comments that have a line in a post's thread, without their texts. Of a forgotten fan the key stays alone.
CREATE TABLE post_comments (
    creator_uuid TEXT NOT NULL,
    comment_uuid TEXT NOT NULL,
    post_uuid TEXT NOT NULL,
    fan_uuid TEXT,                    -- who wrote it; null: the creator, somebody unknown, or forgotten
    line_id TEXT NOT NULL,            -- the effect that posted it
    told_at BIGINT NOT NULL,
    struck_at BIGINT,                 -- when it was seen to be deleted
    PRIMARY KEY (creator_uuid, comment_uuid)
);
CREATE INDEX post_comments_of_post ON post_comments (creator_uuid, post_uuid);
CREATE INDEX post_comments_of_fan ON post_comments (creator_uuid, fan_uuid);
CREATE INDEX post_comments_of_line ON post_comments (line_id);
