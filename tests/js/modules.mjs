// Says that the page's scripts are ES modules; node cannot tell by itself, for no package.json stands beside them.
import * as modules from "node:module";

function load(url, context, next) {
  return next(url, /\/static\/.*\.js$/.test(url) ? { ...context, format: "module" } : context);
}

if (modules.registerHooks) modules.registerHooks({ load });
else modules.register(`data:text/javascript,${encodeURIComponent(`export ${load}`)}`);
