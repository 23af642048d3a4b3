// Keys of a quiz: 1 to 9 choose an option, Enter answers or goes on.
const form = document.querySelector("[data-quiz]");
const next = document.querySelector("[data-next]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const writing = event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
  if (form && !writing && event.key >= "1" && event.key <= "9") {
    const option = form.querySelectorAll(".option input")[Number(event.key) - 1];
    if (option) {
      option.checked = option.type === "radio" || !option.checked;
      option.focus();
      event.preventDefault();
    }
  } else if (event.key === "Enter" && !event.target.matches("a, button, summary, textarea")) {
    if (form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-answer]"));
    } else if (next) next.click();
  }
});

// A double press must not answer twice.
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
