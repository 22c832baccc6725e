// `waybill user`: who may sign in.
import { Command } from "commander";
import { type ControlOptions, withControl } from "./control-options.ts";

export interface UserAddOptions extends ControlOptions {
  readonly name?: string;
  readonly org?: string;
  readonly admin?: true;
  readonly passwordStdin?: true;
  readonly language?: string;
  readonly baseUrl?: string;
}

export function userCommand(): Command {
  const user = new Command("user").description("who may sign in");
  withControl(user.command("add"))
    .description("make an account, or make one that there is a member of an organisation")
    .argument("<email>", "the mail address that they sign in with")
    .option("--name <name>", "their name (else what stands before the @)")
    .option("--org <code>", "the organisation that they belong to (else the only one of the configuration)")
    .option("--admin", "make them an administrator of the organisation")
    .option("--password-stdin", "read their password from standard input, instead of printing a link to choose one")
    .option("--language <code>", "the language that they are written to in, as fr")
    .option("--base-url <url>", "where Waybill is, for the link (else WAYBILL_BASE_URL, or http://localhost:8080)")
    .action(async (email: string, options: UserAddOptions) => {
      await (await import("./user-actions.ts")).addUser(email, options);
    });
  withControl(user.command("list"))
    .description("list the accounts")
    .option("--json", "one JSON object a line")
    .action(async (options: ControlOptions & { json?: true }) => {
      await (await import("./user-actions.ts")).listUsers(options);
    });
  withControl(user.command("link"))
    .description("print a link by which somebody chooses a new password")
    .argument("<email>", "their mail address")
    .option("--base-url <url>", "where Waybill is (else WAYBILL_BASE_URL, or http://localhost:8080)")
    .action(async (email: string, options: UserAddOptions) => {
      await (await import("./user-actions.ts")).linkUser(email, options);
    });
  for (const [name, disabled, description] of [
    ["disable", true, "end somebody's sessions and tokens, and let them sign in no more"],
    ["enable", false, "let somebody sign in again"],
  ] as const) {
    withControl(user.command(name))
      .description(description)
      .argument("<email>", "their mail address")
      .action(async (email: string, options: ControlOptions) => {
        await (await import("./user-actions.ts")).disableUser(email, disabled, options);
      });
  }
  return user;
}
