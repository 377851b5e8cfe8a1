/** Plans the spells and blows of a year. */
import type { Agenda } from "./agenda.ts";
import { keyNamed } from "./dockets.ts";
import { type Faults, SPELLS, type Spell, TAMPERING, type Tampering } from "./faults.ts";
import type { Machine } from "./machine.ts";
import type { Random } from "./random.ts";
import { tamperNow } from "./tampering.ts";
import { DAYS, HOURS, MINUTES } from "./time.ts";
import { pushCharter, type Town } from "./town.ts";
import { APP, type World } from "./world.ts";

export type Misfortunes = {
  readonly world: World;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly machine: Machine;
  readonly town: Town;
  /** In seconds. */
  readonly span: number;
};

export function planMisfortunes(scene: Misfortunes): void {
  for (const spell of Object.keys(SPELLS) as Spell[])
    if (scene.faults.mayCome(spell)) planSpells(spell, scene);
  planLosses(scene);
  planKeyChange(scene);
  for (const how of TAMPERING) planTampering(how, scene);
}

function planSpells(spell: Spell, { world, random, agenda, faults, machine, town, span }: Misfortunes): void {
  const { most, lasts } = SPELLS[spell];
  const reachesCharter = spell === "charter broken" || spell === "charter removed";
  const begin = () => {
    faults.begin(spell);
    if (reachesCharter) pushCharter(town);
    if (spell === "App down" && faults.isOn(spell)) machine.stop();
  };
  const end = () => {
    faults.end(spell);
    if (reachesCharter) pushCharter(town);
    if (spell === "App down") machine.start();
    if (spell === "App uninstalled")
      world.announce({ name: "installation", sender: "somebody", thread: null });
  };
  for (let times = random.between(0, most); times > 0; times--) {
    const from = world.now + random.between(0, span);
    // Short spells are more common than long ones.
    const length = lasts[0] + Math.floor((lasts[1] - lasts[0]) * random.next() ** 3);
    agenda.plan(from, begin);
    agenda.plan(from + length, end);
  }
}

/** The App gets another key, and is told which one it had before. */
function planKeyChange({ world, random, agenda, faults, machine, span }: Misfortunes): void {
  if (!faults.mayCome("signing key changed")) return;
  agenda.plan(world.now + random.between(DAYS, span), () => {
    if (faults.isHealed()) return;
    faults.count("signing key changed");
    machine.stop();
    world.dockets.sealing = { key: keyNamed("second"), previous: world.dockets.sealing.key };
    agenda.plan(world.now + HOURS, machine.start);
  });
}

/** Only the store knows which docket the App wrote last: where it is lost as well, nobody can tell an older one from the last. */
function isBeyondKnowing(how: Tampering, faults: Faults): boolean {
  const needsStore = how === "older docket put back" || how === "branch of dockets deleted";
  const isLost = faults.mayCome("store wiped") || faults.mayCome("store restored from an old copy");
  return needsStore && isLost;
}

function planTampering(how: Tampering, { world, random, agenda, faults, town, span }: Misfortunes): void {
  if (!faults.mayCome(how) || isBeyondKnowing(how, faults)) return;
  for (let times = random.between(0, how === "branch of dockets deleted" ? 2 : 6); times > 0; times--)
    agenda.plan(world.now + random.between(DAYS, span), () => {
      if (!faults.isHealed() && tamperNow(town, how)) faults.count(how);
    });
}

/** How long the App is stopped while its store is lost. An old copy is not put in its place faster than GitHub shows what was done. */
const STOPPED = {
  "store wiped": [1, 5, MINUTES, HOURS],
  "store restored from an old copy": [11 * MINUTES, HOURS, DAYS],
} as const;

/** The store is lost, or an old copy put in its place, and of all moments when the App has just said something. */
function planLosses({ world, random, agenda, faults, machine, span }: Misfortunes): void {
  const due: (() => void)[] = [];
  let startsAt = world.now;
  const { announce } = world;
  world.announce = (announcement) => {
    announce(announcement);
    if (announcement.sender !== APP.login || announcement.name !== "issue_comment") return;
    const blow = faults.isHealed() ? undefined : due.pop();
    if (blow !== undefined) agenda.plan(world.now + random.between(0, 20), blow);
  };
  for (const loss of ["store wiped", "store restored from an old copy"] as const) {
    if (!faults.mayCome(loss)) continue;
    for (let times = random.between(0, 10); times > 0; times--) {
      const at = world.now + random.between(DAYS, span);
      let restore = machine.shared.wipe;
      if (loss !== "store wiped")
        agenda.plan(at - random.between(HOURS, 10 * DAYS), () => {
          restore = machine.shared.copy();
        });
      const blow = () => {
        faults.count(loss);
        machine.stop();
        restore();
        // A second loss may come while the App is still stopped for the first.
        startsAt = Math.max(startsAt, world.now + random.pick(STOPPED[loss]));
        agenda.plan(startsAt, () => {
          if (world.now >= startsAt) machine.start();
        });
      };
      agenda.plan(at, () => due.push(blow));
    }
  }
}
