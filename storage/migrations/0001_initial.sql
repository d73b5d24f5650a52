-- compatible with v1
CREATE TABLE instance (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL,
    canary BYTEA,
    -- What derived ids are made with; a backup must have it to find its posts again.
    secret_ct BYTEA,
    created_at BIGINT NOT NULL
);

CREATE TABLE kept (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE creators (
    creator_uuid TEXT PRIMARY KEY,
    handle TEXT NOT NULL,
    display_name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE links (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL REFERENCES creators (creator_uuid),
    discord_user BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    state TEXT NOT NULL,
    scopes TEXT NOT NULL,
    handle TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT,
    kind TEXT NOT NULL DEFAULT 'own',
    -- The link whose tokens a steward's link uses.
    via TEXT
);
-- One open link per Fanvue account: a second owner is refused, never moved silently (F4).
CREATE UNIQUE INDEX links_open ON links (creator_uuid) WHERE state <> 'closed';
CREATE INDEX links_user ON links (discord_user);
CREATE INDEX links_via ON links (via) WHERE via IS NOT NULL;

-- Whom an account manages on Fanvue, as Fanvue said last.
CREATE TABLE reaches (
    link_id TEXT NOT NULL REFERENCES links (id),
    creator_uuid TEXT NOT NULL,
    handle TEXT NOT NULL,
    display_name TEXT NOT NULL,
    role TEXT,
    seen_at BIGINT NOT NULL,
    -- Fanvue denied a call about this creator although it lists them; not tried again before the next look.
    denied_at BIGINT,
    PRIMARY KEY (link_id, creator_uuid)
);
CREATE INDEX reaches_creator ON reaches (creator_uuid);

-- Through whose account the last attempt of an effect goes; decided when the attempt begins.
CREATE TABLE voices (
    effect_id TEXT PRIMARY KEY,
    link_id TEXT NOT NULL,
    managed TEXT,
    chosen_at BIGINT NOT NULL
);

CREATE TABLE tokens (
    link_id TEXT PRIMARY KEY REFERENCES links (id),
    generation BIGINT NOT NULL,
    access_ct BYTEA NOT NULL,
    refresh_ct BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    renew_at BIGINT NOT NULL,
    attempt_id TEXT,
    attempt_started BIGINT,
    -- 1: the one repeat after an unknown outcome has begun; there is never a second (R11).
    repeated BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE tickets (
    ticket_hash TEXT PRIMARY KEY,
    discord_user BIGINT NOT NULL,
    discord_name TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    guild_name TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    command_id TEXT NOT NULL
);
CREATE INDEX tickets_user ON tickets (discord_user, created_at);

CREATE TABLE attempts (
    state_hash TEXT PRIMARY KEY,
    ticket_hash TEXT NOT NULL REFERENCES tickets (ticket_hash),
    step TEXT NOT NULL,
    state TEXT NOT NULL,
    verifier_ct BYTEA NOT NULL,
    cookie_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE pending_links (
    id TEXT PRIMARY KEY,
    ticket_hash TEXT NOT NULL REFERENCES tickets (ticket_hash),
    discord_user BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    creator_uuid TEXT NOT NULL,
    handle TEXT NOT NULL,
    display_name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    tokens_ct BYTEA,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- The link that ends if its owner says that this account takes its place.
    replaces TEXT,
    -- The Discord role that the question says would be let in.
    team_role BIGINT,
    kind TEXT NOT NULL DEFAULT 'own'
);

CREATE TABLE revocations (
    id TEXT PRIMARY KEY,
    link_id TEXT,
    refresh_ct BYTEA,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE fans (
    creator_uuid TEXT NOT NULL REFERENCES creators (creator_uuid),
    fan_uuid TEXT NOT NULL,
    handle TEXT,
    display_name TEXT,
    status TEXT,
    first_seen BIGINT NOT NULL,
    -- What a search compares with: folded by us, because the databases disagree about case outside ASCII.
    handle_folded TEXT,
    name_folded TEXT,
    -- What their letters look like, so that whoever imitates somebody is found.
    handle_likeness TEXT,
    name_likeness TEXT,
    PRIMARY KEY (creator_uuid, fan_uuid)
);
CREATE INDEX fans_handle_likeness ON fans (creator_uuid, handle_likeness);
CREATE INDEX fans_name_likeness ON fans (creator_uuid, name_likeness);

CREATE TABLE forums (
    forum_id BIGINT PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    category_id BIGINT NOT NULL,
    alerts_id BIGINT NOT NULL,
    creator_uuid TEXT REFERENCES creators (creator_uuid),
    tags TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX forums_creator ON forums (creator_uuid);
CREATE INDEX forums_guild ON forums (guild_id);

CREATE TABLE threads (
    thread_key TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    generation BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    forum_id BIGINT NOT NULL,
    thread_id BIGINT UNIQUE,
    card_id BIGINT,
    reference TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    UNIQUE (creator_uuid, fan_uuid, generation),
    FOREIGN KEY (creator_uuid, fan_uuid) REFERENCES fans (creator_uuid, fan_uuid)
);

CREATE TABLE inbox (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    kind TEXT NOT NULL,
    fact_key TEXT NOT NULL,
    source TEXT NOT NULL,
    source_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    body_ct BYTEA NOT NULL,
    dup_count BIGINT NOT NULL DEFAULT 0,
    looked_at BIGINT,
    -- When the body's time was over: since then there is nothing in it.
    erased_at BIGINT,
    UNIQUE (creator_uuid, kind, fact_key)
);
CREATE INDEX inbox_new ON inbox (creator_uuid, source_at, fact_key) WHERE state = 'new';
CREATE INDEX inbox_newest ON inbox (creator_uuid, source_at);
CREATE INDEX inbox_state ON inbox (state, creator_uuid);
CREATE INDEX inbox_texts ON inbox (creator_uuid, received_at) WHERE erased_at IS NULL;
CREATE INDEX inbox_received ON inbox (creator_uuid, source, received_at);

CREATE TABLE commands (
    id TEXT PRIMARY KEY,
    interaction_id TEXT NOT NULL UNIQUE,
    actor BIGINT NOT NULL,
    actor_name TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    creator_uuid TEXT,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    body_ct BYTEA NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    token_ct BYTEA NOT NULL,
    erased_at BIGINT
);
CREATE INDEX commands_texts ON commands (created_at) WHERE erased_at IS NULL;
CREATE INDEX commands_actor_name ON commands (actor_name);
CREATE INDEX commands_staged ON commands (created_at) WHERE state = 'staged';

CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    action TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    creator_uuid TEXT,
    target TEXT NOT NULL,
    owner BIGINT,
    guild_id BIGINT,
    settled_by BIGINT,
    settled_at BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT
);

CREATE TABLE proposals (
    draft_id TEXT PRIMARY KEY REFERENCES drafts (id),
    feature TEXT NOT NULL,
    link_id TEXT NOT NULL,
    generation BIGINT NOT NULL,
    command_id TEXT NOT NULL,
    body_ct BYTEA NOT NULL,
    erased_at BIGINT
);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    network TEXT NOT NULL,
    kind TEXT NOT NULL,
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT,
    cause TEXT NOT NULL,
    part TEXT NOT NULL,
    body_ct BYTEA NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    attempt_started BIGINT,
    doubted_at BIGINT,
    not_before BIGINT NOT NULL DEFAULT 0,
    external_id TEXT,
    nonce TEXT NOT NULL,
    reason TEXT,
    attention TEXT,
    created_at BIGINT NOT NULL,
    settled_at BIGINT,
    erased_at BIGINT,
    UNIQUE (cause, part),
    UNIQUE (stream, seq)
);
CREATE INDEX outbox_texts ON outbox (creator_uuid, created_at) WHERE erased_at IS NULL;
CREATE INDEX outbox_shown ON outbox (creator_uuid, fan_uuid, created_at) WHERE external_id IS NOT NULL;
CREATE INDEX outbox_open ON outbox (stream, seq) WHERE state IN ('pending', 'sending', 'unknown');
CREATE INDEX outbox_attention ON outbox (creator_uuid) WHERE attention IS NOT NULL;
CREATE INDEX outbox_fan ON outbox (creator_uuid, fan_uuid, kind);

-- The message in a creator's alerts channel that lists what waits for a person.
CREATE TABLE boards (
    creator_uuid TEXT PRIMARY KEY,
    channel_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    shows TEXT NOT NULL
);
CREATE INDEX boards_message ON boards (message_id);

-- What the webhooks' address turned away. A source is a keyed hash; there are few of them for each day.
CREATE TABLE rejections (
    day TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (day, reason, source)
);

-- Which secrets have signed what was taken: before one is dropped, a person sees when it was last used.
CREATE TABLE webhook_keys (
    key_id TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    number BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

-- What is wrong with the whole installation, for as long as it is.
CREATE TABLE alarms (
    name TEXT PRIMARY KEY,
    since BIGINT NOT NULL
);

-- Creators whose server does not let the bot act, since when, and when their owner was told of it last.
CREATE TABLE paused_targets (
    creator_uuid TEXT PRIMARY KEY,
    since BIGINT NOT NULL,
    ended BIGINT,
    reason TEXT NOT NULL,
    outbox_id TEXT,
    told_at BIGINT NOT NULL
);

CREATE TABLE claims (
    creator_uuid TEXT NOT NULL,
    external_id TEXT NOT NULL,
    outbox_id TEXT NOT NULL REFERENCES outbox (id),
    PRIMARY KEY (creator_uuid, external_id)
);

CREATE TABLE messages (
    creator_uuid TEXT NOT NULL,
    message_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    direction TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    outbox_id TEXT,
    channel_id BIGINT,
    discord_message_id BIGINT,
    seen_at BIGINT,
    bought_at BIGINT,
    price BIGINT,
    PRIMARY KEY (creator_uuid, message_uuid)
);
CREATE INDEX messages_fan ON messages (creator_uuid, fan_uuid, sent_at);
CREATE INDEX messages_outbox ON messages (outbox_id);
CREATE INDEX messages_discord ON messages (discord_message_id);

-- Only ever added to (0002); each line's hash is over the one before it, under the key in the head.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    actor BIGINT,
    creator_uuid TEXT,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    cause TEXT,
    outcome TEXT NOT NULL,
    -- A pseudonym: the line outlives the fan.
    fan TEXT,
    guild_id BIGINT,
    channel_id BIGINT,
    message_id BIGINT,
    interaction_id TEXT,
    -- The line of the act whose outcome this one tells.
    follows TEXT,
    hash TEXT NOT NULL
);
CREATE INDEX audit_creator ON audit (creator_uuid, seq);
CREATE INDEX audit_cause ON audit (cause, seq);
CREATE INDEX audit_follows ON audit (follows, seq) WHERE follows IS NOT NULL;

CREATE TABLE audit_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key_ct BYTEA NOT NULL,
    began BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    newest TEXT NOT NULL,
    signature TEXT NOT NULL
);

-- Up to which line the audit was pruned; the next one goes on from there.
CREATE TABLE audit_checkpoints (
    seq BIGINT PRIMARY KEY,
    last TEXT NOT NULL,
    until BIGINT NOT NULL,
    signature TEXT NOT NULL
);

-- The key of each fan's pseudonym. What outlives a fan names them by it alone: without this row it is nobody's.
CREATE TABLE pseudonyms (
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    key_ct BYTEA NOT NULL,
    PRIMARY KEY (creator_uuid, fan_uuid)
);

-- The second source: how far each creator was read, and which chats were seen in which state.
CREATE TABLE watermarks (
    creator_uuid TEXT PRIMARY KEY,
    floor_at BIGINT NOT NULL,
    swept_at BIGINT,
    paid_at BIGINT,
    full_at BIGINT NOT NULL
);

CREATE TABLE chat_marks (
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    message_uuid TEXT,
    last_at BIGINT,
    PRIMARY KEY (creator_uuid, fan_uuid)
);

-- When each kind of live event last came, repeats included.
CREATE TABLE heard (
    creator_uuid TEXT NOT NULL,
    event TEXT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, event)
);

CREATE TABLE gaps (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    kind TEXT NOT NULL,
    began BIGINT NOT NULL,
    ended BIGINT,
    recovered BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX gaps_creator ON gaps (creator_uuid, began);
CREATE UNIQUE INDEX gaps_silence ON gaps (creator_uuid) WHERE kind = 'silent' AND ended IS NULL;

-- Payments as each source told them; `twin` is the other source's fact about the same one.
CREATE TABLE payments (
    fact_id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    -- A pseudonym: the line outlives the fan.
    fan TEXT,
    source TEXT NOT NULL,
    gross BIGINT,
    at BIGINT NOT NULL,
    payment_id TEXT,
    message_uuid TEXT,
    post_uuid TEXT,
    told_by TEXT NOT NULL,
    twin TEXT,
    -- 1: nobody was told of it, because somebody was told of its other half.
    quiet BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX payments_at ON payments (creator_uuid, source, at);
CREATE INDEX payments_id ON payments (creator_uuid, payment_id);
CREATE INDEX payments_message ON payments (creator_uuid, message_uuid);

-- Who is subscribed as far as anybody told, and who told it.
CREATE TABLE subscribers (
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    active BIGINT NOT NULL,
    told_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    noticed_at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, fan_uuid)
);

-- What of fans' texts may stand on Discord: every choice of a creator's, the newest one holds.
CREATE TABLE modes (
    creator_uuid TEXT NOT NULL,
    since BIGINT NOT NULL,
    mode TEXT NOT NULL,
    PRIMARY KEY (creator_uuid, since)
);

-- How many days a creator's owner lets texts, records and lines about money be kept; no row: the defaults.
CREATE TABLE retention (
    creator_uuid TEXT PRIMARY KEY,
    texts BIGINT NOT NULL,
    records BIGINT NOT NULL,
    money BIGINT NOT NULL
);

-- Messages on Discord whose time is over and that are still to be taken away; nothing else knows them any more.
CREATE TABLE removals (
    channel_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    PRIMARY KEY (channel_id, message_id)
);

-- What stands in a thread in the place of lines that were removed.
CREATE TABLE tombstones (
    channel_id BIGINT PRIMARY KEY,
    number BIGINT NOT NULL,
    days BIGINT NOT NULL,
    at BIGINT NOT NULL,
    message_id BIGINT
);

-- How much was removed from Discord about a creator on a day, YYYY-MM-DD.
CREATE TABLE removed (
    creator_uuid TEXT NOT NULL,
    day TEXT NOT NULL,
    threads BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    -- 1: it was said.
    told BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (creator_uuid, day)
);

-- In which zone a creator's days begin: an IANA name. UTC where there is no row.
CREATE TABLE zones (
    creator_uuid TEXT PRIMARY KEY,
    zone TEXT NOT NULL
);

-- Where and when a creator's owner wants the daily digest. It ends with the owner's link: it must not go on
-- for somebody else's.
CREATE TABLE digests (
    creator_uuid TEXT PRIMARY KEY,
    owner BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    hour BIGINT NOT NULL,
    -- The newest local day that is taken care of, as YYYY-MM-DD.
    told TEXT NOT NULL
);

-- Webhook subscriptions that the bridge made through the API, each with a secret of its own.
CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    link_id TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    secret_ct BYTEA NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    retired_at BIGINT
);
CREATE INDEX subscriptions_creator ON subscriptions (creator_uuid, state);

-- Who may do what: a member or a Discord role, about one creator on one server. Ended, never erased.
CREATE TABLE grants (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    plus TEXT NOT NULL,
    minus TEXT NOT NULL,
    money TEXT,
    granted_by BIGINT,
    granted_at BIGINT NOT NULL,
    ended_by BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX grants_open ON grants (creator_uuid, guild_id, kind, subject_id) WHERE ended_at IS NULL;
CREATE INDEX grants_member ON grants (guild_id, subject_id) WHERE ended_at IS NULL;

-- A creator is on a server while its owner and somebody who manages the server both say so.
CREATE TABLE consents (
    creator_uuid TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    side TEXT NOT NULL,
    given_by BIGINT NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_by BIGINT,
    withdrawn_at BIGINT,
    PRIMARY KEY (creator_uuid, guild_id, side)
);
CREATE INDEX consents_guild ON consents (guild_id) WHERE withdrawn_at IS NULL;

CREATE TABLE setups (
    forum_id BIGINT PRIMARY KEY,
    set_by BIGINT NOT NULL,
    team_role BIGINT,
    set_at BIGINT NOT NULL
);

-- Whose sending is stopped, by whom and since when. '' and 0 stand for "not about one".
CREATE TABLE pauses (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    creator_uuid TEXT NOT NULL,
    subject BIGINT NOT NULL,
    set_by BIGINT NOT NULL,
    since BIGINT NOT NULL,
    ended_by BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX pauses_open ON pauses (kind, creator_uuid, subject) WHERE ended_at IS NULL;

-- Who was taken out of a creator's team on a server, and must not see its channels there.
CREATE TABLE barred (
    creator_uuid TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    barred_by BIGINT NOT NULL,
    barred_at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, guild_id, member_id)
);

CREATE TABLE drifts (
    creator_uuid TEXT PRIMARY KEY,
    looked_at BIGINT NOT NULL,
    shows TEXT NOT NULL
);
