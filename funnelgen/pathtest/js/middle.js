// Where the middle of an element is, if there is one, and how high the page is, in CSS pixels.
(element) => {
  const box = element?.getBoundingClientRect();
  return {
    middle: box ? box.top + scrollY + Math.min(box.height, innerHeight) / 2 : null,
    height: Math.max(document.documentElement.scrollHeight, innerHeight),
  };
}
