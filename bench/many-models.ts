/** Models of one proposal each, behind one port: who is asked is whose number is named. */

import type { ProposalRef } from "../src/proposal/facts.ts";
import type { Clock, GitHubPort } from "../src/reconcile/ports.ts";
import type { Committee } from "../test/support/committee.ts";

/** The models are numbered from 1; their clocks must be turned together. */
export function manyModels(models: readonly Committee[]): {
  readonly port: GitHubPort;
  readonly clock: Clock;
} {
  const [first] = models;
  if (first === undefined) throw new Error("There is no model");
  const of = ({ number }: ProposalRef): GitHubPort => {
    const model = models[number - 1];
    if (model === undefined) throw new Error(`There is no proposal ${number}`);
    return model.port;
  };
  const port: GitHubPort = {
    observe: async (ref) => of(ref).observe(ref),
    nameNow: (repository) => first.port.nameNow(repository),
    read: async (ref, want) => of(ref).read(ref, want),
    readDocket: async (ref) => of(ref).readDocket(ref),
    docketCommit: async (ref) => of(ref).docketCommit(ref),
    recoverDocket: async (ref, lastCommit) => of(ref).recoverDocket(ref, lastCommit),
    readDocketText: async (ref, sha256) => of(ref).readDocketText(ref, sha256),
    writeDocket: async (ref, write) => of(ref).writeDocket(ref, write),
    act: async (ref, action) => of(ref).act(ref, action),
    workshop: async (ref, repository, purpose) => of(ref).workshop(ref, repository, purpose),
  };
  return { port, clock: first.clock };
}
