// All that an address must not change: the document, and where its links and forms lead.
() => ({
  html: document.documentElement.outerHTML,
  links: [...document.links].filter((a) => !a.getAttribute("href").startsWith("#")).map((a) => a.href),
  actions: [...document.forms].map((form) => form.action),
  hit: window.hit ?? null,
})
