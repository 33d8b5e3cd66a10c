// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// Elements and words. Names and texts are other people's: they become text nodes, never markup.

"use strict";

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

const draw = (tag, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

// A list to choose from, with its label in front; options are pairs of a value and a text.
const chooser = (id, label, options, value, change) => {
  const select = make("select", { id }, ...options.map(([each, text]) => {
    const option = make("option", { value: each }, text);
    option.selected = String(each) === String(value);
    return option;
  }));
  select.addEventListener("change", () => change(select.value));
  return make("label", {}, label, select);
};

const tableRegion = (label, table) =>
  make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table);

// What colours stand for, each beside a sample of it.
const legend = (...entries) =>
  make("p", { class: "aside legend" }, ...entries.flatMap(([kind, text]) =>
    [make("span", { class: "key " + kind, "aria-hidden": "true" }), text + " "]));

// MARK: Words

const count = (number, noun) =>
  number.toLocaleString("en-US") + (noun ? " " + noun + (number === 1 ? "" : "s") : "");

const time = (milliseconds) => {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return "unknown";
  return date.toISOString().slice(0, 19).replace("T", " ");
};

const percentage = (share) => {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return "99";
  if (rounded === 0 && share > 0) return "<1";
  return String(rounded);
};

const percent = (share) => percentage(share) + "\u00A0%";

const span = (milliseconds) => {
  const units = [["day", 86400000], ["hour", 3600000], ["minute", 60000], ["second", 1000]];
  for (const [unit, length] of units) {
    if (milliseconds >= length) return count(Math.round(milliseconds / length), unit);
  }
  return "less than a second";
};

// Both ends of a name that is too long for a list that wraps nothing.
const shortened = (name, length) => {
  const characters = Array.from(name);
  if (characters.length <= length) return name;
  const head = Math.floor((length - 1) / 2);
  return characters.slice(0, head).join("") + "…"
    + characters.slice(characters.length - (length - 1 - head)).join("");
};

// A name on one line: where there is too little room for it its middle is left out, since a path
// says at its end what it is. The whole of it is what the pointer shows.
const oneLine = (name) => {
  const characters = Array.from(name);
  const end = Math.max(0, characters.length - 18);
  return make("span", { class: "line", title: name },
    make("span", { class: "head" }, characters.slice(0, end).join("")),
    make("span", { class: "tail" }, characters.slice(end).join("")));
};

// A headline over the path that it comes from; the path alone where nothing is known.
const said = (headline, name, notes) => make("td", { class: "said" },
  headline ? make("span", { class: "headline" }, headline) : null,
  make("span", { class: headline ? "aside" : null }, oneLine(name)),
  notes ? make("span", { class: "aside notes" }, notes) : null);
