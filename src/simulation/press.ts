/** The press of the simulation's committees, which adds a page where there is a website; and a datatracker that none of them uses. */
import { publicationFiles } from "../publication/files.ts";
import { NO_NOTES } from "../publication/press-notes.ts";
import type { DatatrackerPort, PressPort } from "../reconcile/ports.ts";

export const press: PressPort = {
  async make({ issue, state, text, plans }) {
    return plans.map((plan) => {
      const page = { path: "standards.md", content: `- ${plan.slug}\n` };
      const files = publicationFiles(plan, issue, state, text);
      return { plan, files: plan.carries.includes("website") ? [...files, page] : files, notes: NO_NOTES };
    });
  },
};

const unused = (): never => {
  throw new Error("A draft is submitted although no charter says so");
};

export const datatracker: DatatrackerPort = { submit: unused, find: unused, state: unused };
