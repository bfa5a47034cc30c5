import { said } from "../parse/findings";
import type { Said } from "../parse/said";

export const errorsWord = "errors?|erreurs?";
export const warningsWord = "warnings?|avertissements?";

/** The value of a bullet "* Label: value" of Retrospect's mails, each on its own line or all on one; null when there is none. */
export function bullet(text: string, label: string): Said<string> | null {
  const match = new RegExp(`(?:^|[*•])[ \\t]{0,8}(?:${label})[ \\t]{0,3}:[ \\t]{0,8}([^*•\\n]{1,300})`, "imu").exec(
    text,
  );
  const value = match?.[1]?.trim();
  return match && value ? said(value, [match[0].replace(/^[\s*•]+/, "").trim(), value]) : null;
}
