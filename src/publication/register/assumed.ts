/** What stands in the place of a register where a committee keeps none. */
import type { TextPin } from "../../proposal/entries.ts";
import type { FrontMatter } from "../draft/model.ts";
import { draftNameOf } from "../draft/names.ts";
import { plainLine, proposedTitle } from "../titles.ts";
import { EMPTY_REGISTER, type Register, type RegisteredLink, type Standard, unheardOf } from "./model.ts";

/** As if the standard that a proposal updates or retires were registered, with what its own source says of it. */
export function assumedRegister(
  pin: TextPin,
  front: FrontMatter,
  links: readonly RegisteredLink[],
): Register {
  const name = draftNameOf(front.docName);
  const standard: Standard = {
    ...unheardOf(pin.slug, plainLine(front.title ?? "", 300) || proposedTitle(pin.title)),
    status: "published",
    draft: name?.bare ?? null,
    revision: name?.revision ?? null,
    links,
  };
  return { ...EMPTY_REGISTER, standards: [standard] };
}
