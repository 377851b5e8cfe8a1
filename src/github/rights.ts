/** What each call needs to be allowed, so that no token opens more than the call it is for. */
import { z } from "zod";

/** As GitHub names them: https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
export type Permissions = Readonly<Record<string, string>>;

/** An installation, as far as it says what it allows. */
export const installationShape = z.object({
  id: z.number(),
  permissions: z.record(z.string(), z.string()).optional(),
});

/** Looking changes nothing: one token does for all of it. */
const LOOKING: Permissions = { issues: "read", contents: "read", pull_requests: "read", checks: "read" };

/** The parts of a repository in which the App changes something, by how their addresses go on. */
const CHANGING: readonly (readonly [RegExp, Permissions])[] = [
  [/^(?:issues|labels)\b/, { issues: "write" }],
  [/^(?:git|contents)\b/, { contents: "write" }],
  // A pull request is made of branches.
  [/^pulls\b/, { pull_requests: "write", contents: "read" }],
  [/^check-runs\b/, { checks: "write" }],
];

/** What a call of this route needs. Throws for a change that nobody has thought of here. */
export function neededFor(route: string): Permissions {
  const [method = "", address = ""] = route.split(" ");
  if (address.startsWith("/orgs/")) return { members: "read" };
  if (method === "GET") return LOOKING;
  const [, part = ""] = /^\/repos\/[^/]+\/[^/]+\/(.*)$/.exec(address) ?? [];
  const found = CHANGING.find(([beginning]) => beginning.test(part));
  if (found === undefined) throw new Error(`There is no telling what ${route} needs to be allowed`);
  return found[1];
}

/**
 * As much of what is needed as an installation allows; null: nobody knows. For more GitHub would give no token at all (422), and
 * what the call itself is refused with says better what is missing.
 */
export function grantedOf(needed: Permissions, allowed: Permissions | null): Permissions {
  if (allowed === null) return needed;
  const granted = Object.entries(needed).flatMap(([name, level]) => {
    const most = allowed[name];
    return most === undefined ? [] : [[name, most === "read" ? "read" : level]];
  });
  return granted.length === 0 ? LEAST : Object.fromEntries(granted);
}

/** Every installation has it. To ask for nothing would be to ask for everything. */
const LEAST: Permissions = { metadata: "read" };
