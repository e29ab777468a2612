import assert from "node:assert/strict";
import { test } from "node:test";
import { statusOf } from "../../static/js/page/status.js";

const QUIET = { trouble: "", signin: false, sending: 0, unsent: 0, refused: [] };
const said = (report, isSaving = false) => statusOf({ ...QUIET, ...report }, isSaving)[1];

test("all is sent only when nothing waits and nothing was refused", () => {
  assert.equal(said({}), "全部已上传");
  assert.equal(said({ unsent: 3 }), "已存本机 · 3 项待传");
  assert.equal(said({ refused: [{}] }), "1 项没收下");
});

test("trouble with storing is said before everything else", () => {
  assert.equal(said({ trouble: "手机空间不足", unsent: 3, sending: 1, signin: true }, true), "⚠ 存储失败");
});

test("what is not yet stored is not called stored", () => {
  assert.equal(said({ unsent: 3 }, true), "正在存…");
});

test("an expired session says where the record is", () => {
  assert.equal(said({ signin: true, unsent: 3 }), "需重新登录，记录都在本机");
});
