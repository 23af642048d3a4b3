// <form data-confirm="What will be lost, and the question">: asks once before it is sent.
document.addEventListener("submit", (event) => {
  const words = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (words && !window.confirm(words)) event.preventDefault();
}, true);
