// The programs from Debian that the benchmarks compare with: installed when missing and possible, never skipped.
import { spawnSync } from "node:child_process";

/** Programs, each with the Debian package that brings it. */
const PACKAGES: Readonly<Record<string, string>> = {
  psql: "postgresql-client",
  sqlite3: "sqlite3",
  gzip: "gzip",
  unzip: "unzip",
};

const INSTALLER = "apt-get";

/**
 * Makes sure that every program is there.
 * @throws Error that says what to install, where this process may not or cannot
 */
export function requireTools(): void {
  const packages = missing().map((program) => PACKAGES[program]!);
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

/** What a program says that its version is. */
export function versionOf(program: "psql" | "sqlite3"): string {
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? "unknown";
}

function missing(): string[] {
  return Object.keys(PACKAGES).filter(
    (program) => spawnSync(program, ["--help"], { stdio: "ignore" }).error !== undefined,
  );
}

function packageTool(...args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(INSTALLER, args, { stdio: "ignore", env }).status === 0;
}
