// The linter: type-aware rules, no import cycles, and the layers of docs/ARCHITECTURE.md.
import { defineConfig, type OxlintOverride } from "oxlint";

/** What plans an export takes, what runs it takes, and what knows who asks. */
const PLANNING = ["lib", "config", "catalog", "cells", "query", "template", "plan"];
const EXPORTING = [...PLANNING, "sources", "formats", "archive", "attachments", "engine"];
const ASKING = ["control", "identity", "access", "orgs"];

/** Each folder of src with the folders that it may import from, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  config: ["lib"],
  attachments: ["lib", "cells"],
  catalog: ["lib", "config"],
  cells: ["lib", "catalog"],
  query: ["lib", "catalog", "cells"],
  template: ["lib", "config", "catalog", "cells", "query"],
  plan: ["lib", "catalog", "cells", "query", "template"],
  sources: ["lib", "catalog", "cells", "query", "plan"],
  formats: ["lib", "catalog", "cells"],
  archive: ["lib", "catalog", "cells", "query", "plan"],
  vault: ["lib"],
  sandbox: ["lib"],
  engine: ["lib", "catalog", "cells", "query", "plan", "sources", "formats", "archive", "attachments"],
  init: ["lib", "config", "catalog", "cells", "query", "plan", "sources", "formats", "engine"],
  control: ["lib", "config", "catalog", "query", "plan"],
  identity: ["lib", "config", "plan", "control"],
  access: ["lib", "config", "catalog", "cells", "query", "plan", "control", "identity"],
  orgs: ["lib", "config", "catalog", "cells", "query", "plan", "sources", "attachments"],
  runner: [...EXPORTING, "vault", "orgs"],
  service: [...EXPORTING, ...ASKING],
  http: [...PLANNING, "sources", "formats", "engine", ...ASKING, "service"],
  start: ["lib", "config", "vault", ...ASKING, "service", "http"],
  cli: [...EXPORTING, "vault", "init", ...ASKING, "start"],
};

/** Folders whose subfolders can be swapped, so that they may not know each other. `sql` is shared by the SQL sources. */
const SWAPPABLE: Readonly<Record<string, readonly string[]>> = {
  sources: ["files", "mariadb", "postgres", "sqlite"],
  formats: ["csv", "tsv", "ndjson", "json", "json-rows", "xml", "xlsx", "ods", "parquet"],
};

/** A rule for some files of a folder: what lies outside of it, as far as it may not be imported, and more. */
function refusing(files: string, folder: string, more: readonly { regex: string; message: string }[]): OxlintOverride {
  const strangers = Object.keys(MAY_IMPORT).filter((it) => it !== folder && MAY_IMPORT[folder]?.includes(it) === false);
  const patterns = strangers.map((it) => ({
    regex: `^(?:\\.\\./)+${it}/`,
    message: `${folder} may not import ${it}: see docs/ARCHITECTURE.md.`,
  }));
  return { files: [files], rules: { "no-restricted-imports": ["error", { patterns: [...more, ...patterns] }] } };
}

const layers = Object.keys(MAY_IMPORT).map((folder) => refusing(`src/${folder}/**/*.ts`, folder, []));

const siblings = Object.entries(SWAPPABLE).flatMap(([folder, names]) =>
  names.map((name) => {
    const others = names.filter((it) => it !== name);
    const message = (it: string): string => `${name} may not import its sibling ${it}.`;
    const patterns = others.map((it) => ({ regex: `^\\.\\./${it}/`, message: message(it) }));
    return refusing(`src/${folder}/${name}/**/*.ts`, folder, patterns);
  }),
);

export default defineConfig({
  plugins: ["typescript", "import", "promise", "unicorn", "oxc", "vitest"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  options: { typeAware: true },
  env: { node: true, es2024: true },
  ignorePatterns: ["dist", "node_modules", "demo/out"],
  rules: {
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "off",
    // Narrowing by hand stands at the edges only: the wire, JSON that was checked before, what drivers leave untyped.
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/no-misused-spread": "off",
    // The compiler checks it, and knows exhaustive switches.
    "typescript/consistent-return": "off",
    "consistent-return": "off",
    "oxc/no-map-spread": "off",
    "unicorn/consistent-function-scoping": "off",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": "off",
    "typescript/consistent-type-imports": "error",
    "no-console": "error",
    eqeqeq: "error",
    // `_id` is what the contract calls ids; the others are zod's.
    "no-underscore-dangle": ["error", { allow: ["_id", "_zod", "_map"] }],
    // Streams are read in order, one bounded batch in flight.
    "no-await-in-loop": "off",
  },
  overrides: [
    ...layers,
    ...siblings,
    { files: ["*.config.ts"], rules: { "import/no-default-export": "off" } },
    {
      files: ["**/*.test.ts", "test/**"],
      rules: {
        // Cases of a table may ask for different things.
        "vitest/no-conditional-expect": "off",
        // The second says which case it was.
        "vitest/valid-expect": ["error", { maxArgs: 2 }],
        "vitest/expect-expect": [
          "error",
          { assertFunctionNames: ["expect*", "fails", "refused", "fuzz", "consistent"] },
        ],
      },
    },
    { files: ["bench/**", "demo/**", "scripts/**"], rules: { "no-console": "off" } },
  ],
});
