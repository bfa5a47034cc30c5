import { FilterSelect } from "@/components/ui/search-form";

type Props = { groups: { id: string; name: string }[]; group: string | undefined };

export function GroupFilter({ groups, group }: Props) {
  const options = [
    { value: "", label: "Every group" },
    ...groups.map(({ id, name }) => ({ value: id, label: name })),
    { value: "none", label: "Without a group" },
  ];
  return <FilterSelect label="Group" name="group" defaultValue={group} options={options} />;
}
