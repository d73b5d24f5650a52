-- What the first message of each fan's thread shows, so that showing the same again costs nothing.
CREATE TABLE cards (
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    thread_id BIGINT NOT NULL,        -- of which thread that holds; another one shows nothing of it
    shows TEXT NOT NULL,              -- a digest; empty: not known
    tags TEXT NOT NULL,               -- the ids of the tags that were set; empty: none, or not known
    PRIMARY KEY (creator_uuid, fan_uuid)
);
