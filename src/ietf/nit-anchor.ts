/** From a place in the XML, as idnits names it, to the nearest anchor around it, which the draft's text knows too. */

export type Anchored = {
  /** The `anchor` of the innermost section, reference or block at that place that has one. */
  readonly anchor: string | null;
  /** The last element of the place, such as `date` or `abstract`. */
  readonly element: string | null;
};

const STEP = /^([A-Za-z_#][A-Za-z0-9_.-]{0,60})(?:\[([0-9]{1,6})\])?$/;
const MOST_STEPS = 60;

/** Follows a path such as `rfc.middle.section[3].t` through what idnits parsed. */
export function anchorAt(parsed: unknown, path: string | null): Anchored {
  let at: unknown = parsed;
  let anchor: string | null = null;
  let element: string | null = null;
  for (const step of stepsOf(path)) {
    const [, key, index] = STEP.exec(step) ?? [];
    if (key === undefined || key === "_attr") break;
    const next = valueAt(at, key);
    at = index === undefined ? next : valueAt(next, index);
    if (at === undefined) break;
    element = key;
    anchor = textAt(valueAt(at, "_attr"), "anchor") ?? anchor;
  }
  return { anchor, element };
}

/** idnits begins some of its paths with the root twice. */
function stepsOf(path: string | null): readonly string[] {
  if (path === null) return [];
  return path.replace(/^rfc\.rfc\./, "rfc.").split(".", MOST_STEPS);
}

function valueAt(holder: unknown, key: string): unknown {
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key)) return undefined;
  return (holder as Record<string, unknown>)[key];
}

function textAt(holder: unknown, key: string): string | null {
  const value = valueAt(holder, key);
  return typeof value === "string" ? value : null;
}
