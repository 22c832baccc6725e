// `waybill token`: API tokens of people, for programs.
import { Command } from "commander";
import { type ControlOptions, withControl } from "./control-options.ts";

export interface TokenCreateOptions extends ControlOptions {
  readonly user: string;
  readonly org?: string;
  readonly scope: string;
  readonly expires?: string;
  readonly address?: readonly string[];
}

export interface TokenListOptions extends ControlOptions {
  readonly org?: string;
  readonly user?: string;
  readonly json?: true;
}

const ORG = "the organisation (else the only one of the configuration)";

export function tokenCommand(): Command {
  const token = new Command("token").description("API tokens, by which programs do what a person may do");
  withControl(token.command("create"))
    .description("make a token, and print it once")
    .argument("<name>", "what it is for")
    .requiredOption("--user <email>", "the member whose rights it has")
    .option("--org <code>", ORG)
    .option("--scope <scopes>", "what it may be used for: query, read, export, templates, admin", "read,export")
    .option("--expires <duration>", "how long it works, as P90D (else for ever)")
    .option(
      "--address <network>",
      "an address or network that it may be used from, as 192.0.2.0/24; may be repeated",
      collect,
    )
    .action(async (name: string, options: TokenCreateOptions) => {
      await (await import("./token-actions.ts")).createToken(name, options);
    });
  withControl(token.command("list"))
    .description("list tokens; what they are cannot be shown again")
    .option("--org <code>", ORG)
    .option("--user <email>", "those of one person")
    .option("--json", "one JSON object a line")
    .action(async (options: TokenListOptions) => {
      await (await import("./token-actions.ts")).listTokens(options);
    });
  withControl(token.command("revoke"))
    .description("end a token at once")
    .argument("<id>", "its id, as waybill token list shows it")
    .option("--org <code>", ORG)
    .action(async (id: string, options: TokenListOptions) => {
      await (await import("./token-actions.ts")).revokeToken(id, options);
    });
  return token;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
