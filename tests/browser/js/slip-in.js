// Slips a script and a style into the page, as an attacker would who found a hole.
() => {
  const script = document.createElement("script");
  script.textContent = "window.hit = 1";
  const style = document.createElement("style");
  style.textContent = "body { color: rgb(1, 2, 3) }";
  document.body.append(script, style);
  return { hit: window.hit ?? null, colour: getComputedStyle(document.body).color };
}
