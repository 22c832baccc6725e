// The linter: type-aware rules, no import cycles, and the layers of docs/ARCHITECTURE.md.
import { defineConfig, type OxlintOverride } from "oxlint";

/** What exports are planned by; what they are made by; and whoever asks for them. */
const CORE = ["lib", "config", "catalog", "cells", "query", "template", "plan"];
const DATA = [...CORE, "sources", "formats", "archive", "attachments", "vault", "engine"];
const PEOPLE = ["control", "identity", "access", "orgs"];

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
  mail: ["lib"],
  texts: ["lib"],
  notify: ["lib", "mail"],
  identity: ["lib", "config", "mail", "plan", "control"],
  access: ["lib", "config", "catalog", "cells", "query", "plan", "control", "identity"],
  orgs: ["lib", "config", "catalog", "cells", "query", "plan", "sources", "attachments"],
  queue: ["lib", "control"],
  runner: [...DATA, "orgs"],
  service: [...DATA, "sandbox", "mail", "queue", ...PEOPLE],
  exports: [...DATA, "sandbox", "mail", "texts", "notify", "queue", "runner", "service", ...PEOPLE],
  http: [...CORE, "sources", "formats", "engine", "mail", "service", ...PEOPLE],
  start: ["lib", "config", "vault", "mail", "queue", "runner", "exports", "service", "http", ...PEOPLE],
  cli: [...DATA, "init", "service", "exports", "start", ...PEOPLE],
};

/** Folders whose subfolders can be swapped, so that they may not know each other. `sql` is shared by the SQL sources. */
const SWAPPABLE: Readonly<Record<string, readonly string[]>> = {
  sources: ["files", "mariadb", "postgres", "sqlite"],
  formats: ["csv", "tsv", "ndjson", "json", "json-rows", "xml", "xlsx", "ods", "parquet"],
};

const layers: OxlintOverride[] = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: Object.keys(MAY_IMPORT)
          .filter((other) => other !== folder && !allowed.includes(other))
          .map((other) => ({
            regex: `^(?:\\.\\./)+${other}/`,
            message: `${folder} may not import ${other}: see docs/ARCHITECTURE.md.`,
          })),
      },
    ],
  },
}));

const siblings: OxlintOverride[] = Object.entries(SWAPPABLE).flatMap(([folder, names]) =>
  names.map((name) => ({
    files: [`src/${folder}/${name}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            ...names
              .filter((other) => other !== name)
              .map((other) => ({
                regex: `^\\.\\./${other}/`,
                message: `${name} may not import its sibling ${other}.`,
              })),
            ...Object.keys(MAY_IMPORT)
              .filter((other) => other !== folder && MAY_IMPORT[folder]?.includes(other) === false)
              .map((other) => ({ regex: `^(?:\\.\\./)+${other}/`, message: `${folder} may not import ${other}.` })),
          ],
        },
      ],
    },
  })),
);

export default defineConfig({
  plugins: ["typescript", "import", "promise", "unicorn", "oxc", "vitest"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  options: { typeAware: true },
  env: { node: true, es2024: true },
  ignorePatterns: ["dist", "node_modules", "demo/out", "web/src/api/generated.ts"],
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
    {
      files: ["web/**"],
      plugins: ["typescript", "import", "promise", "unicorn", "oxc", "react", "jsx-a11y"],
      env: { browser: true, es2024: true },
      rules: {
        // The compiler makes JSX what it is.
        "react/react-in-jsx-scope": "off",
        // Styles.
        "import/no-unassigned-import": ["error", { allow: ["**/*.css", "dayjs/locale/*"] }],
        // A page is small enough to be drawn anew.
        "react-perf/jsx-no-new-function-as-prop": "off",
        "react/exhaustive-deps": "error",
        // Columns of tables say how their cells are drawn, by functions that are called, and are no components.
        "react/no-unstable-nested-components": ["error", { allowAsProps: true }],
        // What a dialog asks for is where one types.
        "jsx-a11y/no-autofocus": "off",
        // Mantine's parts decide on their tags.
        "jsx-a11y/prefer-tag-over-role": "off",
        "import/no-named-as-default-member": "off",
      },
    },
    { files: ["*.config.ts", "web/*.config.ts"], rules: { "import/no-default-export": "off" } },
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
