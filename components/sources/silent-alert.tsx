import { Alert } from "@/components/ui/alert";
import { formatMoment } from "@/lib/format";

type Silent = { id: string; name: string; silentSince: Date | null };

/** Says on top of the page which sources and keys have been silent for longer than usual. */
export function SilentAlert({ channels, timeZone }: { channels: Silent[]; timeZone: string }) {
  const silent = channels.filter(({ silentSince }) => silentSince !== null);
  if (silent.length === 0) return null;
  return (
    <Alert tone="warning" title="Silent for longer than usual">
      <ul>
        {silent.map(({ id, name, silentSince }) => (
          <li key={id}>
            {name}: nothing since {formatMoment(silentSince, timeZone)}
          </li>
        ))}
      </ul>
      <p>Runs that are missing meanwhile are only suspected to be missing.</p>
    </Alert>
  );
}
