// Everything works without this; it saves a few steps.
"use strict";

// The key / goes to the search field, as in many archives.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector("#q[type=search]") || document.querySelector("#seek");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// Moments are shown in UTC; the reader's own time stands in the tip.
for (const time of document.querySelectorAll("time[datetime*=T]")) {
  const moment = new Date(time.dateTime);
  if (!Number.isNaN(moment.valueOf())) {
    time.title = moment.toLocaleString(document.documentElement.lang, { dateStyle: "full", timeStyle: "long" });
  }
}

// A click selects a citation whole.
for (const text of document.querySelectorAll("[data-copy]")) {
  text.addEventListener("click", () => window.getSelection().selectAllChildren(text));
}
