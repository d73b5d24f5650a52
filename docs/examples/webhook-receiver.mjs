// Hears of events from the bridge, checks each one, and prints a line for it. Needs Node 18 or newer, and
// nothing else:
//
//   WEBHOOK_SECRET=whsec_… PORT=8090 node webhook-receiver.mjs
//   fanvue-bridge webhooks add --creator @luna.rivers --key KEY --url http://127.0.0.1:8090/

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const secret = Buffer.from(process.env.WEBHOOK_SECRET.replace(/^whsec_/, ""), "base64");
const seen = new Set(); // a program that is restarted keeps these in its database

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts).toString("utf8");
  const answer = take(request.headers, body);
  response.writeHead(answer).end();
}).listen(Number(process.env.PORT ?? 8090), "127.0.0.1");

function take(headers, body) {
  const id = headers["webhook-id"];
  if (!isSigned(headers, body)) return 401;
  if (seen.has(id)) return 204; // it came again, as it may
  const { type, data } = JSON.parse(body);
  seen.add(id);
  console.log(id, type, data.fan?.handle ?? "-", data.message?.text ?? "");
  return 204;
}

function isSigned(headers, body) {
  const at = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(at)) < 300)) return false;
  const own = createHmac("sha256", secret).update(`${headers["webhook-id"]}.${at}.${body}`).digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((one) => {
    const [version, text] = one.split(",");
    const given = Buffer.from(text ?? "", "base64");
    return version === "v1" && given.length === own.length && timingSafeEqual(given, own);
  });
}
