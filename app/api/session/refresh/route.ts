import { safeNext } from "@/lib/redirects";
import { renewHint } from "@/lib/sessions/renew";

/** The middleware's hint said no: read the truth, renew the hint, send the browser back; the page itself then answers. */
export async function GET(request: Request): Promise<Response> {
  const next = safeNext(new URL(request.url).searchParams.get("to"));
  const location = (await renewHint()) ? next : `/login?next=${encodeURIComponent(next)}`;
  return new Response(null, { status: 307, headers: { Location: location, "Cache-Control": "no-store" } });
}
