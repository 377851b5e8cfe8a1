/** Hands a request to the emulator under the names it knows, and its answer back as GitHub would have given it. */
import { type Answer, type Asked, answer, invalid, NOT_ACCESSIBLE, NOT_FOUND, refusal } from "./answers.ts";
import { isObject, type JsonObject } from "./json.ts";
import type { Sandboxed } from "./routes.ts";
import type { World } from "./seed.ts";
import type { UpstreamAnswer } from "./upstream.ts";

/** Path segments after which a login follows. */
const BEFORE_LOGIN = ["users", "collaborators", "members", "memberships"];

export async function passThrough(sandboxed: Sandboxed, asked: Asked): Promise<Answer> {
  const query = asked.query.size > 0 ? `?${asked.query}` : "";
  const found = await sandboxed.upstream.request(
    asked.method,
    withSeededLogins(sandboxed.people, asked.path) + query,
    {
      token: await sandboxed.callers.upstreamToken(asked.caller),
      accept: asked.headers.accept,
      body: asked.body,
    },
  );
  return githubAnswer(sandboxed, asked, found);
}

/** Names of repositories count in any letter case; the emulator, and what stands before it, know them in one. */
export function withSeededRepository(world: World, path: string): string {
  const segments = path.split("/");
  const [, first = "", owner = "", name = ""] = segments;
  if ((first !== "repos" && first !== "orgs") || !sameName(owner, world.organization)) return path;
  segments[2] = world.organization;
  const known = world.repositories.find((one) => sameName(one.name, name));
  if (first === "repos" && known !== undefined) segments[3] = known.name;
  return segments.join("/");
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** So do logins, and people may have been renamed. */
function withSeededLogins(people: Sandboxed["people"], path: string): string {
  const segments = path.split("/");
  if (segments[1] === "app") return path;
  return segments
    .map((segment, index) => {
      const follows = BEFORE_LOGIN.includes(segments[index - 1] ?? "") && segment !== "";
      return follows ? seededLogin(people, segment) : segment;
    })
    .join("/");
}

function seededLogin(people: Sandboxed["people"], segment: string): string {
  const login = decodeURIComponent(segment);
  const account = people.byLogin(login);
  if (account !== undefined) return encodeURIComponent(account.seeded);
  const gaveItUp = people.all().some((one) => one.seeded.toLowerCase() === login.toLowerCase());
  return gaveItUp ? "-nobody-" : segment;
}

async function githubAnswer(sandboxed: Sandboxed, asked: Asked, found: UpstreamAnswer): Promise<Answer> {
  const link = found.headers.link;
  const headers: Record<string, string> = link === undefined ? {} : { link };
  if (found.body.length === 0) return answer(found.status, undefined, headers);
  if (found.headers["content-type"]?.includes("json") !== true) {
    return answer(found.status, found.body, {
      "content-type": found.headers["content-type"] ?? "application/octet-stream",
    });
  }
  const value: unknown = JSON.parse(found.body.toString("utf8"));
  if (found.status >= 400) return githubRefusal(asked, found.status, isObject(value) ? value : {});
  return answer(found.status, await sandboxed.dress(value), headers);
}

function githubRefusal(asked: Asked, status: number, value: JsonObject): Answer {
  const message = String(value.message);
  if (status === 403 && message === "Forbidden") {
    return asked.caller.kind === "installation" ? NOT_ACCESSIBLE : NOT_FOUND;
  }
  if (status === 404) return NOT_FOUND;
  if (status === 422 && message === "Validation failed") {
    return invalid({ resource: "Request", code: "invalid" });
  }
  return refusal(status, message);
}
