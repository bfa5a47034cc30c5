import { databaseAnswers } from "@/lib/health";

export const dynamic = "force-dynamic";

/** For load balancers and `npm start`: 200 while this process and its database answer, else 503. Tells nothing else. */
export async function GET(): Promise<Response> {
  const database = await databaseAnswers();
  const body = { status: database ? "ok" : "unavailable", process: "ok", database: database ? "ok" : "unavailable" };
  return Response.json(body, { status: database ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
