/** What a repository is called now. GitHub answers under an old name from where the repository is (301). */
import type { Repository } from "../proposal/facts.ts";
import { orNull } from "./failure.ts";
import type { Gate } from "./gate.ts";
import { repository as repositoryShape } from "./shapes.ts";

/** null: there is none, or this installation cannot see it. */
export async function nameNow(gate: Gate, { owner, name }: Repository): Promise<Repository | null> {
  const found = await orNull(gate.get("GET /repos/{owner}/{repo}", { owner, repo: name }, repositoryShape));
  return found === null ? null : { owner: found.owner.login, name: found.name };
}
