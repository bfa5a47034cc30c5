import { CircleUser } from "lucide-react";
import Link from "next/link";
import { Menu } from "@/components/ui/menu";
import type { AccountMenuContent } from "./menu-types";

/** Who is signed in, with links about oneself and the way out. */
export function AccountMenu({ username, items, signOut }: AccountMenuContent) {
  return (
    <Menu
      aria-label={`Account menu: ${username}`}
      icon={<CircleUser aria-hidden />}
      className="max-md:px-1.5 max-md:[&>svg:last-child]:hidden"
      label={<span className="max-w-40 truncate max-md:sr-only">{username}</span>}
    >
      <p className="truncate border-line border-b px-3 py-2 text-muted text-sm">
        Signed in as <strong className="text-ink">{username}</strong>
      </p>
      {items.map((item) => (
        <Link key={item.href} href={item.href} prefetch={false}>
          {item.label}
        </Link>
      ))}
      {signOut}
    </Menu>
  );
}
