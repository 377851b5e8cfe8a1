/**
 * What a narrowed token opens. GitHub gives tokens for some repositories and some permissions, if asked to; the emulator
 * takes note of that and does not heed it. What each address needs is from
 * https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps.
 */
import type { Asked } from "./answers.ts";
import { isObject, objectOrEmpty } from "./json.ts";

const NEEDED: readonly (readonly [RegExp, string])[] = [
  [/^\/repos\/[^/]+\/[^/]+\/(?:issues|labels)(?:\/|$)/, "issues"],
  [/^\/repos\/[^/]+\/[^/]+\/pulls(?:\/|$)/, "pull_requests"],
  [/^\/repos\/[^/]+\/[^/]+\/(?:check-runs|commits\/[^/]+\/check-runs)(?:\/|$)/, "checks"],
  [/^\/repos\/[^/]+\/[^/]+\/(?:git|contents|commits|branches)(?:\/|$)/, "contents"],
  [/^\/orgs\/[^/]+\/teams(?:\/|$)/, "members"],
];

type Target = {
  /** GitHub's id of the repository that is asked for. */
  readonly id: () => Promise<unknown>;
  readonly isPublic: boolean;
};

/** Does the token of the caller open what is asked for? `target` null: it is about no repository. */
export async function opens(asked: Asked, target: Target | null): Promise<boolean> {
  if (asked.caller.kind !== "installation") return true;
  const { permissions, repository_ids: ids } = objectOrEmpty(asked.caller.token.request);
  const level = asked.method === "GET" ? "read" : "write";
  if (target !== null && Array.isArray(ids) && !ids.includes(await target.id()))
    return level === "read" && target.isPublic;
  const [, needed] = NEEDED.find(([address]) => address.test(asked.path)) ?? [];
  if (!isObject(permissions) || needed === undefined) return true;
  return permissions[needed] === "write" || permissions[needed] === level;
}
