-- Who is told of what happens: the rules of a team, of a creator, of a member, and of a member about one creator.
CREATE TABLE alert_rules (
    guild_id BIGINT NOT NULL,
    creator_uuid TEXT NOT NULL,       -- '': about every creator of the server
    member_id BIGINT NOT NULL,        -- 0: nobody's own; else who is told privately
    kind TEXT NOT NULL,
    wanted BIGINT NOT NULL,           -- 0: it is not told
    channel_id BIGINT,                -- NULL: the creator's alerts channel
    threshold BIGINT NOT NULL,        -- cents, from which on it is told
    money TEXT NOT NULL,              -- how exactly whoever set it saw figures
    mention TEXT,                     -- member or role
    mention_id BIGINT,
    quiet_from BIGINT,                -- minutes of the day, both or neither
    quiet_to BIGINT,
    zone TEXT,                        -- of the quiet hours; NULL: the creator's
    vips BIGINT NOT NULL,             -- 1: of fans with the tag vip it is told in quiet hours too
    closed_at BIGINT,                 -- since when its member takes no private messages
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, creator_uuid, member_id, kind)
);
