import { Page } from "@/components/page";
import { SettingsForm } from "@/components/settings/settings-form";
import { requirePage } from "@/lib/access/guard";
import { getSettings } from "@/lib/settings/queries";

export default async function SettingsPage() {
  const access = await requirePage("/settings");
  const settings = await getSettings();
  const timeZones = [...new Set(["UTC", settings.timeZone, ...Intl.supportedValuesOf("timeZone")])];
  return (
    <Page access={access} title="Settings">
      <SettingsForm settings={settings} timeZones={timeZones} />
    </Page>
  );
}
