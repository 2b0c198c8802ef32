// In a specimen: tells the page around it how high it is. Around it: gives each specimen that height.
if (parent === window) {
  addEventListener("message", ({ source, data }) => {
    if (typeof data?.height !== "number") return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === source) frame.style.setProperty("--h", `${Math.ceil(data.height)}px`);
    }
  });
} else {
  const tell = () => parent.postMessage({ height: document.body.offsetHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
  // A browser that saves its strength does not watch frames out of sight, but it does load them.
  tell();
  addEventListener("load", tell);
}
