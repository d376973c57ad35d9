// What the pages do beyond what they say; everything else works without. One script for the file and for the server.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);

  // The whole quote that the address names, where it lies in several segments; and whichever fold it lies in is opened.
  const choose = () => {
    all("mark.chosen").forEach((mark) => mark.classList.remove("chosen"));
    const named = /^#at-([0-9a-z]+)$/.exec(location.hash);
    if (named) all(`mark[data-statements~="${named[1]}"]`).forEach((mark) => mark.classList.add("chosen"));
    const fold = one(":target")?.closest("details:not([open])");
    if (fold) fold.open = true;
  };
  addEventListener("hashchange", choose);
  choose();

  // Why a statement is read so: in the one file from a block of data, in which every reason stands once.
  const made = (name, ...inside) => {
    const element = document.createElement(name);
    element.append(...inside);
    return element;
  };
  const why = one("#why");
  if (why) {
    const { heading, to, says, by_id } = JSON.parse(why.textContent);
    all(".ref").forEach((link) => link.setAttribute("aria-label", to.replace("{}", link.dataset.mark)));
    for (const [id, numbers] of Object.entries(by_id)) {
      const list = made("ul", ...numbers.map((number) => made("li", says[number])));
      one(`#s-${id} figcaption`)?.append(made("details", made("summary", heading), list));
    }
    // And what a mark of the timeline stands for, which the file says once, where the statement is.
    all(".strip a").forEach((mark) => {
      const figure = one(mark.getAttribute("href"));
      if (!figure.matches(".statement")) return;
      const words = [one("title", mark), one("figcaption p", figure), one("h3", figure.closest(".option"))];
      one("title", mark).textContent = words.map((word) => word.textContent).join(" · ");
    });
  }

  // A shared passage brings the report that has it too beside its own, both at the passage; the next one puts it back.
  let back = () => {};
  all(why ? "a.twin" : "none").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      back();
      const there = one(link.getAttribute("href"));
      const [mine, other] = [link, there].map((place) => place.closest("article"));
      const [twins, place] = [made("div"), made("i")];
      twins.className = "twins";
      mine.before(twins);
      other.before(place);
      twins.append(mine, other);
      back = () => (twins.replaceWith(mine), place.replaceWith(other));
      twins.scrollIntoView();
      [link, there].forEach((each) => each.closest("article").scrollTo(0, each.offsetTop - 60));
    });
  });

  // Brushing: a span dragged along the timeline's dates; on the server it becomes the filter, in the file it dims the rest.
  const axis = one(".axis svg");
  if (axis) {
    const days = (Date.parse(axis.dataset.last) - Date.parse(axis.dataset.first)) / 864e5 + 1;
    const width = axis.viewBox.baseVal.width;
    const margin = 10;
    const day = (x) => {
      const passed = Math.floor(((x - margin) / (width - 2 * margin)) * days);
      const at = Date.parse(axis.dataset.first) + Math.min(Math.max(passed, 0), days - 1) * 864e5;
      return new Date(at).toISOString().slice(0, 10);
    };
    const strips = all("td:not(.undated) .strip, .undated .strip");
    const brush = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    brush.setAttribute("class", "brush");
    brush.setAttribute("height", "20");
    let from = null;
    const x = (event) => event.clientX - axis.getBoundingClientRect().left;
    const span = (event) => [Math.min(from, x(event)), Math.max(from, x(event))];
    const show = ([left, right]) => {
      brush.setAttribute("x", left);
      brush.setAttribute("width", right - left);
    };
    const dim = (span) =>
      strips.forEach((strip) => {
        const undated = strip.closest(".undated");
        all("a", strip).forEach((mark) => {
          const at = one("use", mark)?.x.baseVal.value;
          if (at === undefined) return;
          mark.classList.toggle("dim", Boolean(span) && (Boolean(undated) || at < span[0] || at > span[1]));
        });
      });
    axis.parentElement.title = axis.closest(".timeline").dataset.brush;
    axis.addEventListener("pointerdown", (event) => {
      from = x(event);
      axis.setPointerCapture(event.pointerId);
      axis.append(brush);
      show([from, from]);
    });
    axis.addEventListener("pointermove", (event) => from !== null && show(span(event)));
    axis.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const chosen = span(event);
      from = null;
      const form = one("form.filters");
      if (chosen[1] - chosen[0] < 4) {
        brush.remove();
        dim(null);
      } else if (form) {
        form.elements.from.value = day(chosen[0]);
        form.elements.to.value = day(chosen[1]);
        form.requestSubmit();
      } else dim(chosen);
    });
  }

  // Keyboard: j and k go from statement to statement.
  const cards = all(".statement");
  let at = -1;
  addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || !cards.length || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select")) return;
    at = Math.min(Math.max(at + step, 0), cards.length - 1);
    cards[at].tabIndex = -1;
    cards[at].focus({ preventScroll: true });
    cards[at].scrollIntoView({ block: "center" });
    event.preventDefault();
  });
})();
