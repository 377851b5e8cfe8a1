/** The App's labels in a repository: made with their colours and descriptions, and remembered once they are there. */
import { z } from "zod";
import type { ProposalRef, Repository } from "../proposal/facts.ts";
import type { LabelSpec } from "../proposal/labels.ts";
import type { Client } from "./client.ts";
import { hasStatus } from "./failure.ts";
import { anything, type Gate } from "./gate.ts";
import { repositoryKey } from "./installations.ts";

export type Labels = {
  /** Makes whichever of these a repository lacks. Costs one listing in the life of the process where all are there. */
  furnish(repository: Repository, labels: readonly LabelSpec[]): Promise<void>;
  /** Makes sure of one label; costs nothing where it is known to be there. */
  ensure(ref: ProposalRef | Repository, label: LabelSpec): Promise<void>;
};

const listed = z.array(z.object({ name: z.string() }));

export function createLabels(client: Client): Labels {
  const present = new Map<string, Set<string>>();
  const known = (repository: Repository) => {
    const key = repositoryKey(repository);
    const names = present.get(key) ?? new Set<string>();
    present.set(key, names);
    return names;
  };

  async function ensure(repository: Repository, label: LabelSpec): Promise<void> {
    const names = known(repository);
    if (names.has(nameKey(label.name))) return;
    await make(await client.of(repository), repository, label);
    names.add(nameKey(label.name));
  }

  return {
    ensure,
    async furnish(repository, labels) {
      const names = known(repository);
      if (labels.every(({ name }) => names.has(nameKey(name)))) return;
      const gate = await client.of(repository);
      const place = { owner: repository.owner, repo: repository.name };
      for (const { name } of await gate.list("GET /repos/{owner}/{repo}/labels", place, listed))
        names.add(nameKey(name));
      for (const label of labels) await ensure(repository, label);
    },
  };
}

/** GitHub's labels are one and the same in any letter case. */
function nameKey(name: string): string {
  return name.toLowerCase();
}

/** GitHub would make a missing label by itself where one is added, but grey and without a description. */
async function make(gate: Gate, { owner, name: repo }: Repository, label: LabelSpec): Promise<void> {
  try {
    await gate.send("POST /repos/{owner}/{repo}/labels", { owner, repo, ...label }, anything);
  } catch (error) {
    if (!hasStatus(error, 422) || !error.message.includes("already_exists")) throw error;
  }
}
