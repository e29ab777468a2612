// Builds a page of the Enketo form engine round an XForm: node enketo.mjs FORM.xml FOLDER (run where node_modules is).
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { bundle, theme } from "./enketo_parts.mjs";

const require = createRequire(resolve("package.json"));
const puppeteer = require("puppeteer-core");

const ENGINE = `
import { Form } from "enketo-core";
const model = JSON.parse(document.getElementById("model").textContent);
const errors = new Form(document.querySelector("form.or"), { modelStr: model }, {}).init();
if (errors.length) console.error(errors.join("\\n"));
document.body.classList.add("ready");`;
const TRANSFORMER = `
import { transform } from "enketo-transformer/web";
window.transformed = (xform) => transform({ xform }).then(({ form, model }) => ({ form, model }));`;

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
await writeFile(`${folder}/engine.css`, theme());
await writeFile(`${folder}/index.html`, `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Enketo</title><link rel="icon" href="data:,"><link rel="stylesheet" href="engine.css"><script defer src="engine.js"></script></head>
<body><div class="main"><article class="paper">${form}</article></div>
<script type="application/json" id="model">${quoted}</script></body></html>
`);
