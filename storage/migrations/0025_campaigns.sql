-- Mass messages that went out through the bridge, and how far the team was told what came of them.
CREATE TABLE campaigns (
    creator_uuid TEXT NOT NULL,
    message_uuid TEXT NOT NULL,
    effect_id TEXT NOT NULL UNIQUE,
    launched_by BIGINT NOT NULL,
    launched_at BIGINT NOT NULL,
    -- The preview's number of recipients; NULL: not known. `least` is only known for one list without exceptions.
    most BIGINT,
    least BIGINT,
    told BIGINT NOT NULL,             -- how many of the times at which it is told are over
    due_at BIGINT,                    -- when Fanvue is asked next; NULL: never again
    PRIMARY KEY (creator_uuid, message_uuid)
);
CREATE INDEX campaigns_due ON campaigns (due_at) WHERE due_at IS NOT NULL;
