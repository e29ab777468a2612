// Audits pages as Lighthouse's phone: node lighthouse.mjs '[{"address": …, "cookies": […]}]' RUNS (run where node_modules is).
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve("package.json"));
const { default: lighthouse } = await import(pathToFileURL(require.resolve("lighthouse")));
const puppeteer = require("puppeteer-core");

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const middle = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function audit(browser, { address, cookies }, runs) {
  const page = await browser.newPage();
  await page.setCookie(...cookies.map(({ name, value }) => ({ name, value, url: address })));
  const results = [];
  for (let run = 0; run < runs; run += 1) {
    const options = { port: Number(new URL(browser.wsEndpoint()).port), onlyCategories: CATEGORIES, logLevel: "error" };
    results.push((await lighthouse(address, options)).lhr);
  }
  await page.close();
  const score = (name) => Math.round(100 * middle(results.map((one) => one.categories[name].score)));
  const failed = Object.values(results[0].audits).filter(({ score: got, scoreDisplayMode }) => got === 0 && scoreDisplayMode === "binary");
  const lcp = Math.round(middle(results.map((one) => one.audits["largest-contentful-paint"].numericValue)));
  const where = (details) => ((details && details.items) || []).map(({ node }) => (node ? node.selector : "")).join(", ");
  return { scores: CATEGORIES.map(score), lcp, failed: failed.map(({ id, details }) => `${id} ${where(details)}`.trim()) };
}

const browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const answers = [];
for (const target of JSON.parse(process.argv[2])) answers.push(await audit(browser, target, Number(process.argv[3])));
await browser.close();
console.log(JSON.stringify(answers));
