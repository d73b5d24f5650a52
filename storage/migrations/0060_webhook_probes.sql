-- While Fanvue is asked for a webhook subscription it may look at the address with an unsigned request.
CREATE TABLE webhook_probes (
    creator_uuid TEXT PRIMARY KEY,
    until BIGINT NOT NULL
);
