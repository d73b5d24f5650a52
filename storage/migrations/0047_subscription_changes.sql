-- What happened to subscriptions, as events told it. It outlives the fans, who stand in it under pseudonyms.
CREATE TABLE subscription_changes (
    creator_uuid TEXT NOT NULL,
    fan TEXT NOT NULL,                -- a pseudonym; '' of somebody who had been forgotten by then
    change TEXT NOT NULL,             -- began, renewed, ended, off or on: the last two of its renewal
    at BIGINT NOT NULL,
    due_at BIGINT,                    -- of renewed and ended: which due date this was the answer to
    reason TEXT,                      -- why it ended
    link TEXT,                        -- by which tracking link the fan came
    PRIMARY KEY (creator_uuid, fan, change, at)
);
CREATE INDEX subscription_changes_at ON subscription_changes (creator_uuid, at);
CREATE INDEX subscription_changes_due ON subscription_changes (creator_uuid, due_at) WHERE due_at IS NOT NULL;
