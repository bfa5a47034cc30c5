import { describe, expect, test } from "vitest";
import { jobNameOf } from "@/lib/mail/parse/job-names";
import { isNoResult } from "@/lib/mail/parse/not-results";
import { classify } from "@/lib/mail/parse/statuses";
import type { RunStatus } from "@/lib/statuses";

const said: [RunStatus, string][] = [
  ["success", "Backup completed successfully"],
  ["success", "Sicherung erfolgreich abgeschlossen"],
  ["success", "Sauvegarde terminée avec succès"],
  ["success", "Backup riuscito"],
  ["success", "Back-up voltooid"],
  ["success", "Copia de seguridad completada con éxito"],
  ["success", "✅ nightly"],
  ["success", "no errors occurred"],
  ["success", "Errors: 0"],
  ["success", "0 errors, 0 warnings"],
  ["success", "Ohne Fehler beendet"],
  ["success", "nessun errore"],
  ["success", "No errors, completed"],
  ["success", "Succeeded: 3, failed: 0, warnings: 0"],
  ["success", "Succeeded devices: 3, failed devices: 0"],
  ["success", "3 successful, 0 VMs failed"],
  ["success", "Fehlerfrei"],
  ["success", "Backup OK. If you received this message in error, please delete it."],

  ["warning", "Backup completed with warnings"],
  ["warning", "Errors: 0, Warnings: 4"],
  ["warning", "The job completed successfully.  However, the following conditions were encountered:"],
  ["warning", "Job Completed with Exceptions"],
  ["warning", "Mit Warnungen abgeschlossen"],
  ["warning", "Back-up voltooid met 2 waarschuwingen"],
  ["warning", "OK (3 files skipped)"],
  ["warning", "Retry OK"],
  ["warning", "⚠ backup"],
  ["warning", "sauvegarde partielle"],

  ["failed", "Backup failed"],
  ["failed", "not successful"],
  ["failed", "Backup was not completed successfully"],
  ["failed", "unsuccessful"],
  ["failed", "nicht erfolgreich"],
  ["failed", "non riuscito"],
  ["failed", "Sauvegarde non réussie"],
  ["failed", "niet geslaagd"],
  ["failed", "sin éxito"],
  ["failed", "10 errors"],
  ["failed", "Errors: 10"],
  ["failed", "100 errors"],
  ["failed", "error 0x80070005"],
  ["failed", "not enough space, error"],
  ["failed", "no connection: failed"],
  ["failed", "Finished with errors"],
  ["failed", "mit Fehlern beendet"],
  ["failed", "An error occurred.\nRetry OK"],
  ["failed", "Completed successfully: 3\nFailed: 1"],
  ["failed", "Failed 03:00"],
  ["failed", "ha fallado"],
  ["failed", "Il backup non è stato effettuato"],
  ["failed", "❌ ok"],
  ["failed", "The backup was aborted; 5 files OK"],

  ["unknown", "Failure count: 0"],
  ["unknown", "0 failed"],
  ["unknown", "Success: 0"],
  ["unknown", "has not failed"],
  ["unknown", "Contact us if there are any errors"],
  ["unknown", "Failover cluster, Errormeier and the successor"],
  ["unknown", "Backup of till 4"],
  ["unknown", "If you have received this e-mail in error, delete it"],
  ["unknown", ""],
];

describe("the words of a result", () => {
  test.each(said)("mean %s: %s", (status, text) => expect(classify(text).status).toBe(status));

  test("the worst of subject and body counts", () => {
    expect(classify("Backup OK", "1 warning").status).toBe("warning");
    expect(classify("Backup OK", "Error: disk full").status).toBe("failed");
  });

  test("the line that decided is named", () => {
    expect(classify("first line\nError: disk full\nlast line").text).toBe("Error: disk full");
  });
});

describe("the name of a job stays the same from night to night", () => {
  const nights: [string, string[]][] = [
    [
      "Bareos: Backup of srv1-fd Full",
      [
        "Bareos: Backup OK of srv1-fd Full",
        "Bareos: Backup OK -- with warnings of srv1-fd Full",
        "Bareos: Backup Error of srv1-fd Full",
      ],
    ],
    [
      "Backup Mail",
      [
        "[OK] Backup Mail",
        "[FAILED] Backup Mail",
        "Fwd: [Warning] Backup Mail (2 warnings)",
        "Backup Mail has failed",
        "Backup Mail completed with warnings",
      ],
    ],
    ["keller: Backup", ["keller: Backup erfolgreich beendet.", "keller: Backup nicht erfolgreich !!!."]],
    [
      "ERP dump",
      [
        "ERP dump 2026-10-05 22:00 succeeded",
        "ERP dump 06.10.2026 22:01:13 - failed",
        "✅ ERP dump | 10/7/2026 10:00 PM",
      ],
    ],
  ];
  test.each(nights)("%s", (name, subjects) => {
    for (const subject of subjects) expect(jobNameOf(subject)).toBe(name);
  });
});

describe("mails that are no result", () => {
  test.each([
    "Test message from NAS-01",
    "Backup job started",
    "Backup job Nightly started successfully",
    "Started Sync job: Dropbox",
    "New software packages available (pve-7)",
    "Replication Job: 100-0 failed",
    "License expires in 5 days",
    "DAILY STATUS REPORT ON May 19, 2026 (Error: 0, Warning: 1)",
    "Cloud VMs (3 instances): [Daily SLA for the period May 2026 is Success]",
  ])("%s", (subject) => expect(isNoResult(subject)).toBe(true));

  test.each([
    "Backup Test-Server failed",
    "Backup of start-up disk OK",
    "Backup job could not be started",
    "Backup LICENSE-SRV failed",
    "Backup of the test message server successful",
    "License key server: backup completed",
    "License expired, backup failed",
    "Test message store: backup failed",
  ])("but this one is a result: %s", (subject) => expect(isNoResult(subject)).toBe(false));
});
