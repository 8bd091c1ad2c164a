// Verifies an event of Khớp (Standard Webhooks) with nothing but Node's own library. TypeScript takes it as it is: the types
// stand in the comments.
//
//     WEBHOOK_SECRET=whsec_… node verify-event.mjs WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE < body
//
// The three arguments are the headers of those names. It prints the type of the event, or ends with 1.
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const toleranceSeconds = 5 * 60;

/**
 * @param {string} secret
 * @param {{id: string, timestamp: string, signatures: string}} headers
 * @param {Buffer} body the bytes as they were received: a body that was parsed and written again has another signature
 * @returns {{type: string, timestamp: string, data: Record<string, unknown>}} the event
 * @throws {Error} for one that is not from Khớp, or is too old
 */
export function verify(secret, { id, timestamp, signatures }, body) {
  if (!/^\d+$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > toleranceSeconds) {
    throw new Error("the timestamp is not of now");
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  // While a secret is being changed there are two signatures: one that holds is enough.
  for (const signature of signatures.split(" ")) {
    const [version, value] = signature.split(",");
    const given = Buffer.from(value ?? "", "base64");
    if (version === "v1" && given.length === expected.length && timingSafeEqual(given, expected)) {
      return JSON.parse(body.toString("utf8"));
    }
  }
  throw new Error("no signature holds");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [id, timestamp, signatures] = process.argv.slice(2);
  try {
    const event = verify(process.env.WEBHOOK_SECRET ?? "", { id, timestamp, signatures }, readFileSync(0));
    console.log(event.type);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
