import { NothingHere } from "@/components/nothing-here";

export default function NotFound() {
  return (
    <main id="content" className="mx-auto grid max-w-2xl gap-4 p-6">
      <NothingHere />
    </main>
  );
}
