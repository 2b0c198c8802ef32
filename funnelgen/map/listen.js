/**
 * Hear of news while the page is looked at: a browser has six connections to one host, and more tabs than that.
 * `heard` gets each piece of news. Where enough others listen already, `ask` is called now and every so many milliseconds
 * instead. `opened` and `lost` are told of the connection, which is made anew until it holds.
 */
function listen(address, { heard, ask, every, opened = () => {}, lost = () => {} }) {
  let [stream, asking] = [null, 0];
  const stop = () => (stream?.close(), clearInterval(asking), (stream = null), (asking = 0));
  const begin = () => {
    if (stream || asking || document.hidden) return;
    stream = new EventSource(address);
    stream.onopen = opened;
    stream.onmessage = (event) => heard(JSON.parse(event.data));
    stream.addEventListener("ask", () => (stop(), (asking = setInterval(ask, every)), ask()));
    stream.onerror = () => {
      lost();
      if (stream?.readyState === EventSource.CLOSED) (stop(), setTimeout(begin, 1000)); // the answer was no stream
    };
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : begin()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => event.persisted && begin());
  begin();
}
