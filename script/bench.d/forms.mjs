// Packs Enketo's transformer and engine for a page that opens any XForm: node forms.mjs FOLDER (run where node_modules is).
import { writeFile } from "node:fs/promises";
import { bundle, theme } from "./enketo_parts.mjs";

const ENGINE = `
import { Form } from "enketo-core";
import { transform } from "enketo-transformer/web";
window.openForm = async (xform) => {
  const { form, model } = await transform({ xform });
  document.querySelector("article").innerHTML = form;
  window.form = new Form(document.querySelector("form.or"), { modelStr: model }, {});
  return window.form.init();
};`;

const [folder] = process.argv.slice(2);
await writeFile(`${folder}/engine.js`, await bundle(ENGINE));
await writeFile(`${folder}/engine.css`, theme());
