// The records of an object type: filtered, searched, sorted, selected, exported.
import { useParams } from "react-router";
import { useOrg } from "../../frame/org.ts";
import { Answer } from "../../parts/answer.tsx";
import { useObjectType } from "../../parts/fields/use-path-fields.ts";
import { RecordsOfType } from "./list/records-of-type.tsx";

export function Page() {
  const { org } = useOrg();
  const { name = "" } = useParams();
  const found = useObjectType(org, name);
  // Nothing of what was selected or opened goes over to another object type.
  return <Answer of={found}>{(type) => <RecordsOfType key={`${org} ${name}`} type={type} />}</Answer>;
}
