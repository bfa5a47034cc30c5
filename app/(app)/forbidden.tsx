import { Refused } from "@/components/acting/refused";

export default function Forbidden() {
  return <Refused />;
}
