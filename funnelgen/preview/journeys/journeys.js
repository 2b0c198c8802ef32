// Keeps the journeys on the page as they are on the server: brought up to date with all that is heard.
// Who reads with a screen reader hears the last thing that happened, and no more.
{
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

  listen(`/_funnel/events?page=${encodeURIComponent(location.pathname)}`, { heard: refresh, ask: refresh, every: 3000 });
}
