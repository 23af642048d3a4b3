// A recording and its words: the line that is said is marked, and a line that is chosen is played.
const SPEED = "edu-speed";

function player(root) {
  const media = root.querySelector("audio, video");
  const lines = [...document.querySelectorAll("[data-said] .said")];
  const starts = lines.map((line) => Number(line.dataset.start));
  const reduced = document.documentElement.dataset.motion === "none" || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let now = null;

  const begin = Number(root.dataset.second);
  if (begin > 0) {
    const seek = () => { if (Math.abs(media.currentTime - begin) > 1) media.currentTime = begin; };
    if (media.readyState > 0) seek();
    else media.addEventListener("loadedmetadata", seek, { once: true });
  }

  const follow = () => {
    const at = media.currentTime + 0.05;
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= at) low = middle + 1;
      else high = middle;
    }
    const line = lines[low - 1] ?? null;
    const said = line && at < Number(line.dataset.end) + 0.4 ? line : null;
    if (said === now) return;
    now?.classList.remove("now");
    now?.removeAttribute("aria-current");
    now = said;
    if (!now) return;
    now.classList.add("now");
    now.setAttribute("aria-current", "true");
    const place = now.getBoundingClientRect();
    const away = place.top < 180 || place.bottom > window.innerHeight - 90;
    if (!media.paused && away) now.scrollIntoView({ block: "center", behavior: reduced ? "auto" : "smooth" });
  };
  media.addEventListener("timeupdate", follow);
  media.addEventListener("seeked", follow);

  document.addEventListener("click", (event) => {
    const line = event.target.closest("[data-said] [data-start]");
    // Words that were just chosen are to be asked about, not played.
    if (line && !window.getSelection().isCollapsed && event.detail) return event.preventDefault();
    if (!line || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    media.currentTime = Number(line.dataset.start);
    media.play().catch(() => {});
  });

  const speeds = root.querySelector("[data-speeds]");
  const buttons = [...speeds.querySelectorAll("[data-speed]")];
  const choose = (speed) => {
    media.playbackRate = speed;
    for (const each of buttons) each.setAttribute("aria-pressed", String(Number(each.dataset.speed) === speed));
    try { localStorage.setItem(SPEED, speed); } catch { /* private windows keep nothing */ }
  };
  for (const each of buttons) each.addEventListener("click", () => choose(Number(each.dataset.speed)));
  try {
    const kept = Number(localStorage.getItem(SPEED) ?? root.dataset.speed);
    if (buttons.some((each) => Number(each.dataset.speed) === kept)) choose(kept);
  } catch { /* the same */ }
  speeds.hidden = false;

  media.addEventListener("error", () => { root.querySelector("[data-silent]").hidden = false; });
  if (media.error) root.querySelector("[data-silent]").hidden = false;
  for (const each of document.querySelectorAll("[data-script]")) each.hidden = false;
}

// Bind every player below `root` that is not bound yet.
export function players(root) {
  for (const each of root.querySelectorAll("[data-player]:not([data-bound])")) {
    each.dataset.bound = "";
    player(each);
  }
}
