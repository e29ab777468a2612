/** Return the first element, or null. */
export const find = (selector, root = document) => root.querySelector(selector);

/** Return all elements, as an array. */
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Return a new copy of what stands in a <template>. */
export const clone = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

/** Return a new element with these properties. */
export const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

/** Show or hide an element. */
export function show(element, isShown) {
  element.hidden = !isShown;
}

/** Set an element's text, without touching the page when it stands there already. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Keep a parent's children in step with items; draw(item, old element or undefined) returns the element. */
export function fillList(parent, items, draw, key) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, at) => {
    const name = String(key(item));
    const element = draw(item, old.get(name));
    element.dataset.key = name;
    if (parent.children[at] !== element) parent.insertBefore(element, parent.children[at] || null);
  });
  while (parent.children.length > items.length) parent.lastElementChild.remove();
}

/** Make or renew a line of a list: words, small words, what its button does (none: no button) and says. */
export function fillRow(old, text, sub = "", action = null, word = "修改") {
  const element = old || clone("row");
  const button = find("button", element);
  say(find("span", element), text);
  say(find(".sub", element), sub);
  show(find(".sub", element), sub);
  show(button, action);
  button.firstChild.data = word;
  say(find(".sr", button), `：${text}`);
  button.onclick = action;
  return element;
}
