// A plain bot with discord.js: posts each webhook to a channel as it comes, and remembers nothing.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const at = process.env;
const { Client, GatewayIntentBits } = createRequire(at.PEER_FOLDER + "/")("discord.js");

const fits = (header, raw) => {
  const [, seconds, digest] = /^t=(\d+),v0=([0-9a-f]{64})$/.exec(header ?? "") ?? [];
  if (!seconds || Math.abs(Date.now() / 1000 - Number(seconds)) > 300) return false;
  return createHmac("sha256", at.PEER_SECRET).update(`${seconds}.`).update(raw).digest("hex") === digest;
};

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: at.PEER_API, version: "10" },
});

const receive = async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const raw = Buffer.concat(parts);
  if (!fits(request.headers["x-fanvue-signature"], raw)) return response.writeHead(401).end();
  const { text } = JSON.parse(raw).data;
  response.writeHead(200).end(); // at once: Fanvue waits ten seconds, and Discord may take longer
  (await client.channels.fetch(at.PEER_CHANNEL)).send(text).catch(console.error);
};

client.once("clientReady", () => createServer(receive).listen(Number(at.PEER_PORT), "127.0.0.1"));
await client.login(at.PEER_TOKEN);
