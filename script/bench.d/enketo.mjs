// Builds a page of the Enketo form engine round an XForm: node enketo.mjs FORM.xml FOLDER (run where node_modules is).
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve("package.json"));
const { build } = require("esbuild");
const puppeteer = require("puppeteer-core");
const sass = require("sass");

const ENGINE = `
import { Form } from "enketo-core";
const model = JSON.parse(document.getElementById("model").textContent);
const errors = new Form(document.querySelector("form.or"), { modelStr: model }, {}).init();
if (errors.length) console.error(errors.join("\\n"));
document.body.classList.add("ready");`;
const TRANSFORMER = `
import { transform } from "enketo-transformer/web";
window.transformed = (xform) => transform({ xform }).then(({ form, model }) => ({ form, model }));`;
const THEME = resolve("node_modules/enketo-core/src/sass/formhub/formhub.scss");

const bundle = async (contents) => {
  const options = { bundle: true, external: ["libxslt"], minify: true, format: "iife", target: "es2020", write: false, logLevel: "error" };
  const made = await build({ ...options, stdin: { contents, resolveDir: resolve(".") } });
  return made.outputFiles[0].text;
};

// The theme names its date picker's sheet by a path of Enketo's own repository.
const importers = [{
  findFileUrl: (url) =>
    url.startsWith("/packages/enketo-core/node_modules/") ? pathToFileURL(resolve(url.replace("/packages/enketo-core/", ""))) : null,
}];

async function transformed(xform) {
  const browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    await page.evaluate(await bundle(TRANSFORMER));
    return await page.evaluate((text) => window.transformed(text), xform);
  } finally {
    await browser.close();
  }
}

const [source, folder] = process.argv.slice(2);
const { form, model } = await transformed(await readFile(source, "utf8"));
const quoted = JSON.stringify(model).replaceAll("<", "\\u003c");
await writeFile(`${folder}/engine.js`, await bundle(ENGINE));
await writeFile(`${folder}/engine.css`, sass.compile(THEME, { style: "compressed", importers, logger: sass.Logger.silent }).css);
await writeFile(`${folder}/index.html`, `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Enketo</title><link rel="icon" href="data:,"><link rel="stylesheet" href="engine.css"><script defer src="engine.js"></script></head>
<body><div class="main"><article class="paper">${form}</article></div>
<script type="application/json" id="model">${quoted}</script></body></html>
`);
