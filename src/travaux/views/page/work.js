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

// c, r, u, e: confirm, reject, unsure, correct the statement in focus, or the first that waits; z takes back; / searches.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
  const waiting = document.activeElement.closest?.(".waiting") ?? one(".waiting");
  if (event.key === "/") one(".finding input").focus();
  else if (event.key === "z") one("[data-key=z]")?.click();
  else if (event.key === "e") {
    const details = waiting && one("details.correcting", waiting);
    if (!details) return;
    details.open = true;
    one("select, input:not([type=hidden]), textarea", details).focus();
  } else {
    const button = /^[a-y]$/.test(event.key) && waiting && one(`[data-key=${event.key}]`, waiting);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});
