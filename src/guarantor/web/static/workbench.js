// What scripts add: every page is complete without them.
import { listen } from "./keys.js";
import { help, palette } from "./palette.js";

listen({ help, palette });

document.querySelector("[data-open=palette]")?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  palette();
});

for (const form of document.querySelectorAll("form")) {
  // A field left blank is not set, so that addresses stay short.
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}

for (const form of document.querySelectorAll("form[data-submits]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

for (const form of document.querySelectorAll("form[data-slides]")) slides(form);

// One block of futures while the slider moves, the full number when it is let go.
function slides(form) {
  const range = form.querySelector("input[type=range]");
  const shown = form.querySelector("output");
  let running = null;

  async function show(quick) {
    shown.value = range.value;
    running?.abort();
    running = new AbortController();
    const kept = new URLSearchParams(new FormData(form));
    const asked = new URLSearchParams(kept);
    if (quick && !asked.has("futures")) asked.set("futures", form.dataset.quick);
    const place = document.querySelector("#answer");
    place.classList.add("busy");
    try {
      const answer = await fetch(`${form.getAttribute("action")}?${asked}`, { signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("#answer") ?? page.querySelector("main");
      place.replaceChildren(...fresh.children);
      if (!quick) history.replaceState(null, "", `${form.getAttribute("action")}?${kept}`);
      place.classList.remove("busy");
    } catch (error) {
      if (error.name !== "AbortError") form.requestSubmit();
    }
  }
  range.addEventListener("input", () => show(true));
  form.addEventListener("change", () => show(false));
}
