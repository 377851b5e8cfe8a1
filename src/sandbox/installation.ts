/** The App's installation: suspended, taken away, made again, and which repositories it was given. */

import type { Instant } from "../proposal/instant.ts";
import { type Answer, type Asked, answer, NOT_FOUND, refusal } from "./answers.ts";
import type { SandboxClock } from "./clock.ts";
import { isObject, objectOrEmpty } from "./json.ts";
import type { World } from "./seed.ts";

type Installation = {
  /** What the App knows it by: each new installation has a number of its own. */
  readonly id: number;
  readonly state: "active" | "suspended" | "uninstalled";
  readonly suspendedAt: Instant | null;
  readonly permissions: World["permissions"];
};

export type Installations = {
  now(): Installation;
  suspend(): void;
  unsuspend(): void;
  uninstall(): void;
  grant(permissions: World["permissions"]): void;
  /** A new installation, as after installing the App again. */
  renew(permissions: World["permissions"]): void;
  /** Takes a repository from the installation, or gives it back: `owner/name` as it was seeded. */
  give(seeded: string, id: number, isGiven: boolean): void;
  has(seeded: string): boolean;
  /** The path behind the front, where the installation has only ever had one number; or GitHub's refusal. */
  resolve(asked: Pick<Asked, "path" | "caller" | "body">): { readonly path: string } | Answer;
  /** JSON with the installation as it is now. */
  shown(value: unknown): unknown;
};

const NOT_THERE = refusal(
  422,
  "There is at least one repository that does not exist or is not accessible to the parent installation.",
);
const SUSPENDED = refusal(403, "This installation has been suspended");

export function createInstallations(
  first: number,
  { permissions }: Pick<World, "permissions">,
  clock: Pick<SandboxClock, "now">,
): Installations {
  let present: Installation = { id: first, state: "active", suspendedAt: null, permissions };
  /** What was taken away, with its numbers. */
  const left = new Map<string, number>();
  const has = (seeded: string) => !left.has(seeded.toLowerCase());
  const isHidden = (path: string) => {
    const [, repository] = /^\/repos\/([^/]+\/[^/]+)/.exec(path) ?? [];
    return repository !== undefined && !has(repository);
  };
  return {
    now: () => present,
    suspend: () => {
      present = { ...present, state: "suspended", suspendedAt: clock.now() };
    },
    unsuspend: () => {
      present = { ...present, state: "active", suspendedAt: null };
    },
    uninstall: () => {
      present = { ...present, state: "uninstalled" };
    },
    grant: (granted) => {
      present = { ...present, permissions: granted };
    },
    renew: (granted) => {
      present = { id: present.id + 1, state: "active", suspendedAt: null, permissions: granted };
    },
    give: (seeded, id, isGiven) =>
      void (isGiven ? left.delete(seeded.toLowerCase()) : left.set(seeded.toLowerCase(), id)),
    has,
    resolve({ path, caller, body }) {
      if (caller.kind === "installation") {
        if (caller.token.installation !== present.id || present.state === "uninstalled")
          return refusal(401, "Bad credentials");
        if (present.state === "suspended") return SUSPENDED;
        return isHidden(path) ? NOT_FOUND : { path };
      }
      if (caller.kind !== "app") return { path };
      const [, id, rest = ""] = /^\/app\/installations\/(\d+)(\/.*)?$/.exec(path) ?? [];
      const isGone = present.state === "uninstalled";
      if (id !== undefined) {
        if (isGone || Number(id) !== present.id) return NOT_FOUND;
        if (present.state === "suspended" && rest !== "") return SUSPENDED;
        const { repository_ids: wanted } = objectOrEmpty(body);
        if (Array.isArray(wanted) && wanted.some((each) => [...left.values()].includes(Number(each))))
          return NOT_THERE;
        return { path: `/app/installations/${first}${rest}` };
      }
      if (path.endsWith("/installation") && (isGone || isHidden(path))) return NOT_FOUND;
      return path === "/app/installations" && isGone ? answer(200, []) : { path };
    },
    shown: (value) => shown(value, first, present),
  };
}

/** An installation, alone or in a list, is known by its `app_id` and `permissions`. */
function shown(value: unknown, first: number, present: Installation): unknown {
  if (Array.isArray(value)) return value.map((item) => shown(item, first, present));
  if (!isObject(value) || value.id !== first || !("app_id" in value)) return value;
  const { id, permissions, suspendedAt } = present;
  return { ...value, id, permissions, suspended_at: suspendedAt };
}
