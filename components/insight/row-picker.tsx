"use client";
import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { FindField } from "@/components/form/find-field";
import { Button } from "@/components/ui/button";
import { type Asked, hrefOfAsked } from "@/lib/insight/asked";
import type { FoundRow } from "@/lib/insight/rows";

type Props = { userId: string; asked: Asked; kind: string; chosen: string };

/** Chooses the row that is asked about, among those that who asks covers. */
export function RowPicker({ userId, asked, kind, chosen }: Props) {
  const router = useRouter();
  const choose = (element: string) => router.push(hrefOfAsked(userId, { ...asked, element }), { scroll: false });
  return (
    <div className="grid gap-2">
      <FindField<FoundRow>
        label={`One of the ${kind}`}
        name="element_search"
        hint="Leave it empty to ask about the right as such."
        placeholder={`Type a name among the ${kind}`}
        address={`/api/insight/rows?${new URLSearchParams({ right: asked.right ?? "" })}`}
        none={`No ${kind} match "%", as far as your role covers them.`}
        onChoose={({ id }) => choose(id)}
      >
        {({ name, detail }) => (
          <>
            {name} {detail && <span className="text-muted">{detail}</span>}
          </>
        )}
      </FindField>
      {asked.element && (
        <p className="flex min-w-0 items-center gap-1">
          <span className="min-w-0 break-words font-medium">{chosen || "Unknown"}</span>
          <Button
            variant="ghost"
            size="sm"
            icon={<X aria-hidden />}
            aria-label={`Do not ask about ${chosen || "this one"}`}
            onClick={() => choose("")}
          />
        </p>
      )}
    </div>
  );
}
