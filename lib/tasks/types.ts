/** Work that is done again and again in the background, by one node at a time. */
export type Task = {
  /** As in `/api/cron/<name>` and in the table `tasks`: kebab-case. */
  name: string;
  /** How often it is due, in seconds. */
  everySeconds: number;
  /** Does what is due now and returns. `signal` is aborted when the process stops or another node took the task over. */
  run: (signal: AbortSignal) => Promise<void>;
};
