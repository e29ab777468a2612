// What both pages of the Enketo form engine are made of; run where node_modules is.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve("package.json"));
const { build } = require("esbuild");
const sass = require("sass");

const THEME = resolve("node_modules/enketo-core/src/sass/formhub/formhub.scss");

export const bundle = async (contents) => {
  const options = { bundle: true, external: ["libxslt"], minify: true, format: "iife", target: "es2020", write: false, logLevel: "error" };
  const made = await build({ ...options, stdin: { contents, resolveDir: resolve(".") } });
  return made.outputFiles[0].text;
};

// The theme names its date picker's sheet by a path of Enketo's own repository.
const importers = [{
  findFileUrl: (url) =>
    url.startsWith("/packages/enketo-core/node_modules/") ? pathToFileURL(resolve(url.replace("/packages/enketo-core/", ""))) : null,
}];

export const theme = () => sass.compile(THEME, { style: "compressed", importers, logger: sass.Logger.silent }).css;
