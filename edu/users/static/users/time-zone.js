// Tells the form which time zone the browser is in, so that days begin when they do here.
const field = document.querySelector("#id_time_zone");
if (field) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
