/** The App's JSON web tokens: those it shows to the front, and those the front shows to the emulator. */
import { type KeyObject, sign, verify } from "node:crypto";
import type { SandboxClock } from "./clock.ts";
import { isObject } from "./json.ts";
import type { AppIdentity } from "./seed.ts";

/** GitHub allows ten minutes, and a minute of difference between the clocks. */
const LONGEST_JWT = 600;
const SKEW = 60;

/** The App's JSON web token lives in real time; the emulator, in sandbox time, is given one of its own. */
export function upstreamJwt(app: AppIdentity, clock: SandboxClock): string {
  const now = Math.floor(clock.milliseconds() / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${part({ alg: "RS256", typ: "JWT" })}.${part({
    iat: now - SKEW,
    exp: now + LONGEST_JWT,
    iss: app.appId,
  })}`;
  return `${unsigned}.${sign("RSA-SHA256", Buffer.from(unsigned), app.privateKey).toString("base64url")}`;
}

/** What GitHub says about an App's JSON web token that it does not accept; null: it accepts it. */
export function problemWithJwt(token: string, key: KeyObject, appId: number): string | null {
  const [head = "", claims = "", signature = ""] = token.split(".");
  const undecodable = "A JSON web token could not be decoded";
  const signed = verify(
    "RSA-SHA256",
    Buffer.from(`${head}.${claims}`),
    key,
    Buffer.from(signature, "base64url"),
  );
  if (!signed) return undecodable;
  const payload: unknown = JSON.parse(Buffer.from(claims, "base64url").toString("utf8"));
  if (!isObject(payload) || String(payload.iss) !== String(appId)) return undecodable;
  const now = Date.now() / 1000;
  if (typeof payload.exp !== "number" || payload.exp <= now) {
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  }
  if (payload.exp > now + LONGEST_JWT + SKEW)
    return "'Expiration time' claim ('exp') is too far in the future";
  if (typeof payload.iat !== "number" || payload.iat > now + SKEW) {
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  }
  return null;
}
