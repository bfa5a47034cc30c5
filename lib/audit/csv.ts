import { toCsv } from "../csv";
import type { AuditRow } from "./queries";

const json = (value: unknown): string => (value === null ? "" : JSON.stringify(value));

const columns: Record<string, (row: AuditRow) => string | null> = {
  at: (row) => row.at.toISOString(),
  actor: (row) => row.actor,
  role: (row) => row.role,
  action: (row) => row.action,
  target: (row) => row.target,
  outcome: (row) => row.outcome,
  reason: (row) => row.reason,
  address: (row) => row.address,
  before: (row) => json(row.before),
  after: (row) => json(row.after),
};

/** @returns the CSV as a stream that reads on only as fast as it is taken. */
export function auditCsv(parts: AsyncGenerator<AuditRow[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isFirst = true;
  return new ReadableStream({
    async pull(controller) {
      const { value = [], done } = await parts.next();
      if (!done || isFirst) controller.enqueue(encoder.encode(part(value, isFirst)));
      isFirst = false;
      if (done) controller.close();
    },
  });
}

/** The head stands before the first part only. */
function part(rows: AuditRow[], isFirst: boolean): string {
  const text = toCsv(rows, columns);
  return isFirst ? text : text.slice(text.indexOf("\r\n") + 2);
}
