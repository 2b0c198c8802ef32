// Everything that a page refers to, and what others may refer to on it.
() => {
  const attributes = (selector, name) => [...document.querySelectorAll(selector)].map((e) => e.getAttribute(name));
  return {
    targets: [...attributes("[href]", "href"), ...attributes("[src]", "src"), ...attributes("form", "action")],
    ids: attributes("[id]", "id"),
    icons: document.querySelectorAll("link[rel=icon]").length,
    wordless: [...document.querySelectorAll("a[href]")].filter((e) => !e.textContent.trim()).map((e) => e.outerHTML),
  };
}
