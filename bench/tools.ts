// What the benchmarks need from Debian: installed when missing and possible, never skipped.
import { spawnSync } from "node:child_process";
import { MARIADBD } from "../test/setup/mariadb-server.ts";
import { type Command, python } from "./processes.ts";

/** Something needed, by the name of the Debian package that brings it: a command that only works where it is there. */
const NEEDED: Readonly<Record<string, Command>> = {
  "postgresql-client": program("psql"),
  sqlite3: program("sqlite3"),
  "mariadb-client": program("mariadb"),
  // The server lies where an administrator's path alone leads.
  "mariadb-server": { program: MARIADBD, args: ["--version"] },
  gzip: program("gzip"),
  unzip: program("unzip"),
  "p7zip-full": program("7z"),
  python3: python("--version"),
  "python3-psycopg2": python("-c", "import psycopg2"),
  "python3-xlsxwriter": python("-c", "import xlsxwriter"),
  "python3-odf": python("-c", "import odf"),
};

const INSTALLER = "apt-get";

/**
 * Makes sure that everything is there.
 * @throws Error that says what to install, where this process may not or cannot
 */
export function requireTools(): void {
  const packages = missing();
  if (packages.length === 0) return;
  const advice = `The benchmarks need ${packages.join(", ")}; install with: sudo apt-get install ${packages.join(" ")}`;
  if (process.getuid?.() !== 0) throw new Error(advice);
  console.log(`Installing ${packages.join(", ")} …`);
  if (!packageTool("install", "-y", "--no-install-recommends", ...packages)) {
    packageTool("update", "-qq");
    packageTool("install", "-y", "--no-install-recommends", ...packages);
  }
  if (missing().length > 0) throw new Error(advice);
}

/** How each program is asked for its version. */
const VERSION = {
  psql: ["--version"],
  [MARIADBD]: ["--version"],
  sqlite3: ["--version"],
  unzip: ["-v"],
  "7z": [],
} as const;

/** What a program says that its version is. */
export function versionOf(name: keyof typeof VERSION): string {
  return /\d+(?:\.\d+)+/.exec(outputOf({ program: name, args: VERSION[name] }))?.[0] ?? "unknown";
}

const PYTHON_VERSIONS = `
import platform
from importlib.metadata import version
print(f"Python {platform.python_version()}", *(f"{it} {version(it)}" for it in ("XlsxWriter", "odfpy", "psycopg2")), sep=", ")`;

/** The versions of Python and of its modules that are compared with. */
export function pythonVersions(): string {
  return outputOf(python("-c", PYTHON_VERSIONS)).trim();
}

function outputOf({ program: name, args }: Command): string {
  return spawnSync(name, args, { encoding: "utf8" }).stdout;
}

/** A command that succeeds wherever the program is. */
function program(name: string): Command {
  return { program: "sh", args: ["-c", `command -v ${name}`] };
}

function missing(): string[] {
  return Object.keys(NEEDED).filter((it) => {
    const { program: its, args } = NEEDED[it]!;
    return spawnSync(its, args, { stdio: "ignore" }).status !== 0;
  });
}

function packageTool(...args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(INSTALLER, args, { stdio: "ignore", env }).status === 0;
}
