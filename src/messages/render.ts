/** Every message to people on GitHub: data in, GitHub Markdown out, without the hidden key. */
import type { Message } from "../proposal/desired-state.ts";
import { ballot, ballotProlonged, ballotReminder } from "./ballot.ts";
import {
  commentPeriodExtended,
  commentPeriodOpen,
  commentPeriodRestarted,
  commentReminder,
  textIncomplete,
} from "./comment-period.ts";
import { decision } from "./decision.ts";
import { feedback } from "./feedback.ts";
import { noCharter } from "./no-charter.ts";
import { publicationStopped, published } from "./publication.ts";
import { putBack } from "./put-back.ts";
import { help, refusal, statusAnswer } from "./replies.ts";
import { statusMessage } from "./status.ts";
import { submission } from "./submission.ts";
import { trouble } from "./trouble.ts";
import type { WebUrl } from "./web.ts";

/** At most `MESSAGE_LIMIT` characters, whatever the message is about. `web` is where its links lead: see `webOf`. */
export function renderMessage(message: Message, web: WebUrl): string {
  switch (message.kind) {
    case "status":
      return statusMessage(message, web);
    case "no-charter":
      return noCharter();
    case "comment-period-open":
      return commentPeriodOpen(message, web);
    case "comment-period-restarted":
      return commentPeriodRestarted(message);
    case "comment-period-extended":
      return commentPeriodExtended(message);
    case "text-incomplete":
      return textIncomplete(message, web);
    case "comment-reminder":
      return commentReminder(message);
    case "feedback":
      return feedback(message);
    case "ballot":
      return ballot(message, web);
    case "ballot-reminder":
      return ballotReminder(message);
    case "ballot-prolonged":
      return ballotProlonged(message);
    case "decision":
      return decision(message, web);
    case "publication-stopped":
      return publicationStopped(message);
    case "published":
      return published(message);
    case "submission":
      return submission(message);
    case "refusal":
      return refusal(message);
    case "help":
      return help(message);
    case "status-answer":
      return statusAnswer(message);
    case "trouble":
      return trouble(message);
    case "put-back":
      return putBack(message);
  }
}
