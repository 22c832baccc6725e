// `waybill org`: the organisations.
import { Command } from "commander";
import { columns } from "./columns.ts";
import { configuration, type ControlOptions, withControl, withOpenControl } from "./control-options.ts";

export function orgCommand(): Command {
  const org = new Command("org").description("the organisations");
  withControl(org.command("list"))
    .description("list the organisations, with how many belong to them")
    .option("--json", "one JSON object a line")
    .action(listOrgs);
  return org;
}

async function listOrgs(options: ControlOptions & { readonly json?: true }): Promise<void> {
  const config = await configuration(options);
  const { countMembers } = await import("../control/people.ts");
  const counts = await withOpenControl(options, ({ db }) => countMembers(db));
  const codes = new Set([...(config?.orgs.keys() ?? []), ...counts.map(({ org }) => org)]);
  const rows = [...codes].toSorted().map((code) => {
    const { members = 0, administrators = 0 } = counts.find(({ org }) => org === code) ?? {};
    return { org: code, configured: config?.orgs.has(code) ?? false, members, administrators };
  });
  if (options.json === true) process.stdout.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  else if (rows.length === 0)
    process.stdout.write("There are no organisations. waybill init writes a configuration.\n");
  else process.stdout.write(columns(["Organisation", "Configured", "Members", "Administrators"], rows.map(cells)));
}

function cells(row: { org: string; configured: boolean; members: number; administrators: number }): readonly string[] {
  return [row.org, row.configured ? "yes" : "no", String(row.members), String(row.administrators)];
}
