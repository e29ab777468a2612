import { boot } from "./page/boot.js";

boot();
