/** What people are told about the comment period. */
import { durationInWords } from "../charter/words.ts";
import type { Message } from "../proposal/desired-state.ts";
import { inWords } from "../proposal/instant.ts";
import { checklist } from "./checklist.ts";
import { inline, quote } from "./escape.ts";
import { bullets, digestDetails, named, paragraphs, pinned } from "./parts.ts";
import type { WebUrl } from "./web.ts";

type MessageOf<K extends Message["kind"]> = Extract<Message, { kind: K }>;

export function commentPeriodOpen({ opened, by }: MessageOf<"comment-period-open">, web: WebUrl): string {
  const lasts = durationInWords(opened.lasts);
  return paragraphs(
    "### The comment period is open",
    `${named(by)} has accepted this proposal on behalf of the review team. The committee invites comments from everyone, members or not, on “${inline(opened.text.title)}” for ${lasts}, until **${inWords(opened.closesAt)}**.`,
    bullets(
      "**How to comment:** write a comment on this issue before the deadline. Say what should stay, what should change and why. A reaction to somebody else’s comment is recorded too.",
      `**What is proposed:** ${pinned(opened.text, web)}.`,
      opened.onEdit === "restart"
        ? `**If the text is edited meanwhile:** the comment period starts again and lasts another ${lasts}.`
        : "**If the text is edited meanwhile:** the edit is noted in the record and the deadline stays.",
      "**What happens next:** when the comment period has ended, the comments are listed in a digest and the ballot opens on the text as it then stands. A chair can extend the period with `/extend 14 days REASON`; it is never shortened.",
    ),
    digestDetails(opened.text),
  );
}

export function commentPeriodRestarted({ closesAt, at }: MessageOf<"comment-period-restarted">): string {
  return paragraphs(
    "### The comment period starts again",
    `The text was edited (${inWords(at)}), and the charter asks for a full comment period on the new text. It now ends on **${inWords(closesAt)}**.`,
    "Comments made before the edit remain part of the record and need not be repeated. Please say if the edit has changed your mind.",
  );
}

export function commentPeriodExtended({ extended }: MessageOf<"comment-period-extended">): string {
  return paragraphs(
    "### The comment period is extended",
    `It now ends on **${inWords(extended.closesAt)}**. Extended by ${named(extended.by)}, for this reason:`,
    quote(extended.reason),
    "Everyone may comment on this issue until then. The ballot opens afterwards.",
  );
}

export function textIncomplete(
  { closesAt, findings, text }: MessageOf<"text-incomplete">,
  web: WebUrl,
): string {
  return paragraphs(
    "### The text is no longer complete",
    "After an edit, this issue lacks something that the charter asks for, and so cannot be put to the vote as it stands:",
    checklist(findings.filter(({ state }) => state !== "present")),
    `Please edit it again before **${inWords(closesAt)}**. Otherwise the ballot opens on the text as it was last complete: ${pinned(text, web)}. The comment period goes on as it is.`,
  );
}

export function commentReminder({ closesAt }: MessageOf<"comment-reminder">): string {
  return paragraphs(
    `### Reminder: comments are welcome until ${inWords(closesAt)}`,
    "Everyone is invited to comment on this issue until then. The ballot opens afterwards.",
    "If you need more time, please say so here before then: a chair can extend the period with `/extend 14 days REASON`.",
  );
}
