import { expect, test } from "vitest";
import { isMeant, newRecipient } from "@/lib/sources/recipient";
import { checkSender } from "@/lib/sources/sender-check";

const message = (...fields: string[]): Buffer =>
  Buffer.from([...fields, "From: Backup <root@pve1.acme.example>", "Subject: Backup OK", "", "fine", ""].join("\r\n"));
const trusting = { authServId: "mx.desk.example", recipient: null };
const own = (results: string) => `Authentication-Results: mx.desk.example; ${results}`;

test("nothing asked for, nothing checked", () => {
  expect(checkSender(message(), { authServId: "", recipient: null })).toBe("unchecked");
});

test.each([
  ["DMARC of the sender", [own("dmarc=pass (p=REJECT) header.from=pve1.acme.example")], "passed"],
  ["DKIM of the sender's own domain", [own("spf=none; dkim=pass header.d=pve1.acme.example header.s=a")], "passed"],
  ["DKIM of the domain above", [own("dkim=pass header.i=@acme.example")], "passed"],
  [
    "spaces, capitals, folding and a version",
    ["Authentication-Results: MX.desk.EXAMPLE 1;\r\n dkim = PASS\r\n header.d = Acme.Example"],
    "passed",
  ],
  ["no result at all", [], "failed"],
  ["DKIM failed", [own("dkim=fail header.d=acme.example")], "failed"],
  ["DKIM of somebody else", [own("dkim=pass header.d=evil.example")], "failed"],
  ["DKIM of a domain that only ends alike", [own("dkim=pass header.d=notacme.example")], "failed"],
  [
    "DKIM of a domain below, which a shared domain gives to anybody",
    [own("dkim=pass header.d=evil.pve1.acme.example")],
    "failed",
  ],
  ["DKIM of a top-level domain", [own("dkim=pass header.d=example")], "failed"],
  ["DMARC of another sender", [own("dmarc=pass header.from=evil.example")], "failed"],
  ["SPF alone, which says nothing about From", [own("spf=pass smtp.mailfrom=root@pve1.acme.example")], "failed"],
  [
    "a pass in a comment",
    [own("dkim=fail (dkim=pass; dmarc=pass header.from=pve1.acme.example) header.d=acme.example")],
    "failed",
  ],
  ["a pass in quotes", [own('dkim=fail reason="x; dkim=pass header.d=acme.example"')], "failed"],
  ["a pass by another server", ["Authentication-Results: mx.evil.example; dkim=pass header.d=acme.example"], "failed"],
  [
    "a name that only begins alike",
    ["Authentication-Results: mx.desk.example.evil.example; dkim=pass header.d=acme.example"],
    "failed",
  ],
  ["a forged one below the own", [own("dkim=none"), own("dkim=pass header.d=acme.example")], "failed"],
  [
    "a foreign one on top is passed over",
    ["Authentication-Results: list.example; dkim=fail", own("dkim=pass header.d=acme.example")],
    "passed",
  ],
  ["a second sender", [own("dkim=pass header.d=acme.example"), "From: boss@acme.example"], "failed"],
])("%s", (_name, fields, expected) => {
  expect(checkSender(message(...fields), trusting)).toBe(expected);
});

test("several senders in one field are nobody", () => {
  const mail = Buffer.from(
    `${own("dkim=pass header.d=evil.example")}\r\nFrom: a@evil.example, root@acme.example\r\n\r\nx`,
  );
  expect(checkSender(mail, trusting)).toBe("failed");
});

test("Exchange Online writes no name: the topmost field without one counts", () => {
  const trust = { authServId: "-", recipient: null };
  const results =
    "spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=acme.example; dkim=pass (signature was verified)\r\n header.d=acme.example;dmarc=pass action=none header.from=pve1.acme.example;compauth=pass reason=100";
  expect(checkSender(message(`Authentication-Results: ${results}`), trust)).toBe("passed");
  expect(
    checkSender(message("Authentication-Results: spf=none; dkim=none", `Authentication-Results: ${results}`), trust),
  ).toBe("failed");
  expect(checkSender(message(own("dkim=pass header.d=acme.example")), trust)).toBe("failed");
});

test("a secret in the recipient's address", () => {
  const secret = newRecipient();
  expect(secret).toMatch(/^[a-z2-7]{26}$/);
  expect(newRecipient()).not.toBe(secret);
  const trust = { authServId: "", recipient: secret };
  expect(checkSender(message(`Delivered-To: backup+${secret}@desk.example`), trust)).toBe("passed");
  expect(checkSender(message(`To: Desk <b@desk.example>, <BACKUP+${secret.toUpperCase()}@desk.example>`), trust)).toBe(
    "passed",
  );
  expect(checkSender(message(`X-Original-To: ${secret}@desk.example`), trust)).toBe("passed");
  for (const wrong of [
    `Subject: ${secret}@desk.example`,
    `To: x${secret}@desk.example`,
    `To: ${secret}`,
    "To: backup@desk.example",
    `To: a+${secret}x@desk.example`,
  ])
    expect(checkSender(message(wrong), trust), wrong).toBe("failed");
  expect(isMeant("@desk.example", "")).toBe(false);
});

test("of two conditions both must hold", () => {
  const trust = { authServId: "mx.desk.example", recipient: "s3cret" };
  const good = own("dkim=pass header.d=acme.example");
  expect(checkSender(message(good, "To: s3cret@desk.example"), trust)).toBe("passed");
  expect(checkSender(message(good, "To: desk@desk.example"), trust)).toBe("failed");
  expect(checkSender(message(own("dkim=fail"), "To: s3cret@desk.example"), trust)).toBe("failed");
});

test("bytes that are no message fail, and hostile fields end quickly", () => {
  expect(checkSender(Buffer.alloc(100), trusting)).toBe("failed");
  const nested = message(own("(".repeat(50_000)), `To: ${"a@b,".repeat(50_000)}`);
  const startedAt = performance.now();
  expect(checkSender(nested, { authServId: "mx.desk.example", recipient: "s" })).toBe("failed");
  expect(performance.now() - startedAt).toBeLessThan(500);
});
