/** Who may do what to a repository, as GitHub's roles have it; the emulator is more generous. */
import type { Caller } from "./callers.ts";
import { ACCESS_LEVELS, type Access, type World } from "./seed.ts";

/** Does the caller have at least this role? The App's own permissions are checked elsewhere. */
export function allows(world: World, caller: Caller, least: Access): boolean {
  switch (caller.kind) {
    case "nobody":
      return false;
    case "app":
    case "installation":
      return true;
    case "person": {
      const access = world.access[caller.account.seeded] ?? "read";
      return ACCESS_LEVELS.indexOf(access) >= ACCESS_LEVELS.indexOf(least);
    }
  }
}

/** May the caller see that the repository is there at all? */
export function sees(world: World, caller: Caller, repository: string): boolean {
  const hidden = world.repositories.find(
    ({ name }) => `${world.organization}/${name}`.toLowerCase() === repository.toLowerCase(),
  )?.private;
  if (hidden !== true || caller.kind === "installation") return true;
  if (caller.kind !== "person") return false;
  const { seeded } = caller.account;
  return (
    world.access[seeded] !== undefined || Object.values(world.teams).some((team) => team.includes(seeded))
  );
}
