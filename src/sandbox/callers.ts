/** Who is asking: the App (by JSON web token), its installation, a person, or nobody. */
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { type Answer, refusal } from "./answers.ts";
import type { SandboxClock } from "./clock.ts";
import { isObject, objectOrEmpty, text } from "./json.ts";
import type { Account, People } from "./people.ts";
import type { AppIdentity } from "./seed.ts";
import type { Upstream } from "./upstream.ts";

export type Caller =
  | { readonly kind: "nobody" }
  | { readonly kind: "person"; readonly account: Account }
  | { readonly kind: "app" }
  | { readonly kind: "installation"; readonly token: InstallationToken };

export type InstallationToken = {
  readonly value: string;
  /** Real time in Unix milliseconds: the App's process keeps real time, too. */
  readonly expires: number;
  /** What the token was asked for with. */
  readonly request: unknown;
  /** The token behind the front; replaced before the emulator's hourly limit bites. */
  readonly upstream: string;
};

export type Callers = {
  identify(authorization: string | undefined): Caller | Answer;
  /** What to authenticate with behind the front. */
  upstreamToken(caller: Caller): Promise<string | undefined>;
  /** Remembers a token that GitHub has just given out and answers when it expires. */
  remember(value: string, request: unknown): string;
};

const HOUR = 3_600_000;
/** GitHub allows ten minutes, and a minute of difference between the clocks. */
const LONGEST_JWT = 600;
const SKEW = 60;
/** The emulator allows 5,000 requests an hour and token. */
const USES_OF_A_TOKEN = 4_000;

export const TOKENS_PER_PERSON = 50;

/** Behind the front each person has several tokens, used one after the other. */
export function personToken(login: string, turn: number): string {
  return `${login}.${turn % TOKENS_PER_PERSON}`;
}

export function createCallers(options: {
  readonly app: AppIdentity;
  readonly people: People;
  readonly clock: SandboxClock;
  readonly upstream: Upstream;
}): Callers {
  const { app, people, clock, upstream } = options;
  const publicKey = createPublicKey(app.privateKey);
  const tokens = new Map<string, InstallationToken>();
  const uses = new Map<string, number>();
  const use = (who: string) => {
    const count = uses.get(who) ?? 0;
    uses.set(who, count + 1);
    return count;
  };
  const bearer = (token: string): Caller | Answer => {
    if (token.split(".").length === 3 && token.startsWith("eyJ")) {
      const wrong = problemWithJwt(token, publicKey, app.appId);
      return wrong === null ? { kind: "app" } : refusal(401, wrong);
    }
    const installation = tokens.get(token);
    if (installation !== undefined && installation.expires > Date.now()) {
      return { kind: "installation", token: installation };
    }
    const account = people.byToken(token);
    return account === undefined ? refusal(401, "Bad credentials") : { kind: "person", account };
  };
  return {
    identify: (authorization) => {
      if (authorization === undefined) return { kind: "nobody" };
      const [scheme, token] = authorization.split(" ");
      const known = /^(?:bearer|token)$/i.test(scheme ?? "");
      return known && token !== undefined ? bearer(token) : refusal(401, "Bad credentials");
    },
    upstreamToken: async (caller) => {
      switch (caller.kind) {
        case "nobody":
          return undefined;
        case "app":
          return upstreamJwt(app, clock);
        case "person":
          return personToken(caller.account.seeded, Math.floor(use(caller.account.seeded) / USES_OF_A_TOKEN));
        case "installation": {
          const fresh = tokens.get(caller.token.value) ?? caller.token;
          if (use(fresh.upstream) < USES_OF_A_TOKEN) return fresh.upstream;
          const renewed = await mint(upstream, app, clock, fresh.request);
          tokens.set(fresh.value, { ...fresh, upstream: renewed });
          return renewed;
        }
      }
    },
    remember: (value, request) => {
      const expires = Date.now() + HOUR;
      tokens.set(value, { value, expires, request, upstream: value });
      return new Date(expires).toISOString().replace(/\.\d{3}Z$/, "Z");
    },
  };
}

/** An installation token straight from the emulator. Throws if it refuses. */
async function mint(
  upstream: Upstream,
  app: AppIdentity,
  clock: SandboxClock,
  request: unknown,
): Promise<string> {
  const answer = await upstream.request("POST", `/app/installations/${app.installationId}/access_tokens`, {
    token: upstreamJwt(app, clock),
    body: objectOrEmpty(request),
  });
  return text(objectOrEmpty(JSON.parse(answer.body.toString("utf8"))).token);
}

/** The App's JSON web token lives in real time; the emulator, in sandbox time, is given one of its own. */
function upstreamJwt(app: AppIdentity, clock: SandboxClock): string {
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
function problemWithJwt(token: string, key: KeyObject, appId: number): string | null {
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
