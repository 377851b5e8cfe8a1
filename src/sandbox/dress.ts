/** Turns the emulator's JSON into what GitHub would have said at that moment. */
import { isObject, type JsonObject, object, text } from "./json.ts";
import { isUser } from "./people.ts";
import { isPull, pullRequestOfIssue } from "./pull-state.ts";
import { appBehind, subjectOf } from "./reactions.ts";
import type { Sandboxed } from "./routes.ts";

type Wardrobe = Pick<Sandboxed, "people" | "reactions" | "pulls" | "app" | "url">;

/** Dresses a value and everything in it. */
export async function dress(value: unknown, wardrobe: Wardrobe): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => dress(item, wardrobe)));
  if (!isObject(value)) return value;
  if (isUser(value)) return wardrobe.people.shown(value);
  const overlaid = isPull(value) ? await wardrobe.pulls.shown(value) : value;
  const entries = await Promise.all(
    Object.entries(overlaid).map(async ([key, part]) => [key, await dressPart(key, part, value, wardrobe)]),
  );
  return withPullRequest(Object.fromEntries(entries), wardrobe);
}

async function dressPart(
  key: string,
  part: unknown,
  whole: JsonObject,
  wardrobe: Wardrobe,
): Promise<unknown> {
  if (key === "reactions" && isObject(part)) {
    const url = text(part.url);
    return wardrobe.reactions.rollup(subjectOf(url), url);
  }
  const by = whole.user ?? whole.actor;
  if (key === "performed_via_github_app" && isUser(by)) return appOf(by, wardrobe);
  if (key === "app" && part === null && "check_suite" in whole) {
    return appCard({ id: wardrobe.app.appId, slug: wardrobe.app.slug }, wardrobe);
  }
  return dress(part, wardrobe);
}

function appOf(user: JsonObject, wardrobe: Wardrobe): JsonObject | null {
  const account = wardrobe.people.byLogin(text(user.login));
  const behind = account === undefined ? null : appBehind(account, wardrobe.app);
  return behind === null ? null : appCard(behind, wardrobe);
}

function appCard(behind: { id: number; slug: string }, { app, url }: Wardrobe): JsonObject {
  const name = behind.id === app.appId ? app.name : behind.slug;
  return { ...behind, name, node_id: `A_${behind.id}`, html_url: `${url}/apps/${behind.slug}` };
}

/** GitHub's issues say when they are pull requests. */
function withPullRequest(value: JsonObject, { pulls }: Wardrobe): JsonObject {
  if (typeof value.events_url !== "string" || typeof value.number !== "number" || "pull_request" in value) {
    return value;
  }
  const repository = /\/repos\/([^/]+\/[^/]+)\/issues\/\d+$/.exec(text(value.url))?.[1];
  if (repository === undefined || !pulls.has(repository, value.number)) return value;
  const url = text(object(value).url);
  const merge = pulls.mergeOf(url.replace("/issues/", "/pulls/"));
  return { ...value, pull_request: pullRequestOfIssue(text(value.html_url), url, merge?.at ?? null) };
}
