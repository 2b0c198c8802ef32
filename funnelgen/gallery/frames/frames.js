// In the style guide and the gallery: loads a frame when it comes near the screen, since browsers are lazy only with
// pages that a server sends, and gives it the height that it asks for. In a specimen: asks for that height.
if (parent === window) {
  addEventListener("message", ({ source, data }) => {
    if (typeof data?.height !== "number") return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === source) frame.style.setProperty("--h", `${Math.ceil(data.height)}px`);
    }
  });
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        target.src = target.dataset.src;
      }
    },
    { rootMargin: "1000px" },
  );
  for (const frame of document.querySelectorAll("iframe[data-src]")) near.observe(frame);
} else {
  const tell = () => parent.postMessage({ height: document.body.offsetHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
  // A browser that saves its strength does not watch frames out of sight, but it does load them.
  tell();
  addEventListener("load", tell);
}
