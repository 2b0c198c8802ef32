// Every picture: which file came, how many pixels wide that is, and how wide it is shown, what a frame cuts off included.
() =>
  [...document.images].map((image) => {
    const box = image.getBoundingClientRect();
    const file = image.currentSrc.match(/-(\d+)\.\w+\.\w+$/);
    const ratio = image.getAttribute("width") / image.getAttribute("height");
    return { address: image.currentSrc, has: Number(file[1]), shows: Math.max(box.width, box.height * ratio) };
  })
