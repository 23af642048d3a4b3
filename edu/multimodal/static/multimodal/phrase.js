// Chosen words of a material offer to be asked about: by mouse and touch as everywhere, and by the
// keyboard from the mark at a passage's end, where the arrow keys choose words.
const MOST = 500; // letters of a phrase that is taken along
const MOST_IN_LINK = 200;
const bar = document.querySelector("[data-phrase]");
const viewer = document.querySelector("[data-viewer]");

const passageAt = (node) =>
  (node instanceof Element ? node : node?.parentElement)?.closest("[data-passage]") ?? null;

function clipped(text, most) {
  const words = text.replace(/\s+/g, " ").trim();
  return words.length <= most ? words : words.slice(0, words.lastIndexOf(" ", most) > 0 ? words.lastIndexOf(" ", most) : most);
}

// The words that are chosen in this material now, where they stand, and in which passage.
function chosen() {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const ends = [selection.getRangeAt(0).startContainer, selection.focusNode, selection.anchorNode];
  const around = ends.map(passageAt).filter((each) => each && viewer.contains(each));
  // A heading or a header on a page stands in no passage: then it is that of the words after it.
  const first = around.find((each) => each.dataset.passage) ?? around[0];
  if (!first) return null;
  const words = clipped(selection.toString(), MOST);
  return words ? { words, at: first, passage: first.dataset.passage, range: selection.getRangeAt(0) } : null;
}

// Near the end of the words, inside the window; on a touch screen the style sheet puts it at the foot.
function place(range) {
  if (window.matchMedia("(pointer: coarse)").matches) {
    bar.style.removeProperty("top");
    bar.style.removeProperty("left");
    return;
  }
  const boxes = range.getClientRects();
  const end = boxes[boxes.length - 1] ?? range.getBoundingClientRect();
  const below = end.bottom + 8 + bar.offsetHeight < window.innerHeight;
  const top = below ? end.bottom + 8 : Math.max(8, range.getBoundingClientRect().top - bar.offsetHeight - 8);
  bar.style.top = `${top}px`;
  bar.style.left = `${Math.max(8, Math.min(end.left, window.innerWidth - bar.offsetWidth - 8))}px`;
}

function phrases() {
  const ask = bar.querySelector("[data-phrase-ask]");
  const form = bar.querySelector("[data-phrase-form]");
  const link = bar.querySelector("[data-phrase-link]");
  const said = document.querySelector("[data-phrase-said]");
  const home = ask.getAttribute("href");
  let now = null, pressed = false, timer = 0;

  const hide = () => {
    now = null;
    bar.hidden = true;
    said.textContent = "";
  };

  const show = () => {
    const found = chosen();
    if (!found) {
      if (!bar.contains(document.activeElement)) hide();
      return;
    }
    now = found;
    // After the words, so that Tab goes from them to what can be done with them.
    const after = found.at.closest(".sheet") ?? found.at;
    if (after.nextElementSibling !== bar) after.after(bar);
    const query = new URLSearchParams({ passage: found.passage, quote: found.words });
    ask.href = `${home}?${query}`;
    form.elements.text.value = found.words;
    form.elements.passage.value = found.passage;
    link.hidden = !found.passage;
    query.set("quote", clipped(found.words, MOST_IN_LINK));
    link.dataset.copy = `${location.origin}${location.pathname}?${query}#p-${found.passage}`;
    bar.hidden = false;
    place(found.range);
  };

  const soon = () => {
    clearTimeout(timer);
    if (!pressed) timer = setTimeout(show, 120);
  };
  document.addEventListener("selectionchange", soon);
  document.addEventListener("pointerdown", (event) => { pressed = !bar.contains(event.target); });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => { pressed = false; soon(); });
  }
  document.addEventListener("scroll", () => { if (now && !bar.hidden) place(now.range); }, { passive: true, capture: true });
  // A press on the bar must not take away the words that it is about.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("focusout", (event) => {
    if (!bar.contains(event.relatedTarget) && !chosen()) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || bar.hidden) return;
    const back = bar.contains(document.activeElement) && now?.at.querySelector("[data-ask-passage]");
    window.getSelection()?.removeAllRanges();
    hide();
    if (back) back.focus();
  });
  return said;
}

// The words of a passage, as [text node, start, end].
function wordsOf(passage) {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node.parentElement.closest("[data-ask-passage]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  const segmenter = window.Intl?.Segmenter && new Intl.Segmenter(passage.lang || undefined, { granularity: "word" });
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (segmenter) {
      for (const { segment, index, isWordLike } of segmenter.segment(node.data)) {
        if (isWordLike) found.push([node, index, index + segment.length]);
      }
    } else {
      for (const match of node.data.matchAll(/\S+/g)) found.push([node, match.index, match.index + match[0].length]);
    }
  }
  return found;
}

function byKeyboard(said) {
  const help = document.getElementById("phrase-help");
  let passage = null, words = [], from = -1, to = -1;
  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest?.("[data-ask-passage]");
    if (!mark) return;
    mark.setAttribute("aria-describedby", help.id);
    const here = passageAt(mark);
    if (here !== passage) [passage, words, from, to] = [here, wordsOf(here), -1, -1];
  });
  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.("[data-ask-passage]");
    if (!mark || !passage || !words.length || event.altKey || event.ctrlKey || event.metaKey) return;
    const right = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!right) return;
    event.preventDefault();
    event.stopPropagation(); // the same keys turn pages elsewhere
    const step = getComputedStyle(passage).direction === "rtl" ? -right : right;
    const last = words.length - 1;
    if (from < 0) from = to = step > 0 ? 0 : last;
    else if (!event.shiftKey) from = to = Math.max(0, Math.min(last, (step > 0 ? to : from) + step));
    else if (step > 0 || to > from) to = Math.max(from, Math.min(last, to + step));
    else from = Math.max(0, from - 1);
    const [first, end] = [words[from], words[to]];
    window.getSelection().setBaseAndExtent(first[0], first[1], end[0], end[2]);
    said.textContent = said.dataset.words.replace("{words}", window.getSelection().toString().replace(/\s+/g, " "));
  }, true);
}

if (bar && viewer) byKeyboard(phrases());
