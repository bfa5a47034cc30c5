"use client";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { Imported } from "@/lib/users/import/apply";

type Props = { made: Imported; onClose: () => void };

/** The passwords of users just imported, on screen until it is left. */
export function NewPasswords({ made, onClose }: Props) {
  return (
    <div className="mb-4">
      <Alert tone="success" title="New users and their passwords. They are not shown again.">
        <div className="my-2 max-h-64 overflow-auto">
          <table className="text-sm">
            <caption className="sr-only">New passwords</caption>
            <tbody>
              {made.passwords.map(({ username, password }) => (
                <tr key={username}>
                  <th scope="row" className="pr-6 text-left font-medium">
                    {username}
                  </th>
                  <td>
                    <code>{password}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className="flex flex-wrap gap-2">
          <CopyButton text={made.passwords.map(({ username, password }) => `${username}\t${password}`).join("\n")} />
          <Button size="sm" onClick={() => save(made.csv, "new-users.csv")}>
            Download CSV
          </Button>
          <Button size="sm" onClick={onClose}>
            Hide
          </Button>
        </div>
      </Alert>
    </div>
  );
}

function save(text: string, name: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  URL.revokeObjectURL(href);
}
