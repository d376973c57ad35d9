// What the server's pages do beside: words selected in a report fill a form, and decisions have keys. All works without.
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);

// Selecting text: the words selected in a report fill the form that asks for them. Places are counted in code points.
const counted = (text) => [...text].length;
all("[data-words]").forEach((field) => {
  const source = one(field.dataset.words);
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!source.contains(range.startContainer) || !source.contains(range.endContainer)) return;
    const words = range.toString();
    if (!words.trim()) return;
    field.value = words.trim();
    const { start, end } = field.form.elements;
    if (start && end) {
      const before = document.createRange();
      before.setStart(source, 0);
      before.setEnd(range.startContainer, range.startOffset);
      const first = counted(before.toString()) + counted(words) - counted(words.trimStart());
      start.value = first;
      end.value = first + counted(words.trim());
    }
  });
  field.addEventListener("input", () => {
    const { start, end } = field.form.elements;
    if (start && end) start.value = end.value = "";
  });
});

// Two reports side by side: the passage that is named in one is shown in the other too, at the same height.
const paired = () => {
  const [, side, number] = /^#(shared|other)-(\d+)$/.exec(location.hash) ?? [];
  const [named, twin] = [one(`#${side}-${number}`), one(`#${side === "shared" ? "other" : "shared"}-${number}`)];
  if (!side || !named || !twin) return; // alone, a passage has no other beside it
  named.closest(".twins").scrollIntoView();
  [named, twin].forEach((place) => place.closest("section").scrollTo(0, place.offsetTop - 60));
};
addEventListener("hashchange", paired);
addEventListener("load", paired);

// What is done beside the pages: looked at again and again while it goes on.
const looking = async () => {
  const shown = one("#beside[data-goes-on]");
  if (!shown) return;
  const answer = await fetch(location.pathname).catch(() => null);
  if (answer?.ok) {
    const now = one("#beside", new DOMParser().parseFromString(await answer.text(), "text/html"));
    const [status, news] = [shown, now].map((within) => one("[role=status]", within));
    status.replaceChildren(...news.childNodes); // the element stays, so that it is read out
    if (now.dataset.goesOn !== undefined) one("progress", shown).replaceWith(one("progress", now));
    else {
      delete shown.dataset.goesOn;
      news.remove();
      shown.replaceChildren(status, ...now.childNodes);
    }
  }
  setTimeout(looking, 1000);
};
looking();

// Keys: what each does stands in the list that ? shows. Two keys one after the other, g and a letter, go to a page.
const press = (selector, within = document) => {
  const found = one(selector, within);
  found?.click();
  return Boolean(found);
};

const keys = one("#keys");
const showKeys = () => {
  keys.showModal();
  return true;
};
all(".showing-keys").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", showKeys);
});

// The next or previous of several places in a text, from where one was last.
const last = {};
const step = (selector, by) => {
  const places = all(selector);
  if (!places.length) return false;
  const at = last[selector] ?? (by > 0 ? -1 : 0);
  const next = places[(last[selector] = (at + by + places.length) % places.length)];
  next.focus();
  next.scrollIntoView({ block: "center" });
  return true;
};

// From a cell of the matrix to the next one that says something.
const cellwards = (across, down) => {
  const cell = document.activeElement.closest?.(".matrix td");
  if (!cell) return false;
  const rows = all(".matrix tr").filter((row) => one("td", row));
  let [x, y] = [cell.cellIndex, rows.indexOf(cell.parentElement)];
  for (;;) {
    [x, y] = [x + across, y + down];
    const next = rows[y]?.cells[x];
    if (!next) return true;
    const link = next.matches("td") && one("a", next);
    if (link) {
      link.focus();
      return true;
    }
  }
};

const correct = (waiting) => {
  const details = waiting && one("details.correcting", waiting);
  if (!details) return false;
  details.open = true;
  one("select, input:not([type=hidden]), textarea", details).focus();
  return true;
};

const does = {
  "?": showKeys,
  "/": () => (one(".finding input").focus(), true),
  "[": () => press("a[rel=prev]"),
  "]": () => press("a[rel=next]"),
  z: () => press("[data-key=z]"),
  e: correct,
  n: () => step(".text a.flag", 1),
  p: () => step(".text a.flag", -1),
  w: () => step(".text a.twin", 1),
  b: () => press("[data-beside]"),
  ArrowLeft: () => cellwards(-1, 0),
  ArrowRight: () => cellwards(1, 0),
  ArrowUp: () => cellwards(0, -1),
  ArrowDown: () => cellwards(0, 1),
};
let leading = false;
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  if (event.target.closest?.("input, textarea, select")) return;
  const { key } = event;
  const led = leading;
  leading = !led && key === "g";
  const waiting = document.activeElement.closest?.(".waiting") ?? one(".waiting");
  const letter = /^[a-z]$/.test(key);
  const done = led
    ? letter && press(`[data-go=${key}]`)
    : (letter && key !== "z" && waiting && press(`[data-key=${key}]`, waiting)) || does[key]?.(waiting);
  if (done) event.preventDefault();
});
