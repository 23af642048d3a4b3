// <button data-copy="text" data-copied="Copied">: puts the text on the clipboard and says so.
// Without script it can do nothing, so it may come hidden and is shown from here.
// Over plain http on a network there is no clipboard API: then the text is selected to copy by hand.
for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const area = document.createElement("textarea");
    area.value = button.dataset.copy;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  const word = button.querySelector("[data-word]") ?? button;
  const before = word.textContent;
  word.textContent = button.dataset.copied ?? "✓";
  setTimeout(() => { word.textContent = before; }, 2000);
});
