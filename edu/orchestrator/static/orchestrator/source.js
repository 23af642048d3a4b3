// A mark in an answer opens the place it comes from beside the conversation (as a sheet on a phone).
import { players } from "../multimodal/player.js";

export const source = (root) => {
  const pane = root.querySelector("[data-source]");
  const body = pane.querySelector("[data-source-body]");
  let from = null;

  const open = async (link) => {
    const where = new URL(link.href);
    const answer = await fetch(`${where.pathname}source/${where.search}`);
    if (!answer.ok) return location.assign(link.href);
    body.replaceChildren(document.createRange().createContextualFragment(await answer.text()));
    for (const other of root.querySelectorAll("[data-cite][aria-current]")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    pane.classList.add("open");
    pane.focus({ preventScroll: true });
    from = link;
    (body.querySelector("mark") ?? body).scrollIntoView({ block: "nearest" });
    players(body);
  };

  const close = () => {
    pane.classList.remove("open");
    from?.focus();
  };

  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-cite]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link);
  });
  pane.querySelector("[data-source-close]").addEventListener("click", close);
  pane.addEventListener("keydown", (event) => event.key === "Escape" && close());
};
