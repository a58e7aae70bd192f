// Sorts and searches the table of submissions. The page is whole without it.
"use strict";
const table = document.querySelector(".class");
const body = table.tBodies[0];
const rows = [...body.rows];
const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();

function sort(head, column) {
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const sign = down ? -1 : 1;
  const by = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const number = head.dataset.kind === "number";
  body.append(...rows.sort((a, b) => {
    const [x, y] = [value(a, column), value(b, column)];
    if (x === "" || y === "") return (x === "") - (y === ""); // who has no value stands last, up or down
    return sign * (number ? x - y : by.compare(x, y));
  }));
}

[...table.tHead.rows[0].cells].forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => sort(head, column));
});

const search = document.querySelector(".search");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));
search.hidden = false;
search.querySelector("input").addEventListener("input", (event) => {
  const words = plain(event.target.value).split(/\s+/);
  for (const row of rows) row.hidden = !words.every((word) => texts.get(row).includes(word));
  const shown = rows.filter((row) => !row.hidden).length;
  search.querySelector("output").textContent = `${shown} / ${rows.length}`;
});
