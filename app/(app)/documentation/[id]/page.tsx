import { notFound } from "next/navigation";
import { Around, OnThisPage } from "@/components/documentation/aside";
import { Blocks } from "@/components/documentation/blocks";
import { Page } from "@/components/page";
import { ButtonLink } from "@/components/ui/button";
import { requirePage } from "@/lib/access/guard";
import { manual } from "@/lib/documentation/manual";

export default async function ManualPage({ params }: { params: Promise<{ id: string }> }) {
  const access = await requirePage("/documentation/[id]");
  const { id } = await params;
  const page = manual().find(({ slug }) => slug === id);
  if (!page) notFound();
  return (
    <Page
      access={access}
      title={page.title}
      description={page.summary}
      actions={<ButtonLink href="/documentation">Contents and search</ButtonLink>}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_16rem]">
        <div className="top-4 max-h-[calc(100dvh-2rem)] min-w-0 overflow-y-auto lg:sticky lg:order-2">
          <OnThisPage blocks={page.blocks} />
        </div>
        <article className="grid min-w-0 max-w-5xl grid-cols-[minmax(0,1fr)] gap-3 text-lg leading-relaxed">
          <Blocks blocks={page.blocks} />
          <Around manual={manual()} slug={page.slug} />
        </article>
      </div>
    </Page>
  );
}
