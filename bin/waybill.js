#!/usr/bin/env node
import("../src/cli/main.ts").then(({ main }) => main(process.argv.slice(2))).then((code) => { process.exitCode = code; });
