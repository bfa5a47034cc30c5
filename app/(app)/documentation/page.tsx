import { redirect } from "next/navigation";
import { Contents } from "@/components/documentation/contents";
import { Results } from "@/components/documentation/results";
import { Page } from "@/components/page";
import { SearchForm } from "@/components/ui/search-form";
import { requirePage } from "@/lib/access/guard";
import { pageAbout } from "@/lib/documentation/help";
import { manual } from "@/lib/documentation/manual";
import { searchManual } from "@/lib/documentation/search";
import { readListQuery, type SearchParams } from "@/lib/list";

export default async function DocumentationPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/documentation");
  const { about, search } = await searchParams;
  const helpful = typeof about === "string" && pageAbout(manual(), about);
  if (helpful) redirect(`/documentation/${helpful.slug}`);
  const query = readListQuery({ q: search }, ["relevance"]).search;
  return (
    <Page access={access} title="Documentation" description="How BackupChecks works, and how to work with it.">
      <SearchForm action="/documentation" label="Search the manual" name="search" defaultValue={query} />
      {query ? <Results search={query} found={searchManual(manual(), query)} /> : <Contents manual={manual()} />}
    </Page>
  );
}
