import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { append } from "../../src/proposal/docket.ts";
import { instant } from "../../src/proposal/instant.ts";
import { isSealedBy, isVouchedFor, keyChange, publishedKey, sealed } from "../../src/proposal/seal.ts";

const AT = instant("2026-11-20T09:30:00Z");
const key = generateKeyPairSync("ed25519").privateKey;
const other = generateKeyPairSync("ed25519").privateKey;
const ENTRIES = append(
  [],
  [
    { kind: "received", issue: 4_012, author: null, title: "A title", at: AT },
    { kind: "accepted", by: { id: 2, login: "bob" }, comment: 5, at: AT },
  ],
  AT,
);
const SEAL = sealed(12, ENTRIES, key);

test("a docket is sealed by the key that sealed it", () => {
  expect(isSealedBy(12, ENTRIES, SEAL, publishedKey(key))).toBe(true);
});

test.each([
  ["another proposal's docket", 13, ENTRIES, SEAL, publishedKey(key)],
  ["one entry less", 12, ENTRIES.slice(0, 1), SEAL, publishedKey(key)],
  [
    "an entry more",
    12,
    append(ENTRIES, [{ kind: "ballot-posted", comment: 7, at: AT }], AT),
    SEAL,
    publishedKey(key),
  ],
  ["another key", 12, ENTRIES, sealed(12, ENTRIES, other), publishedKey(key)],
  [
    "another key under the same name",
    12,
    ENTRIES,
    SEAL,
    { ...publishedKey(other), id: publishedKey(key).id },
  ],
  ["no signature", 12, ENTRIES, { ...SEAL, value: "" }, publishedKey(key)],
])("the seal does not hold for %s", (_, proposal, entries, signature, published) => {
  expect(isSealedBy(proposal, entries, signature, published)).toBe(false);
});

test("no other bytes are a signature, and none make it throw", () => {
  fc.assert(
    fc.property(fc.base64String({ maxLength: 120 }), (value) => {
      expect(isSealedBy(12, ENTRIES, { ...SEAL, value }, publishedKey(key))).toBe(value === SEAL.value);
    }),
  );
});

test("a change of keys is an entry, for which the key before vouches", () => {
  const before = publishedKey(key);
  expect(keyChange(before.id, { key, previous: other })).toBeNull();
  expect(keyChange(null, { key, previous: null })).toBeNull();
  const entry = keyChange(before.id, { key: other, previous: key });
  if (entry === null) throw new Error("The key was changed");
  expect(entry).toMatchObject({ from: before.id, to: publishedKey(other) });
  expect(isVouchedFor({ ...entry, at: AT }, before)).toBe(true);
  const third = publishedKey(generateKeyPairSync("ed25519").privateKey);
  expect(isVouchedFor({ ...entry, to: third, at: AT }, before)).toBe(false);
  expect(isVouchedFor({ ...entry, vouched: null, at: AT }, before)).toBe(false);
});

test("only an Ed25519 key seals", () => {
  expect(() => publishedKey(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey)).toThrow(
    "Ed25519",
  );
});
