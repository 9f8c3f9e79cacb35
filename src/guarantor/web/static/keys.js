// One list of keys: what they do, and what the help shows.
export const keys = [
  { keys: "Ctrl K", says: "go to a page, an option or a question" },
  { keys: "?", says: "this list" },
  { keys: "/", says: "the first field of the page" },
  { keys: "Esc", says: "close" },
];

const typing = (target) => target.closest("input, select, textarea, dialog");

export function listen(actions) {
  let going = false;
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      actions.palette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const place = going && document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    going = event.key === "g";
    if (place) place.click();
    else if (event.key === "?") actions.help();
    else if (event.key === "/") {
      const field = document.querySelector("main input:not([type=hidden]), main select");
      if (field) {
        event.preventDefault();
        field.focus();
      }
    }
  });
}
