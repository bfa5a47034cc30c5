import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { AccessProvider } from "@/components/acting/access-context";
import { ActingProvider } from "@/components/acting/acting-context";
import { RoleSelector } from "@/components/acting/role-selector";
import { SignOut } from "@/components/acting/sign-out";
import { StayInStep } from "@/components/acting/stay-in-step";
import { BottomMenu } from "@/components/navigation/bottom-menu";
import { NavBar } from "@/components/navigation/nav-bar";
import { PreviewBanner } from "@/components/previews/preview-banner";
import { ToastProvider } from "@/components/ui/toast";
import { actingKey, type Grant } from "@/lib/access/can";
import { currentAccess } from "@/lib/access/session";
import { waitingMails } from "@/lib/mails/waiting";
import { type ShownGroup, withBadges } from "@/lib/menus/rules";
import { menusFor } from "@/lib/menus/stored";

/** Guards stand in the pages: a layout is not rendered again when one goes from page to page. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const access = await currentAccess();
  if (!access) redirect("/login");
  const [menus, mails] = await Promise.all([menusFor(access), waitingMails(access)]);
  const badged = (menu: ShownGroup[]) => withBadges(menu, { "/inbox": mails });
  const shown = ({ id, name, rights }: Grant) => ({ id, name, rights: [...rights] });
  const roles = access.roles.map(shown);
  const preview = access.grants[1]?.map(shown)[0] ?? null;
  return (
    <ActingProvider actingKey={actingKey(access)}>
      <AccessProvider roles={roles} activeIds={access.active.map(({ id }) => id)} preview={preview}>
        <ToastProvider>
          <StayInStep />
          {preview && <PreviewBanner roleName={preview.name} />}
          <NavBar
            productName={access.account.name}
            homeHref="/dashboard"
            menus={{ main: badged(menus.main), header: badged(menus.header), bottom: badged(menus.bottom) }}
            roleSelector={
              <RoleSelector roles={roles} activeId={access.active[0]?.id ?? ""} previewName={preview?.name} />
            }
            accountMenu={{
              username: access.username,
              items: [{ href: "/account", label: "My Account" }],
              signOut: <SignOut />,
            }}
          />
          <main id="content" tabIndex={-1} className="mx-auto grid w-full max-w-[100rem] gap-4 px-4 py-4 md:px-6">
            {children}
          </main>
          <BottomMenu menu={badged(menus.bottom)} />
        </ToastProvider>
      </AccessProvider>
    </ActingProvider>
  );
}
