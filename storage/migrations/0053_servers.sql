-- Which bot a server belongs to, where several bots share one installation.
CREATE TABLE servers (
    guild_id BIGINT PRIMARY KEY,
    application_id BIGINT NOT NULL,   -- Discord's id of the bot
    since BIGINT NOT NULL
);
-- Only the bot that was asked may answer; 0: asked before there could be several.
ALTER TABLE commands ADD COLUMN application_id BIGINT NOT NULL DEFAULT 0;
