// Keeps the journeys on the page as they are on the server. The preview's client calls `funnelJourneys()` when it hears
// that something happened; who reads with a screen reader hears the last thing alone.
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
        // The preview was stopped; its client says so.
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

  window.funnelJourneys = refresh;
}
