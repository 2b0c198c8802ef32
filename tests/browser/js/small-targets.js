// Buttons, fields and other large targets that are lower than 44 px.
() =>
  [...document.querySelectorAll(".btn, .decline, summary, input:not([type=checkbox]), button, .bump")]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44)
    .map((e) => `${e.textContent.trim() || e.tagName}: ${e.getBoundingClientRect().height} px`)
