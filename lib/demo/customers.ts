import type { Random } from "./random";
import type { SampleCustomer } from "./types";

const DAY = 86_400_000;

const names = [
  "Alder & Finch Architects",
  "Amber Bay Logistics",
  "Bakery Lindqvist",
  "Birchwood Primary School",
  "Blue Heron Travel",
  "Brookside Veterinary Clinic",
  "Castellan Legal",
  "Cedar Hill Dental",
  "City Library Ostermark",
  "Copperfield Printing",
  "Dunmore Engineering",
  "Eastgate Property Management",
  "Elm Street Pharmacy",
  "Fairhaven Hotel",
  "Fenwick Brewing",
  "Granite Ridge Mining Supplies",
  "Greenleaf Garden Centre",
  "Halloran Accountants",
  "Harbour Physiotherapy",
  "Highfield Care Homes",
  "Ironbridge Steelworks",
  "Juniper Software",
  "Kestrel Aviation Services",
  "Kowalski Carpentry",
  "Larkspur Cosmetics",
  "Mapleton Town Council",
  "Meridian Insurance Brokers",
  "Moorland Dairy",
  "Northlight Photography",
  "Oakfield Solar",
  "Pemberton Wines",
  "Quayside Seafood",
  "Redwood Timber",
  "Saint Aldric Hospital",
  "Silverstone Opticians",
  "Tanaka Precision Tools",
  "Underhill Archives",
  "Vale Water Utility",
  "Willow & Rye Restaurants",
  "Zephyr Bicycle Works",
];

const groups = [
  ["Health care", /Clinic|Dental|Pharmacy|Physiotherapy|Care Homes|Hospital|Opticians/],
  ["Public sector", /School|Library|Council|Water Utility|Archives/],
] as const;

/** @returns forty customers, some of them in groups, each with a domain that cannot exist. */
export function makeCustomers(random: Random, now: Date): SampleCustomer[] {
  return names.map((name, index) => {
    const createdAt = new Date(now.getTime() - random.int(100, 700) * DAY);
    const slug = name
      .toLowerCase()
      .replace(/[^a-z]+/g, "-")
      .split("-")
      .slice(0, 2)
      .join("-");
    const group = groups.find(([, members]) => members.test(name))?.[0] ?? null;
    return { id: random.id(createdAt.getTime()), name, reference: `C-${10_010 + index * 7}`, slug, group, createdAt };
  });
}
