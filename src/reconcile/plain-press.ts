/** The press of a committee that publishes what was voted on as it is: the text and the record of its decision. */
import { publicationFiles } from "../publication/files.ts";
import { NO_NOTES } from "../publication/press-notes.ts";
import type { PressPort } from "./ports.ts";

export const plainPress: PressPort = {
  async make({ issue, state, text, plans }) {
    return plans.map((plan) => ({
      plan,
      files: publicationFiles(plan, issue, state, text),
      notes: NO_NOTES,
    }));
  },
};
