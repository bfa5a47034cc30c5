import type { Product } from "./types";

/** What the products write when something is wrong with one object of a job. */
export const messages: Record<Product, { warning: readonly string[]; failed: readonly string[] }> = {
  veeam: {
    warning: [
      "Unable to truncate Microsoft SQL Server transaction logs. Details: Failed to logon user.",
      "VMware Tools are outdated, application-aware processing may be incomplete.",
      "Backup repository is low on free disk space: 8 % left.",
      "Changed block tracking cannot be enabled: one or more snapshots are present.",
      "Guest file system indexing was skipped: the guest is not reachable over the network.",
    ],
    failed: [
      "Error: Failed to create a production checkpoint. The virtual machine is locked by another operation.",
      "Error: The network path was not found. Failed to open the repository share.",
      "Error: There is not enough space on the disk. Failed to write data to the backup file.",
      "Error: Cannot connect to the host's administrative share. Access is denied.",
      "Error: The remote procedure call failed and did not execute.",
    ],
  },
  agent: {
    warning: [
      "One or more files were skipped because they were in use by another process.",
      "Backup location is low on free disk space.",
      "The computer went to sleep while the job was running; the backup was resumed.",
    ],
    failed: [
      "Error: The target drive is not connected.",
      "Error: Failed to create a volume shadow copy. The writer experienced a transient error.",
      "Error: Unable to reach the backup server. The connection timed out.",
    ],
  },
  vzdump: {
    warning: [],
    failed: [
      "unable to create temporary directory: No space left on device",
      "VM is locked (snapshot-delete)",
      "storage 'backup-nfs' is not online",
      "job failed with err -5 - Input/output error",
    ],
  },
  duplicati: {
    warning: [
      "2 files could not be read: Access to the path is denied.",
      "The source path /srv/exchange does not exist and was skipped.",
    ],
    failed: [
      "The remote name could not be resolved: storage.example",
      "Found 3 files that are missing from the remote storage, please run repair.",
      "No space left on the target.",
    ],
  },
};

/** What everything at a customer says while its storage or line is down. */
export const outageMessages: Record<Product, string> = {
  veeam: "Error: Failed to connect to the backup repository. The network path was not found.",
  agent: "Error: Unable to reach the backup server. The connection timed out.",
  vzdump: "storage 'backup-nfs' is not online",
  duplicati: "The remote name could not be resolved: storage.example",
};
