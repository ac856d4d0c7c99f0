// Progressive enhancement: every page works without this file.
(() => {
  "use strict";
  const one = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

  // Overview: one selection across table, timeline, map and card.
  function select(id, show) {
    const row = one(`#rows tr[data-id="${CSS.escape(id)}"]`);
    if (!row) return false;
    const states = (row.dataset.states || "").split(" ").filter(Boolean);
    for (const other of all("#rows tr[data-id]")) {
      const chosen = other === row;
      other.classList.toggle("on", chosen);
      if (chosen) other.setAttribute("aria-selected", "true"); else other.removeAttribute("aria-selected");
    }
    for (const bar of all("#timeline .bar")) bar.classList.toggle("on", bar.dataset.id === id);
    for (const state of all("#map .state")) state.classList.toggle("on", states.includes(state.dataset.state));
    if (show) card(row.dataset.card);
    return true;
  }

  async function card(address) {
    const box = one("#card");
    if (!box) return;
    try {
      const answer = await fetch(address.replace("/?", "/card?"), { credentials: "same-origin" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      box.replaceChildren(...page.body.childNodes);
      history.replaceState(history.state, "", address);
    } catch { location.assign(address); }
  }

  function kin(code) {
    for (const thing of all("#rows tr[data-id], #timeline .bar"))
      thing.classList.toggle("kin", Boolean(code) && (thing.dataset.states || "").split(" ").includes(code));
  }

  document.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    const bar = event.target.closest("#timeline .bar");
    if (bar && select(bar.dataset.id, true)) { event.preventDefault(); return; }
    const row = event.target.closest("#rows tr[data-id]");
    if (row && !event.target.closest("a")) select(row.dataset.id, true);
    if (!event.target.closest(".menu")) for (const open of all(".menu[open]")) open.removeAttribute("open");
  });
  for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]])
    document.addEventListener(type, (event) => {
      const state = event.target.closest?.("#map .state");
      if (state) kin(on ? state.dataset.state : "");
    });

  function move(step) {
    const rows = all("#rows tr[data-id]");
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.classList.contains("on"));
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    select(next.dataset.id, true);
    next.scrollIntoView({ block: "nearest" });
  }

  // Bars, columns and states: one stop of the tab key for each picture, arrow keys within.
  const pictures = [[".histogram svg", "a"], ["#timeline", ".bar"], ["#map", ".state"]];
  function stops(root = document) {
    for (const [picture, things] of pictures)
      for (const box of all(picture, root)) {
        const list = all(things, box);
        const first = list.find((thing) => thing.classList.contains("on")) || (things === "a" ? list.at(-1) : list[0]);
        for (const thing of list) thing.setAttribute("tabindex", thing === first ? "0" : "-1");
      }
  }
  function beside(thing, key) {
    const [picture, things] = pictures.find(([one, some]) => thing.matches(some) && thing.closest(one)) || [];
    if (!picture) return null;
    const list = all(things, thing.closest(picture));
    const at = list.indexOf(thing);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 }[key];
    if (to === undefined) return null;
    const next = list[Math.max(0, Math.min(list.length - 1, to))];
    for (const one of list) one.setAttribute("tabindex", one === next ? "0" : "-1");
    return next;
  }
  stops();
  document.addEventListener("htmx:after:swap", () => stops());
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const next = event.target.closest ? beside(event.target.closest("a") || event.target, event.key) : null;
    if (next) { event.preventDefault(); next.focus(); }
  });

  // Review and everything else: a key presses the button or follows the link that carries it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) event.target.blur();
    if (event.key === "Escape") for (const open of all(".menu[open]")) open.removeAttribute("open");
    if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return;
    const keyed = one(`[data-key="${CSS.escape(event.key)}"]`);
    if (keyed) { event.preventDefault(); if (keyed.dataset.focus) one(keyed.dataset.focus)?.focus(); else keyed.click(); return; }
    if (one("#rows tr[data-id]")) {
      if (event.key === "j") move(1);
      else if (event.key === "k") move(-1);
      else if (event.key === "Enter" && event.target === document.body) one("#rows tr.on a")?.click();
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-focus]");
    if (button) one(button.dataset.focus)?.focus();
  });

  // Report: only the marks of the claim under the pointer or focus.
  function only(name) {
    for (const mark of all(".prose mark")) mark.classList.toggle("dim", Boolean(name) && !mark.classList.contains(name));
  }
  for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]])
    document.addEventListener(type, (event) => {
      const read = event.target.closest?.(".read[data-claim]");
      if (read) only(on ? read.dataset.claim : "");
    });

  // Forms without the values that say nothing, so that addresses stay short.
  document.addEventListener("submit", (event) => {
    if (event.target.method === "get")
      for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  });
})();
