/** How much each row does: in earnest, and as little as shows that it works. */

export type Sizes = {
  /** Deliveries: rounds of so many milliseconds as fast as they are answered, then so long at 300 a second. */
  readonly rounds: number;
  readonly floodMs: number;
  readonly steadyMs: number;
  readonly burstProposals: number;
  readonly burstReplays: number;
  readonly looks: number;
  readonly sweepProposals: number;
  readonly sweeps: number;
  /** Proposals that live a whole life, in so many rounds. */
  readonly lives: number;
  readonly lifeRounds: number;
  readonly seen: number;
  readonly drafts: number;
  readonly decisions: number;
};

export const IN_EARNEST: Sizes = {
  rounds: 5,
  floodMs: 1_500,
  steadyMs: 6_000,
  burstProposals: 200,
  burstReplays: 50,
  looks: 10,
  sweepProposals: 1_000,
  sweeps: 5,
  lives: 100,
  lifeRounds: 3,
  seen: 10_000,
  drafts: 21,
  decisions: 200,
};
