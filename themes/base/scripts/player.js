// A video's player takes the place of its still after a click, and nothing of it is loaded before. Without this
// script the still is a link to the video.
addEventListener("click", (event) => {
  const still = event.target.closest("a[data-player]");
  if (!still || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.className = "still";
  frame.title = still.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.src = still.dataset.player;
  still.replaceWith(frame);
  frame.focus();
});
