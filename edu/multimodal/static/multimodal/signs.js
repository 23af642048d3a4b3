// The words over the picture of a page, chosen with the mouse. Between them nothing is drawn, and there a
// browser would choose everything to the end of the page: so the nearest word is looked for here.
const SIDE = 1000; // units of the drawing

function linesOf(layer) {
  const frame = layer.getBoundingClientRect();
  const wide = frame.width / SIDE;
  return [...layer.querySelectorAll("text")].map((text) => {
    const back = text.getAttribute("direction") === "rtl";
    const foot = frame.top + (Number(text.getAttribute("y")) * frame.height) / SIDE;
    const high = (Number(text.getAttribute("font-size")) * frame.height) / SIDE;
    const words = [...text.querySelectorAll("tspan")].map((word) => {
      const start = frame.left + Number(word.getAttribute("x")) * wide;
      const length = Number(word.getAttribute("textLength")) * wide;
      return { node: word.firstChild, left: back ? start - length : start, length };
    });
    const left = Math.min(...words.map((word) => word.left));
    const right = Math.max(...words.map((word) => word.left + word.length));
    return { back, words, left, right, top: foot - 0.8 * high, bottom: foot + 0.2 * high };
  });
}

const away = (low, high, at) => Math.max(low - at, at - high, 0);
const nearest = (all, distance) => all.reduce((best, each) => (distance(each) < distance(best) ? each : best));

// [text node, offset] of the sign that is nearest to a point of the window.
function spot(lines, x, y) {
  const line = nearest(lines, (each) => 3 * away(each.top, each.bottom, y) + away(each.left, each.right, x));
  const word = nearest(line.words, (each) => away(each.left, each.left + each.length, x));
  const share = Math.max(0, Math.min(1, (x - word.left) / word.length));
  return [word.node, Math.round((line.back ? 1 - share : share) * word.node.length)];
}

document.addEventListener("mousedown", (event) => {
  const layer = event.target.closest?.("svg.signs");
  if (!layer || event.button !== 0) return;
  const lines = linesOf(layer).filter((line) => line.words.length);
  const selection = window.getSelection();
  if (!lines.length || !selection) return;
  event.preventDefault();
  document.activeElement?.blur?.();
  const [node, offset] = spot(lines, event.clientX, event.clientY);
  if (event.detail === 2) {
    selection.setBaseAndExtent(node, 0, node, node.length);
    return;
  }
  if (event.detail >= 3) {
    selection.selectAllChildren(node.parentElement.parentElement);
    return;
  }
  if (event.shiftKey && selection.anchorNode) selection.extend(node, offset);
  else selection.collapse(node, offset);
  const move = (moved) => selection.extend(...spot(lines, moved.clientX, moved.clientY));
  const end = () => {
    document.removeEventListener("mousemove", move);
    document.removeEventListener("mouseup", end);
  };
  document.addEventListener("mousemove", move);
  document.addEventListener("mouseup", end);
});
