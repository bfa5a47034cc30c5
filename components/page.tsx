import type { ReactNode } from "react";
import { ActingProvider } from "@/components/acting/acting-context";
import { StayInStep } from "@/components/acting/stay-in-step";
import { PageHeader } from "@/components/ui/page-header";
import { type Access, actingKey } from "@/lib/access/can";

type Props = { access: Access; title: string; description?: ReactNode; actions?: ReactNode; children: ReactNode };

/** The frame of every signed-in page: its heading, and the role it was rendered in for the forms inside. */
export function Page({ access, title, description, actions, children }: Props) {
  const key = actingKey(access);
  return (
    <>
      <StayInStep of={key} />
      <ActingProvider actingKey={key}>
        <title>{`${title} · ${access.account.name}`}</title>
        <PageHeader title={title} description={description} actions={actions} />
        {children}
      </ActingProvider>
    </>
  );
}
