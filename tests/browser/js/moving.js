// What would move, fade or slide.
() => {
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  return [...document.querySelectorAll("*")]
    .filter((e) => lasts(getComputedStyle(e).transitionDuration) || lasts(getComputedStyle(e).animationDuration))
    .map((e) => e.getAttribute("class") ?? e.tagName);
}
