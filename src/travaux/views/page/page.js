// Marks the whole quote that the address names, where it lies in several segments. Everything else works without.
(() => {
  const show = () => {
    document.querySelectorAll("mark.chosen").forEach((mark) => mark.classList.remove("chosen"));
    const named = /^#at-([0-9a-z]+)$/.exec(location.hash);
    if (named) {
      const marks = document.querySelectorAll(`mark[data-statements~="${named[1]}"]`);
      marks.forEach((mark) => mark.classList.add("chosen"));
    }
  };
  addEventListener("hashchange", show);
  show();
})();
