// How the web app is built: into dist/web, with its files compressed beside them for the server.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const OUT = join(import.meta.dirname, "../dist/web");

export default defineConfig({
  root: import.meta.dirname,
  // Files are named from where they are, so that the app works below any path.
  base: "./",
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2023",
    // Since these, browsers know light-dark() by themselves; what stands in for it before them needs a `color-scheme` in each file.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    // What is inlined as data would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What most pages share is one file; test/web/first-load.test.ts has the limit.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        // Few files compress better than many small ones.
        codeSplitting: {
          groups: [{ name: "parts", minShareCount: 6, priority: 1, test: isOfMostPages }],
        },
      },
    },
  },
  plugins: [react(), withoutFonts(), themeFirst(), compressed()],
});

/** What the modes of GraphiQL's editor share is for its page alone. */
function isOfMostPages(id: string): boolean {
  return !/node_modules\/.*(?:graphi?ql|codemirror|vscode)/.test(id);
}

/** GraphiQL brings fonts as data in its style sheet, which policy forbids; it is shown in ours. */
function withoutFonts(): Plugin {
  return {
    name: "without-fonts",
    enforce: "pre",
    transform: (code, id) =>
      /graphiql.*\.css(?:$|\?)/.test(id) ? code.replaceAll(/@font-face\s*\{[^}]*\}/g, "") : undefined,
  };
}

/** Has the theme chosen before anything is drawn: scripts of the page itself wait for the rest, and policy forbids those within it. */
function themeFirst(): Plugin {
  const fileName = "theme-first.js";
  let reference = "";
  return {
    name: "theme-first",
    apply: "build",
    buildStart() {
      const source = readFileSync(join(import.meta.dirname, fileName), "utf8");
      reference = this.emitFile({ type: "asset", name: fileName, source });
    },
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const its = Object.values(bundle ?? {}).find((it) => it.type === "asset" && it.names.includes(fileName));
        if (its === undefined) throw new Error(`${fileName} (${reference}) was not built`);
        return [{ tag: "script", attrs: { src: `./${its.fileName}` }, injectTo: "head-prepend" }];
      },
    },
  };
}

/** Writes `.br` and `.gz` beside what is worth it. */
function compressed(): Plugin {
  return {
    name: "compressed",
    closeBundle() {
      const assets = join(OUT, "assets");
      for (const name of readdirSync(assets).filter((it) => /\.(?:css|js|svg)$/.test(it))) {
        const bytes = readFileSync(join(assets, name));
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes));
        writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
