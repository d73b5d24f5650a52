-- The Fanvue list that a routing rule is about; NULL: about none.
ALTER TABLE routing_rules ADD COLUMN list_key TEXT;

-- The Fanvue lists that rules name, and how the last look at each ended.
CREATE TABLE routing_lists (
    creator_uuid TEXT NOT NULL,
    list_key TEXT NOT NULL,       -- the id of a list of the creator's own, or smart: and Fanvue's word
    body_ct BYTEA NOT NULL,       -- what it is called
    read_at BIGINT,               -- as of when its fans are kept; NULL: never read
    is_whole BIGINT NOT NULL,     -- 0: Fanvue has more fans on it than are read
    problem TEXT,                 -- later, refused or gone; NULL: the last look went well
    due_at BIGINT NOT NULL,       -- when it is read next
    PRIMARY KEY (creator_uuid, list_key)
);

-- Who is on them. Rows go once they are too old to decide anything.
CREATE TABLE routing_list_fans (
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    list_key TEXT NOT NULL,
    PRIMARY KEY (creator_uuid, fan_uuid, list_key)
);
CREATE INDEX routing_list_fans_of_list ON routing_list_fans (creator_uuid, list_key);
