import { expect, type Page } from "@playwright/test";

/** A result of Duplicati as it is mailed. @param night how many nights ago it ran. */
export function duplicatiMail(
  job: string,
  result: "Success" | "Error",
  night: number,
): { name: string; mimeType: string; buffer: Buffer } {
  const begin = Math.floor(Date.now() / 1000) - night * 86_400 - 3600;
  const text = [
    "Return-Path: <backup@acme.example>",
    "MIME-Version: 1.0",
    "From: No Reply - Backup report <backup@acme.example>",
    "To: backups@desk.example",
    `Date: ${new Date((begin + 800) * 1000).toUTCString().replace("GMT", "+0000")}`,
    `Subject: Duplicati Backup report for ${job}`,
    `Message-ID: <${job}-${night}@acme.example>`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    "ExaminedFiles: 48211",
    "SizeOfExaminedFiles: 62685875123",
    "MainOperation: Backup",
    `ParsedResult: ${result}`,
    `EndTime: 1/1/2026 10:23:51 PM (${begin + 780})`,
    `BeginTime: 1/1/2026 10:10:51 PM (${begin})`,
    "Duration: 00:13:00",
    "Messages: []",
    "Warnings: []",
    result === "Error" ? "Errors: [\n    The target folder is full\n]" : "Errors: []",
    "",
  ].join("\r\n");
  return { name: `${job}-${night}.eml`, mimeType: "message/rfc822", buffer: Buffer.from(text) };
}

type Upload = ReturnType<typeof duplicatiMail>;

/** Uploads files on the page of the Inbox, and waits until it says what became of them. */
export async function upload(page: Page, ...files: Upload[]): Promise<void> {
  await page.goto("/inbox");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Upload mails" }).click();
  await (await choosing).setFiles(files);
  await expect(page.getByText(/mails? (was|were) taken/)).toBeVisible();
}
