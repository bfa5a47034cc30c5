import { expect, type Page, test } from "@playwright/test";
import { hostile } from "../support/hostile-html";
import { passwords, signIn } from "./support";

const TABS = 3;
/** Each as it is, in a whole document, and in one that is never closed: parsers repair them in different ways. */
const bodies = hostile.flatMap((fragment) => [
  `<p>before</p>${fragment}<p>after</p>`,
  `<html><head><title>x</title></head><body bgcolor=white><table><tr><td><b>before<div>${fragment}</div></td></tr></table></body></html>`,
  `before<p><font color=red>${fragment.toUpperCase()}<ul><li>${fragment}`,
]);

test("two hundred hostile mails are looked at: nothing runs, nothing is asked for, nothing leaves its box", async ({
  page,
}) => {
  test.setTimeout(300_000);
  expect(bodies.length).toBeGreaterThanOrEqual(200);
  await signIn(page, "ada", passwords.ada);
  await page.goto("/inbox");
  const ids = await page.evaluate(deliver, {
    bodies,
    role: await page.locator("input[name=_role]").first().inputValue(),
  });
  expect(ids.every(Boolean)).toBe(true);

  const wrong: string[] = [];
  const waiting = [...ids];
  const look = async () => {
    const tab = await page.context().newPage();
    watch(tab, new URL(page.url()).origin, wrong);
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      await bodyOf(tab, id);
      await tab.mouse.click(60, 60);
      expect(new URL(tab.url()).pathname).toBe(`/api/mails/${id}/body`);
    }
    await tab.close();
  };
  await Promise.all(Array.from({ length: TABS }, look));
  expect(wrong).toEqual([]);

  // In its frame: as wide as its place, below the menu, whatever the mail says about its position.
  const fixed = bodies.findIndex((body) => body.includes("position:fixed"));
  await page.goto(`/inbox/${ids[fixed]}`);
  const frame = page.locator("iframe");
  await frame.scrollIntoViewIfNeeded();
  await expect(frame.contentFrame().getByText("before")).toBeVisible();
  const [main, box] = [await page.locator("main").boundingBox(), await frame.boundingBox()];
  expect(box && main && box.x >= main.x && box.x + box.width <= main.x + main.width).toBe(true);
  expect(wrong).toEqual([]);
});

/** Notes in `wrong` whatever a page says or asks for by itself. */
function watch(page: Page, ours: string, wrong: string[]): void {
  page.on("dialog", (dialog) => {
    wrong.push(`${page.url()} says ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const own = request.url().startsWith(ours) && request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (!own && !request.url().startsWith("data:")) wrong.push(`${page.url()} asks for ${request.url()}`);
  });
}

/** Runs in the page of the Inbox. @returns the ids of the mails. */
async function deliver({ bodies, role }: { bodies: string[]; role: string }): Promise<string[]> {
  const ids: string[] = [];
  for (const [number, body] of bodies.entries()) {
    const head = `From: evil@evil.example\r\nSubject: Backup ${number}\r\nMessage-ID: <hostile-${number}@evil.example>`;
    const answer = await fetch("/api/mails/upload", {
      method: "POST",
      headers: { "x-acting-role": role, "x-file-name": "hostile.eml" },
      body: `${head}\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${body}\r\n`,
    });
    ids.push(((await answer.json()) as { id?: string }).id ?? "");
  }
  return ids;
}

/** Opens the document of a mail itself, outside of its frame, as soon as it was read. */
async function bodyOf(page: Page, id: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await page.goto(`/api/mails/${id}/body`);
    if ((await page.locator("body").textContent())?.includes("before")) return;
    await page.waitForTimeout(200);
  }
  throw new Error(`The mail ${id} was not read.`);
}
