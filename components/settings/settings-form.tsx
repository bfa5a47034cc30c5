"use client";
import { ActionForm } from "@/components/form/action-form";
import { FormSelect, FormText } from "@/components/form/form-fields";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import { updateSettings } from "@/lib/settings/actions";
import type { Settings } from "@/lib/settings/queries";
import { liveLabels, liveModes } from "@/lib/settings/rules";
import { RunSettings } from "./run-settings";

export function SettingsForm({ settings, timeZones }: { settings: Settings; timeZones: string[] }) {
  return (
    <ActionForm action={updateSettings} hidden={{ version: settings.version }} className="grid max-w-3xl gap-4">
      <Card title="Account">
        <div className="grid gap-4 sm:grid-cols-2">
          <FormText
            label="Name"
            name="account_name"
            defaultValue={settings.accountName}
            hint="Shown in the navigation bar."
          />
          <FormSelect
            label="Time zone"
            name="time_zone"
            defaultValue={settings.timeZone}
            options={timeZones.map((zone) => ({ value: zone, label: zone }))}
            hint="Days and times are shown in it."
          />
          <FormSelect
            label="Open pages show news"
            name="live"
            defaultValue={settings.live}
            options={liveModes.map((mode) => ({ value: mode, label: liveLabels[mode] }))}
            hint="At once takes a connection per open page; some proxies allow few."
          />
        </div>
      </Card>
      <Card title="Signing in">
        <div className="grid gap-4 sm:grid-cols-2">
          <FormText
            label="Shortest password"
            name="password_minimum_length"
            inputMode="numeric"
            defaultValue={settings.passwordMinimumLength}
            hint="Characters, for passwords set from now on; 15 is recommended, 8 the least."
          />
          <FormText
            label="Failures until a pause"
            name="sign_in_failure_limit"
            inputMode="numeric"
            defaultValue={settings.signInFailureLimit}
            hint="Per account; ten times as many per address."
          />
          <FormText
            label="Pause"
            name="sign_in_wait_minutes"
            inputMode="numeric"
            defaultValue={settings.signInWaitMinutes}
            hint="Minutes. Owners are not kept out at addresses they used in the last 30 days."
          />
          <FormText
            label="Session ends after idle"
            name="session_idle_hours"
            inputMode="numeric"
            defaultValue={settings.sessionIdleHours}
            hint="Hours without a click; holds for open sessions too."
          />
          <FormText
            label="Session ends at the latest after"
            name="session_days"
            inputMode="numeric"
            defaultValue={settings.sessionDays}
            hint="Days since signing in."
          />
        </div>
      </Card>
      <RunSettings settings={settings} />
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </ActionForm>
  );
}
