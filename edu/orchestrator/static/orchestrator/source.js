// A mark in an answer opens the place it comes from beside the conversation (as a sheet on a phone).
// On a wide page the pane also follows the mark that has the focus or lies under the pointer.
import { players } from "../multimodal/player.js";

export const source = (root) => {
  const pane = root.querySelector("[data-source]");
  const body = pane.querySelector("[data-source-body]");
  const wide = window.matchMedia("(min-width: 72rem)");
  let from = null;
  let shown = "";
  let soon = 0;

  const open = async (link, enter) => {
    const where = new URL(link.href);
    from = link;
    if (shown !== link.href) {
      const answer = await fetch(`${where.pathname}source/${where.search}`);
      if (!answer.ok) return enter && location.assign(link.href);
      if (from !== link) return;
      shown = link.href;
      body.replaceChildren(document.createRange().createContextualFragment(await answer.text()));
      players(body);
      const mark = body.querySelector("mark");
      if (mark) pane.scrollTop = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - 80;
    }
    for (const other of root.querySelectorAll("[data-cite][aria-current]")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    if (!enter) return;
    pane.classList.add("open");
    pane.focus({ preventScroll: true });
  };

  const close = () => {
    pane.classList.remove("open");
    from?.focus();
  };
  const follow = (event, wait) => {
    const link = event.target.closest?.("[data-cite]");
    clearTimeout(soon);
    if (link && wide.matches) soon = setTimeout(() => open(link, false), wait);
  };

  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-cite]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    clearTimeout(soon);
    open(link, true);
  });
  root.addEventListener("focusin", (event) => follow(event, 60));
  root.addEventListener("mouseover", (event) => follow(event, 250));
  pane.querySelector("[data-source-close]").addEventListener("click", close);
  pane.addEventListener("keydown", (event) => event.key === "Escape" && close());

  // The first place of a new answer, where there is room for it.
  return (turn) => {
    const first = turn?.querySelector("[data-cite]");
    if (first && wide.matches) open(first, false);
  };
};
