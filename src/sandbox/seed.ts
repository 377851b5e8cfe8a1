/** The world a sandbox starts with: an organization, its repositories, its people, and the App installed on it. */
import { generateKeyPair, generateKeyPairSync, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { Sealing } from "../proposal/seal.ts";
import { personToken, TOKENS_PER_PERSON } from "./callers.ts";
import type { JsonObject } from "./json.ts";
import { isBot } from "./people.ts";
import { sampleReadme, sampleStandardsPage } from "./sample-pages.ts";
import { sampleRegisterText } from "./sample-register.ts";
import type { Upstream } from "./upstream.ts";

export const ACCESS_LEVELS = ["read", "triage", "write", "maintain", "admin"] as const;
export type Access = (typeof ACCESS_LEVELS)[number];

type SeededRepository = {
  readonly name: string;
  readonly private?: boolean;
  /** Path to text, committed to the default branch. */
  readonly files?: Readonly<Record<string, string>>;
};

export type World = {
  readonly organization: string;
  /** The first one is the committee's own. */
  readonly repositories: readonly SeededRepository[];
  /** Logins; `name[bot]` is the account of somebody else's App. */
  readonly people: readonly string[];
  /** What each may do in all repositories; who is not named may read what is public. */
  readonly access: Readonly<Record<string, Access>>;
  /** Team slug to logins. */
  readonly teams: Readonly<Record<string, readonly string[]>>;
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly events: readonly string[];
};

/** The App as it is registered on this GitHub. */
export type AppIdentity = {
  readonly appId: number;
  readonly slug: string;
  readonly name: string;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** What its dockets are sealed with. */
  readonly sealing: Sealing;
  readonly installationId: number;
};

/** Who votes there. */
export const COMMITTEE = [
  "adulau",
  "iglocska",
  "chrisr3d",
  "lena-k",
  "omar-b",
  "petra-v",
  "quentin-d",
  "sofia-r",
  "tomas-h",
] as const;

export const MISP_WORLD: World = {
  organization: "MISP",
  repositories: [
    { name: "misp-rfc", files: { "README.md": sampleReadme(), "register.json": sampleRegisterText() } },
    { name: "misp-standard.org", files: { "standards.md": sampleStandardsPage() } },
  ],
  people: [...COMMITTEE, "rafiot", "cedric", "mallory"],
  access: { adulau: "admin", cedric: "write" },
  teams: { "standard-committee": COMMITTEE },
  permissions: {
    issues: "write",
    contents: "write",
    pull_requests: "write",
    checks: "write",
    members: "read",
    metadata: "read",
  },
  events: [
    ...["issues", "issue_comment", "pull_request", "push", "check_run", "repository"],
    ...["installation", "installation_repositories"],
  ],
};

export async function createAppIdentity(): Promise<AppIdentity> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return {
    appId: 420_042,
    slug: "secretariat",
    name: "Secretariat",
    privateKey,
    webhookSecret: randomBytes(24).toString("hex"),
    sealing: { key: generateKeyPairSync("ed25519").privateKey, previous: null },
    installationId: 4_200_420,
  };
}

/** The account in whose name the App writes. */
export function botOf(app: Pick<AppIdentity, "slug">): string {
  return `${app.slug}[bot]`;
}

/** Who owns the organization: the first with admin rights. Throws if nobody has them. */
export function ownerOf(world: World): string {
  const owner = world.people.find((login) => world.access[login] === "admin");
  if (owner === undefined) throw new Error("A world needs somebody with admin access");
  return owner;
}

/** Every login whose tokens the emulator must know. */
function tokensOf(world: World): JsonObject {
  const tokens = world.people.flatMap((login) =>
    Array.from({ length: TOKENS_PER_PERSON }, (_, turn) => [personToken(login, turn), { login }]),
  );
  return Object.fromEntries(tokens);
}

/** The seed in the emulator's own words. Webhooks are subscribed to in full; the front picks. */
export function emulatorSeed(world: World, app: AppIdentity): JsonObject {
  const members = new Set([...Object.values(world.teams).flat(), ownerOf(world)]);
  return {
    tokens: tokensOf(world),
    github: {
      users: [
        ...world.people.map((login) => ({ login, name: isBot(login) ? login : displayName(login) })),
        { login: botOf(app), name: app.name, email: `${app.appId}+${botOf(app)}@users.noreply.github.com` },
      ],
      orgs: [
        {
          login: world.organization,
          name: world.organization,
          members: [...members].map((login) => ({
            login,
            role: world.access[login] === "admin" ? "admin" : "member",
          })),
        },
      ],
      repos: world.repositories.map(({ name, private: hidden }) => ({
        owner: world.organization,
        name,
        private: hidden ?? false,
        auto_init: true,
      })),
      apps: [
        {
          app_id: app.appId,
          slug: app.slug,
          name: app.name,
          private_key: app.privateKey,
          permissions: world.permissions,
          events: ["*"],
          webhook_url: "http://webhooks.invalid/",
          installations: [{ installation_id: app.installationId, account: world.organization }],
        },
      ],
    },
  };
}

function displayName(login: string): string {
  return login.charAt(0).toUpperCase() + login.slice(1);
}

/** What the emulator's seed cannot say: teams, collaborators and files. */
export async function furnish(upstream: Upstream, world: World): Promise<void> {
  const owner = ownerOf(world);
  const send = async (method: string, path: string, body: JsonObject) => {
    const answer = await upstream.request(method, path, { token: personToken(owner, 0), body });
    if (answer.status >= 400)
      throw new Error(`Seeding ${path}: ${answer.status} ${answer.body.toString("utf8")}`);
  };
  const shaOf = async (address: string): Promise<string> => {
    const answer = await upstream.request("GET", address, { token: personToken(owner, 0) });
    return String(JSON.parse(answer.body.toString("utf8")).sha);
  };
  for (const [slug, members] of Object.entries(world.teams)) {
    const teams = `/orgs/${world.organization}/teams`;
    await send("POST", teams, { name: slug, privacy: "closed" });
    for (const login of members) await send("PUT", `${teams}/${slug}/memberships/${login}`, {});
  }
  for (const { name, files } of world.repositories) {
    const repository = `/repos/${world.organization}/${name}`;
    for (const [login, access] of Object.entries(world.access)) {
      const permission = access === "write" ? "push" : access === "read" ? "pull" : access;
      await send("PUT", `${repository}/collaborators/${login}`, { permission });
    }
    for (const [path, content] of Object.entries(files ?? {})) {
      const address = `${repository}/contents/${path.split("/").map(encodeURIComponent).join("/")}`;
      await send("PUT", address, {
        message: `Add ${path}`,
        content: Buffer.from(content, "utf8").toString("base64"),
        // A new repository has a README already.
        ...(path === "README.md" ? { sha: await shaOf(address) } : {}),
      });
    }
  }
}
