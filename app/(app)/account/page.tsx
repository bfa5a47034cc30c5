import { ChangePasswordForm } from "@/components/account/change-password-form";
import { OwnRoles } from "@/components/account/own-roles";
import { ProfileForm } from "@/components/account/profile-form";
import { SessionList } from "@/components/account/session-list";
import { Page } from "@/components/page";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { requirePage } from "@/lib/access/guard";
import { getProfile, listOwnSessions } from "@/lib/account/queries";

export default async function AccountPage() {
  const access = await requirePage("/account");
  const { passwordMinimumLength, timeZone } = access.account;
  const changePassword = (
    <Card title="Change password">
      <ChangePasswordForm
        username={access.username}
        hint={`At least ${passwordMinimumLength} characters; a few words in a row are fine.`}
      />
    </Card>
  );
  if (access.mustChangePassword) {
    return (
      <Page access={access} title="My Account">
        <div className="grid max-w-xl gap-4">
          <Alert tone="warning" title="Choose a new password.">
            Somebody else knows the present one. Everything else opens once you have chosen your own.
          </Alert>
          {changePassword}
        </div>
      </Page>
    );
  }
  const [profile, sessions] = await Promise.all([getProfile(), listOwnSessions()]);
  return (
    <Page access={access} title="My Account" description={`You are signed in as ${access.username}.`}>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="Details">
          <ProfileForm profile={profile} />
        </Card>
        {changePassword}
      </div>
      <Card title="Sessions">
        <SessionList sessions={sessions} timeZone={timeZone} />
      </Card>
      <Card title="Roles">
        <OwnRoles access={access} />
      </Card>
    </Page>
  );
}
