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

/** Each holds a word of success, and none says that this backup ended well. */
const doubtful = [
  "Backup finished with problems",
  "Backup completed with issues",
  "Sicherung mit Problemen abgeschlossen",
  "Sicherung unvollständig abgeschlossen",
  "Sauvegarde incomplète terminée",
  "Backup completato con problemi",
  "Back-up voltooid met problemen",
  "Copia completada con incidencias",
  "The backup ended unexpectedly. Click OK to continue.",
  "Backup interrupted. OK",
  "Backup job stopped. Completed: 12 files",
  "Backup completed. 3 files were not backed up.",
  "Backup completed, the target disk is full",
  "Backup finished. Host unreachable",
  "Backup abgeschlossen, Lesefehler auf dem Band",
  "Backup beendet: Speicherplatz voll",
  "finished, rc=1",
  "Exit code: 23. rsync finished",
  "The task completed with the result 0x8007045d",
  "75% completed",
  "Success rate: 40%",
  "3 of 5 machines backed up successfully",
  "Backup completed successfully\nTotal files: 0 of 1200",
  "Backup completed\nMachines: 0/12",
  "3/5 completed",
  "0/12 successful",
  "Success: false",
  "Erfolgreich: Nein",
  "Completed: no",
  "Last successful backup: 12 days ago",
  "Letzte erfolgreiche Sicherung: 12.09.2026",
  "Dernière sauvegarde réussie : 12/09/2026",
  "Previous backup completed. This one is running.",
  "The backup will be completed tonight",
  "You will be notified once the backup completed",
  "If the backup was successful you will get another mail",
  "Is the backup successful?",
  "Success - maybe",
  "Job A: success\nJob B: did not run",
  "Job A: success\nJob B: offline",
  "Job A: success\nJob B: never run",
  "Säkerhetskopieringen misslyckades. OK",
  "Kopia zapasowa nie powiodła się. OK",
  "Cópia de segurança falhou. OK",
  "Varmuuskopiointi epäonnistui. OK",
  "Zálohování selhalo. OK",
  "Резервное копирование завершилось с ошибкой. OK",
  "バックアップに失敗しました OK",
  "备份失败 OK",
  "Yedekleme başarısız OK",
  "The backup job completed, however 3 items need your help",
  "Job result: OK, but the destination is nearly used up",
  "Backup status: successful. Verification status: not verified.",
  "Sicherung wurde vorzeitig beendet",
  "No backups found. Scan completed",
  "Keine Sicherung gefunden. Prüfung abgeschlossen",
  "Status: OK (stale)",
  "Job delayed; check completed",
  "Ended: OK=3 NOK=1",
  "✓ disk C\n✗ disk D",
  "Backup finished at 22:00 without success",
];
const clear = [
  "Backup completed. No problems were found. 100% complete",
  "Backup successful. If you have any problems or questions, call us.",
  "Bei Problemen rufen Sie uns an. Sicherung erfolgreich.",
  "5 of 5 machines backed up successfully",
  "Backup completed successfully\nFailed files: 0 of 1200",
  "Backup completed successfully\nFiles: 0 of 1200 failed",
  "Backup completed successfully\nChanged files: 0 of 1200",
  "Backup completed successfully\nNetwork: 10.0.0.0/24, started: 0/1/2026",
  "Result: Success\nLast successful backup: today",
  "Last backup status: Success",
  "Success rate: 100%",
  "Success, exit code: 0",
  "Full backup OK. Pending: 0, problems: 0",
  "Erros: 0. Backup OK",
  "Disk full backup successful",
  "Backup OK\n\nThis e-mail is confidential. It may not be copied, but it was not scanned, and is not secure.",
  "Backup erfolgreich\n\nDiese E-Mail ist vertraulich. Das unerlaubte Kopieren ist nicht gestattet.",
];

describe("the words of a result", () => {
  test.each(doubtful)("do not make a success of: %s", (text) => expect(classify(text).status).not.toBe("success"));

  test.each(clear)("make a success of: %s", (text) => expect(classify(text).status).toBe("success"));

  test("a doubt in the body outweighs a success in the subject, and is named", () => {
    expect(classify("Backup OK", "Hello,\nthe disk is full.\n")).toEqual({
      status: "unknown",
      text: "the disk is full.",
    });
  });

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
    ["Backup SRV1", ["Backup SRV1 OK", "Backup SRV1 failed", "Backup SRV1 completed"]],
    ["Backup NAS-2", ["Backup NAS-2 OK", "Backup NAS-2: 3 errors", "[2 warnings] Backup NAS-2"]],
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
    "Backup job Daily has not started",
    "Backup job wurde nicht gestartet",
    "Monthly backup report on NAS: FAILED",
    "Backup FAILED: update available for the agent",
  ])("but this one is a result: %s", (subject) => expect(isNoResult(subject)).toBe(false));
});
