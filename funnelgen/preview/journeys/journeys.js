// Keeps the journeys on the page as they are on the server: listens while the page is seen, and asks when it is told.
// Who reads with a screen reader hears the last thing that happened, and no more.
{
  const PATIENCE = 3000; // milliseconds until it asks again, where too many pages listen already
  let source;
  let timer;
  let asked = false;
  let asking = false;

  const refresh = async () => {
    asked = true;
    if (asking) return;
    asking = true;
    while (asked) {
      asked = false;
      try {
        const answer = await fetch(location, { cache: "no-store" });
        if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } catch {
        // The preview was stopped; what was seen until then stays to be read.
      }
    }
    asking = false;
  };

  const show = (fresh) => {
    for (const id of ["journeys", "last", "starts"]) {
      const here = document.getElementById(id);
      const there = fresh.getElementById(id);
      if (here && there && here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
    }
  };

  const rest = () => {
    source?.close();
    clearInterval(timer);
  };

  const listen = () => {
    rest();
    if (document.hidden) return;
    source = new EventSource(`/_funnel/events?page=${encodeURIComponent(location.pathname)}`);
    source.addEventListener("message", refresh);
    source.addEventListener("ask", () => {
      rest();
      timer = setInterval(refresh, PATIENCE);
    });
  };

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
}
