// The structure of a page, as those meet it who do not see it.
() => {
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const drawings = [...document.querySelectorAll("svg")];
  const pictures = [...document.querySelectorAll("img")];
  const fields = [...document.querySelectorAll("input:not([type=hidden])")];
  return {
    levels: headings.map((e) => Number(e.tagName[1])),
    lang: document.documentElement.lang,
    title: document.title,
    mains: document.querySelectorAll("main").length,
    nameless: [
      ...headings.filter((e) => !e.textContent.trim()),
      ...pictures.filter((e) => e.getAttribute("alt") === null),
      ...drawings.filter((e) => e.getAttribute("aria-hidden") !== "true" && !e.getAttribute("aria-label")),
      ...fields.filter((e) => !e.labels.length),
    ].map((e) => e.outerHTML),
  };
}
