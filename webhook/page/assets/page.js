// Keeps a page up to date: a stream says that something has changed, the page is fetched
// once more, and the parts that differ are put in. It sends forms in the same way. Without
// it, everything is there as well, as of when the page was opened.
"use strict";
(() => {
  const body = document.body;
  const skew = Date.parse(body.dataset.now) - Date.now();
  const live = document.getElementById("live");
  const news = document.getElementById("news");
  const parts = (doc) => doc.querySelectorAll("[data-part]");
  const pad = (n) => String(n).padStart(2, "0");

  const span = (s) => {
    const d = Math.floor(s / 86400), h = Math.floor(s / 3600) % 24, m = Math.floor(s / 60) % 60;
    if (d > 0) return `${d} d ${h} h`;
    return h > 0 ? `${h} h ${pad(m)} min` : `${m} min ${pad(Math.floor(s) % 60)} s`;
  };
  const tick = () => {
    for (const e of document.querySelectorAll("[data-since]")) {
      const s = Math.max(0, (Date.now() + skew - Date.parse(e.dataset.since)) / 1000);
      if (e.localName === "progress") e.value = s;
      else if (e.textContent !== span(s)) e.textContent = span(s);
    }
  };

  // What a part says apart from running clocks, to see whether it has changed.
  const said = (part) => {
    const copy = part.cloneNode(true);
    for (const e of copy.querySelectorAll("[data-since]")) {
      e.textContent = "";
      e.removeAttribute("value");
    }
    return copy.outerHTML;
  };
  const seen = new Map([...parts(document)].map((p) => [p.id, said(p)]));
  const name = (e) => e.id || e.getAttribute("href") || e.getAttribute("name") || e.getAttribute("aria-label");

  const swap = (doc) => {
    for (const fresh of parts(doc)) {
      const old = document.getElementById(fresh.id);
      if (!old || seen.get(fresh.id) === said(fresh)) continue;
      const focus = old.contains(document.activeElement) ? name(document.activeElement) : null;
      const open = new Set([...old.querySelectorAll("details[open]")].map((d) => d.id));
      const chosen = new Map([...old.querySelectorAll("select, input[type=text]")].map((e) => [e.id, e.value]));
      seen.set(fresh.id, said(fresh));
      old.replaceWith(document.adoptNode(fresh));
      for (const d of fresh.querySelectorAll("details")) d.open = d.open || open.has(d.id);
      for (const e of fresh.querySelectorAll("select, input[type=text]")) {
        const was = chosen.get(e.id);
        const there = e.localName !== "select" || [...e.options].some((o) => o.value === was);
        if (was !== undefined && there) e.value = was;
      }
      if (focus) [...fresh.querySelectorAll("a, button, select, input, summary, [tabindex]")].find((e) => name(e) === focus)?.focus({ preventScroll: true });
    }
    document.title = doc.title;
    const before = body.dataset.news;
    Object.assign(body.dataset, { version: doc.body.dataset.version, news: doc.body.dataset.news });
    if (news && before !== body.dataset.news) news.textContent = body.dataset.news;
    tick();
  };
  const take = async (answer) => {
    if (answer.status === 404 || answer.status === 401) return location.reload();
    if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
  };
  const refresh = () => fetch(location.href, { cache: "no-store" }).then(take).catch(() => {});

  const say = (on) => {
    body.classList.toggle("is-live", on);
    live.textContent = on ? live.dataset.on : live.dataset.off;
  };
  const listen = () => {
    const stream = new EventSource(body.dataset.events);
    stream.onopen = () => say(true);
    stream.onmessage = (e) => { if (e.data !== body.dataset.version) refresh(); };
    stream.onerror = () => {
      say(false);
      if (stream.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      setTimeout(() => { refresh(); listen(); }, 15000);
    };
    addEventListener("pagehide", () => stream.close(), { once: true });
  };

  document.addEventListener("submit", (e) => {
    if (!e.target.matches("form[data-quiet]")) return;
    e.preventDefault();
    const fields = new URLSearchParams(new FormData(e.target, e.submitter));
    fetch(e.target.getAttribute("action"), { method: "POST", body: fields }).then(take).catch(() => {});
    if (e.submitter?.hasAttribute("data-clear")) e.target.reset();
  });
  document.addEventListener("change", (e) => {
    if (e.target.matches("[data-submit]")) e.target.form.requestSubmit();
  });
  addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
  setInterval(tick, 1000);
  tick();
  listen();
})();
