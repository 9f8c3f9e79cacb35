// A dialogue that finds a place by a few letters of its name.
import { keys } from "./keys.js";

const made = (name, props = {}, ...children) => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...children);
  return element;
};

function dialogue(label, ...children) {
  const box = made("dialog", {}, ...children);
  box.setAttribute("aria-label", label);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}

export function help() {
  if (document.querySelector("dialog")) return;
  const rows = keys.map((each) => made("li", {}, made("kbd", { textContent: each.keys }), ` ${each.says}`));
  for (const link of document.querySelectorAll("[data-go]")) {
    rows.push(made("li", {}, made("kbd", { textContent: `g ${link.dataset.go}` }), ` ${link.textContent}`));
  }
  const close = made("button", { textContent: "Close" });
  const box = dialogue("Keys", made("h2", { textContent: "Keys" }), made("ul", {}, ...rows), close);
  close.addEventListener("click", () => box.close());
}

export async function palette() {
  if (document.querySelector("dialog")) return;
  const answer = await fetch(document.body.dataset.palette);
  if (!answer.ok) return;
  const { places } = await answer.json();
  const field = made("input", { type: "search", placeholder: "A page, an option or a question" });
  field.setAttribute("aria-label", "Go to");
  const list = made("ul");
  const box = dialogue("Go to", field, list);
  let chosen = 0;

  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = places.filter((place) =>
      words.every((word) => `${place.name} ${place.kind}`.toLowerCase().includes(word)),
    );
    list.replaceChildren(
      ...fits.slice(0, 12).map((place) =>
        made("li", {}, made("a", { href: place.to }, place.name, made("small", { textContent: place.kind }))),
      ),
    );
    if (!fits.length) list.append(made("li", { textContent: "Nothing has that name." }));
    choose(0);
  };
  const choose = (number) => {
    const links = [...list.querySelectorAll("a")];
    chosen = Math.max(0, Math.min(number, links.length - 1));
    links.forEach((link, index) => link.setAttribute("aria-selected", String(index === chosen)));
  };
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") list.querySelectorAll("a")[chosen]?.click();
    else return;
    event.preventDefault();
  });
  show();
  field.focus();
}
