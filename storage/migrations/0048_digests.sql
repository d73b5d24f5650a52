-- Digests of a day, a week and a month, in a channel or privately; each of them is told once.
CREATE TABLE digests_of_sorts (
    creator_uuid TEXT NOT NULL,
    sort TEXT NOT NULL,               -- daily, weekly or monthly
    owner BIGINT NOT NULL,
    channel_id BIGINT,                -- NULL: privately, to the owner
    hour BIGINT NOT NULL,             -- of the creator's zone
    figures TEXT NOT NULL,            -- how exactly it shows them
    quiet BIGINT NOT NULL,            -- 1: it does not come when there is nothing to say
    told TEXT NOT NULL,               -- what ended by this day, YYYY-MM-DD, was not wanted yet
    closed_at BIGINT,                 -- since when its owner takes no private messages
    PRIMARY KEY (creator_uuid, sort)
);
INSERT INTO digests_of_sorts (creator_uuid, sort, owner, channel_id, hour, figures, quiet, told, closed_at)
    SELECT creator_uuid, 'daily', owner, channel_id, hour, 'exact', 0, told, NULL FROM digests;
DROP TABLE digests;
ALTER TABLE digests_of_sorts RENAME TO digests;
-- Which were taken care of: a clock that is set back must not tell one again, nor leave one out.
CREATE TABLE digests_told (
    creator_uuid TEXT NOT NULL,
    sort TEXT NOT NULL,
    day TEXT NOT NULL,                -- the last one of what it is about
    PRIMARY KEY (creator_uuid, sort, day)
);
