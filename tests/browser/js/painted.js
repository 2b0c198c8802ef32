// True once words are on the screen.
() => new Promise((tell) => {
  const seen = (entries) => entries.some((entry) => entry.name === "first-contentful-paint") && setTimeout(tell, 200, true);
  new PerformanceObserver((list) => seen(list.getEntries())).observe({ type: "paint", buffered: true });
});
