/** Reading JSON whose shape somebody else decided: each reader says what it wanted when it is not there. */

export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object, or an empty one: for request bodies, where GitHub takes anything else as "nothing given". */
export function objectOrEmpty(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function object(value: unknown): JsonObject {
  if (!isObject(value)) throw new TypeError(`Expected a JSON object, found ${JSON.stringify(value)}`);
  return value;
}

export function list(value: unknown): JsonObject[] {
  if (!Array.isArray(value)) throw new TypeError(`Expected a JSON list, found ${JSON.stringify(value)}`);
  return value.map(object);
}

export function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`Expected text, found ${JSON.stringify(value)}`);
  return value;
}

export function number(value: unknown): number {
  if (typeof value !== "number") throw new TypeError(`Expected a number, found ${JSON.stringify(value)}`);
  return value;
}

export function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
