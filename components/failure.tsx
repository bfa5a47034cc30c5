"use client";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

const RETRY_MS = 10_000;

/** Something failed on the server, often a database that is away for a moment: tries again by itself. */
export function Failure({ digest }: { digest?: string }) {
  useEffect(() => {
    const timer = setTimeout(() => window.location.reload(), RETRY_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    <>
      <title>This page could not be shown</title>
      <PageHeader title="This page could not be shown" />
      <EmptyState
        title="Nothing was changed."
        action={<Button onClick={() => window.location.reload()}>Try again now</Button>}
      >
        It is tried again every 10 seconds.{digest && ` If it stays, tell your administrator this number: ${digest}`}
      </EmptyState>
    </>
  );
}
