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

  // Brushing: a span dragged along the timeline's dates. On the server it becomes the filter; in the file it dims the rest,
  // and the address keeps it.
  const axis = one(".axis svg");
  if (axis) {
    const form = one("form.filters");
    const first = Date.parse(axis.dataset.first);
    const days = (Date.parse(axis.dataset.last) - first) / 864e5 + 1;
    const margin = 10;
    const wide = (axis.viewBox.baseVal.width - 2 * margin) / days; // of a day
    const day = (x) => {
      const passed = Math.floor((x - margin) / wide);
      return new Date(first + Math.min(Math.max(passed, 0), days - 1) * 864e5).toISOString().slice(0, 10);
    };
    const brush = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    brush.setAttribute("class", "brush");
    brush.setAttribute("height", "20");
    let from = null;
    const x = (event) => event.clientX - axis.getBoundingClientRect().left;
    const show = (left, right) => {
      brush.setAttribute("x", left);
      brush.setAttribute("width", right - left);
      axis.append(brush);
    };
    const dim = (left, right) =>
      all(".timeline .strip a").forEach((mark) => {
        const shape = mark.lastElementChild;
        const at = shape.getBBox();
        const out = left !== undefined && (mark.closest(".undated") || at.x + at.width < left || at.x > right);
        mark.classList.toggle("dim", Boolean(out));
      });
    const clear = () => {
      from = null;
      brush.remove();
      if (!form) dim();
    };
    const tell = (...span) => {
      if (form) ["from", "to"].forEach((name, end) => (form.elements[name].value = day(span[end])));
    };
    axis.parentElement.title = axis.closest(".timeline").dataset.brush;
    axis.addEventListener("pointerdown", (event) => {
      from = x(event);
      axis.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    const span = (event) => [Math.min(from, x(event)), Math.max(from, x(event))];
    axis.addEventListener("pointermove", (event) => {
      if (from === null) return;
      show(...span(event));
      tell(...span(event));
    });
    axis.addEventListener("pointercancel", clear);
    axis.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const [left, right] = span(event);
      clear();
      const short = right - left < 4;
      if (form && !short) {
        tell(left, right);
        form.requestSubmit();
      } else if (!form) history.replaceState(null, "", short ? "#timeline" : `#timeline=${day(left)}=${day(right)}`);
      if (!form) brushed();
    });
    const brushed = () => {
      const [, ...ends] = /^#timeline=([\d-]+)=([\d-]+)$/.exec(location.hash) ?? [];
      const [left, right] = ends.map((end, last) => margin + wide * ((Date.parse(end) - first) / 864e5 + last));
      if (left >= right || left === undefined || isNaN(left + right)) return clear();
      show(left, right);
      dim(left, right);
      axis.scrollIntoView({ block: "center" });
    };
    if (!form) {
      addEventListener("hashchange", brushed);
      if (location.hash.startsWith("#timeline=")) brushed();
    }
  }

  // Packages in the one file: sorted by a click on a heading, filtered by who blocks them and what they hold.
  const table = one("table[data-sort]");
  if (table) {
    const [sort, by, holds, any, open] = table.dataset.sort.split("|");
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const count = (cell) => all(".sign, td > ul > li", cell).length || parseInt(cell.textContent) || 0;
    all("th", table.tHead).forEach((head, place, heads) => {
      const button = made("button", head.textContent);
      button.title = sort;
      head.replaceChildren(button);
      button.onclick = () => {
        const turn = head.ariaSort === "ascending" ? -1 : 1;
        heads.forEach((other) => (other.ariaSort = other === head ? (turn > 0 ? "ascending" : "descending") : null));
        body.append(...rows.sort((a, b) => turn * (count(a.cells[place]) - count(b.cells[place]))));
      };
    });
    const words = (selector, row) => all(selector, row).map((found) => found.textContent);
    const within = [".sign > span:first-child", "td > ul > li"];
    const picks = within.map((selector) => made("select", ...[any, ...new Set(words(selector, body))].map((word) => made("option", word))));
    const only = made("input");
    only.type = "checkbox";
    const form = made("p", by, " ", picks[0], " ", holds, " ", picks[1], " ", made("label", only, " ", open));
    picks.forEach((pick, place) => (pick.ariaLabel = [by, holds][place]));
    form.className = "about";
    form.onchange = () => rows.forEach((row) => {
      const said = within.map((selector) => words(selector, row));
      row.hidden = picks.some((pick, place) => pick.selectedIndex && !said[place].includes(pick.value)) || (only.checked && one(".sign", row));
    });
    table.parentElement.before(form);
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
