-- Which fans of a creator are offered to whom first: rules in order, of which the first that matches counts.
CREATE TABLE routing_rules (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    place BIGINT NOT NULL,        -- the order; gaps do no harm
    condition TEXT NOT NULL,      -- vip, tag, language, new, spent or everyone
    number BIGINT,                -- days of a new fan, or cents
    body_ct BYTEA,                -- a tag or a language
    target_kind TEXT NOT NULL,    -- member or role
    target_id BIGINT NOT NULL,
    minutes BIGINT NOT NULL,      -- after which everybody is offered the fan
    is_on BIGINT NOT NULL,        -- 0: kept, and not used
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX routing_rules_of_creator ON routing_rules (creator_uuid, place);

-- The fans who are offered to somebody now. A row goes with the first answer or claim, and with its time.
CREATE TABLE routing_offers (
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    member_id BIGINT,             -- NULL: whom it is offered to is being chosen
    until_at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, fan_uuid)
);
CREATE INDEX routing_offers_until ON routing_offers (until_at);

-- When a member was offered a fan of a creator last: the next one goes to whoever it was longest ago for.
CREATE TABLE routing_turns (
    creator_uuid TEXT NOT NULL,
    member_id BIGINT NOT NULL,
    offered_at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, member_id)
);
