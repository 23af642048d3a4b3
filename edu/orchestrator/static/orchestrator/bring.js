// Files dropped on a [data-bring] form are sent at once, with a bar; without script the form does it.
for (const form of document.querySelectorAll("[data-bring]")) {
  const input = form.querySelector("input[type=file]");
  const box = form.querySelector("[data-bring-progress]");
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-bring-words]");
  form.querySelector("[data-bring-send]").hidden = true;

  const send = () => {
    if (!input.files.length) return;
    box.hidden = false;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (event) => {
      const percent = event.total ? Math.round((100 * event.loaded) / event.total) : 0;
      bar.value = percent;
      words.textContent = words.dataset.template.replace("{percent}", percent);
    });
    request.addEventListener("load", () => location.assign(request.responseURL || location.href));
    request.addEventListener("error", () => form.submit());
    request.send(new FormData(form));
  };

  input.addEventListener("change", send);
  for (const name of ["dragenter", "dragover"])
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  for (const name of ["dragleave", "drop"])
    form.addEventListener(name, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    send();
  });
}
