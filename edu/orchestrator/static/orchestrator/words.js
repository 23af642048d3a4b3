// An answer as it streams: the few signs of its Markdown, made of text nodes only.
const INLINE = /\\([\\`*[\]<>|~#+\-.)_])|\[(\d+)\]|\*\*(.+?)\*\*|\*([^*]+)\*/g;

const inline = (place, text) => {
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    place.append(text.slice(at, found.index));
    at = found.index + found[0].length;
    const [, sign, marker, strong, soft] = found;
    if (sign) place.append(sign);
    else {
      const made = document.createElement(marker ? "sup" : strong ? "strong" : "em");
      if (marker) made.textContent = marker;
      else inline(made, strong ?? soft);
      place.append(made);
    }
  }
  place.append(text.slice(at));
};

export const show = (place, raw) => {
  place.replaceChildren(
    ...raw.split(/\n{2,}/).filter((block) => block.trim()).map((block) => {
      const lines = block.split("\n");
      const list = lines.every((line) => line.startsWith("- "));
      const made = document.createElement(list ? "ul" : "p");
      if (!list) inline(made, lines.join(" "));
      else
        for (const line of lines) {
          const item = document.createElement("li");
          inline(item, line.slice(2));
          made.append(item);
        }
      return made;
    }),
  );
};
