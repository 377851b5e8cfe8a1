import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, expect, test } from "vitest";
import { withSettings, writeSettings } from "../../src/cli/env-file.ts";

const folder = mkdtempSync(join(tmpdir(), "secretariat-env-"));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = "-----BEGIN RSA PRIVATE KEY-----\nabc+/=\n-----END RSA PRIVATE KEY-----";

test("what is written is what Node reads", () => {
  const settings = { APP_ID: "12", PRIVATE_KEY: KEY, WEBHOOK_SECRET: "a b#c$d" };
  expect(parseEnv(withSettings("", settings))).toEqual(settings);
});

test("the rest of the file stays as it is", () => {
  const before = "# Mine\nPORT=4000\nAPP_ID=1\n\n#APP_ID=2\n";
  expect(withSettings(before, { APP_ID: "12", WEBHOOK_SECRET: "s" })).toBe(
    '# Mine\nPORT=4000\nAPP_ID="12"\n\n#APP_ID=2\nWEBHOOK_SECRET="s"\n',
  );
});

test("a value that would not be read back is refused", () => {
  expect(() => withSettings("", { WEBHOOK_SECRET: 'a"b' })).toThrow(RangeError);
});

test("only its owner may read the file, also where it was there before", () => {
  const file = join(folder, ".env");
  writeFileSync(file, "PORT=4000\n", { mode: 0o644 });
  writeSettings(file, { APP_ID: "12" });
  expect(readFileSync(file, "utf8")).toBe('PORT=4000\nAPP_ID="12"\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeSettings(join(folder, "new.env"), { APP_ID: "12" });
  expect(statSync(join(folder, "new.env")).mode & 0o777).toBe(0o600);
});
