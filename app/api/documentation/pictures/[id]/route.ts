import { pictureBytes } from "@/lib/documentation/pictures";
import { personDoor, problem } from "@/lib/door";

export const dynamic = "force-dynamic";

export const GET = personDoor<{ id: string }>(
  "signed-in",
  "documentation.picture",
  async (_access, _request, { id }) => {
    const bytes = pictureBytes(id);
    if (!bytes) return problem(404, "There is no such picture.");
    return new Response(bytes, {
      headers: { "Content-Type": "image/png", "Cache-Control": "private, max-age=31536000, immutable" },
    });
  },
);
