import { previewImport } from "@/lib/customers/preview";
import { personDoor } from "@/lib/door";

export const POST = personDoor("customers.manage", "customer.import", previewImport);
