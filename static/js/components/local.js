/** Leave for the page that stores every tap on the phone, unless that page could not start here. */
export function local(element) {
  try {
    if (location.search === "?plain=1") sessionStorage.setItem("plain", "1");
    if (window.indexedDB && !sessionStorage.getItem("plain")) location.replace(element.dataset.url);
  } catch {
    // a browser that keeps nothing stays on the plain pages
  }
}
