// The strip at the foot: shown while the network or a live connection is gone.
// Other modules call lost() and found(), or send the events "edu:lost" and "edu:found" to document.
const strip = document.querySelector("[data-connection]");
const reasons = new Set();

const draw = () => {
  if (!strip) return;
  strip.hidden = reasons.size === 0;
  strip.textContent = reasons.size ? strip.dataset.lost : "";
};

export const lost = (why = "live") => { reasons.add(why); draw(); };
export const found = (why = "live") => { reasons.delete(why); draw(); };

window.addEventListener("offline", () => lost("network"));
window.addEventListener("online", () => found("network"));
document.addEventListener("edu:lost", (event) => lost(event.detail ?? "live"));
document.addEventListener("edu:found", (event) => found(event.detail ?? "live"));
document.addEventListener("htmx:sendError", () => lost("request"));
document.addEventListener("htmx:afterOnLoad", () => found("request"));
