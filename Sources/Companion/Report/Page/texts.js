// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// The fullest text of a cluster, and what each of the others has of it.

"use strict";

const ranges = (list) => {
  const pairs = [];
  for (let at = 0; at < list.length; at += 2) pairs.push([list[at], list[at + 1]]);
  return pairs;
};

const strip = (place, detail, reuse) => {
  const at = offsets[place] + reuse.member;
  const parts = [["stays", reuse.shared], ["moves", reuse.moved]].flatMap(([kind, list]) =>
    ranges(list).map(([start, end]) =>
      draw("rect", { class: kind, x: start, y: 0, width: end - start, height: 1 })));
  const words = [...ranges(reuse.shared), ...ranges(reuse.moved)]
    .reduce((sum, [start, end]) => sum + end - start, 0);
  const says = count(words) + " of " + count(detail.words, "word") + ", "
    + percent(words / detail.words);
  return make("li", {},
    make("span", {}, make("span", { class: "of" }, documents.number[at] + " "),
      make("span", { class: "aside" }, says), oneLine(documents.name[at])),
    draw("svg", { viewBox: "0 0 " + detail.words + " 1", preserveAspectRatio: "none",
      role: "img", "aria-label": says }, ...parts));
};

// What is said of each word: how many have it, or how the one that was chosen has it.
const marksOf = (detail, chosen) => {
  const marks = new Array(detail.text.words.length).fill(0);
  const put = (list, change) => {
    for (const [start, end] of ranges(list)) {
      for (let word = start; word < Math.min(end, marks.length); word += 1) change(word);
    }
  };
  for (const reuse of chosen ? [chosen] : detail.reuse) {
    put(reuse.shared, (word) => { marks[word] += 1; });
    put(reuse.moved, (word) => { marks[word] = chosen ? -1 : marks[word] + 1; });
  }
  return marks;
};

const marked = (text, value, chosen, others) => {
  if (value === 0) return document.createTextNode(text);
  if (value < 0) return make("mark", { class: "moves", title: "elsewhere in it" }, text);
  if (chosen) return make("mark", { title: "in it" }, text);
  const share = value / others;
  const kind = share > 2 / 3 ? "most" : share > 1 / 3 ? "some" : "half";
  return make("mark", { class: kind, title: value + " of " + others },
    make("sup", {}, String(value)), text);
};

const paragraphs = (detail, chosen) => {
  const marks = marksOf(detail, chosen);
  const ends = new Set(detail.text.paragraphs);
  const result = [];
  let paragraph = make("p", {});
  let start = 0;
  for (let word = 0; word < marks.length; word += 1) {
    const isEnd = ends.has(word) || word + 1 === marks.length;
    if (!isEnd && marks[word + 1] === marks[word]) continue;
    const text = detail.text.words.slice(start, word + 1).join("");
    paragraph.append(marked(text, marks[word], chosen, detail.reuse.length));
    start = word + 1;
    if (!isEnd) continue;
    result.push(paragraph);
    paragraph = make("p", {});
  }
  return result;
};

const reuseChooser = (place, detail, view) => {
  const options = detail.reuse.map((reuse) => {
    const at = offsets[place] + reuse.member;
    return [documents.number[at], documents.number[at] + " " + shortened(documents.name[at], 60)];
  });
  return make("div", { class: "tools" }, chooser("by", "Mark what stands in",
    [["", "all others: how many have it"], ...options], view.by || "",
    (value) => { lookAt({ by: value }); }));
};

const textKey = (detail, chosen) => (chosen
  ? [make("mark", {}, "in the same order"), " ", make("mark", { class: "moves" },
    "elsewhere in it")]
  : ["In front of each passage stands how many of " + count(detail.reuse.length)
    + " have it: ", make("mark", { class: "half" }, "up to a third"), " ",
    make("mark", { class: "some" }, "up to two thirds"), " ",
    make("mark", { class: "most" }, "more")]);

const fullestText = (place, detail, view) => {
  if (!detail.text) return [make("p", {}, detail.text_missing)];
  const chosen = detail.reuse.find((reuse) =>
    documents.number[offsets[place] + reuse.member] === view.by);
  const cut = detail.words - detail.text.words.length;
  return [
    detail.reuse.length ? reuseChooser(place, detail, view) : null,
    detail.reuse.length ? make("p", { class: "aside" }, ...textKey(detail, chosen)) : null,
    make("div", { class: "text" }, ...paragraphs(detail, chosen)),
    cut > 0 ? make("p", { class: "aside" }, count(cut, "more word") + " not shown.") : null,
  ];
};

const reused = (place, detail) => {
  if (!detail.reuse.length) return [];
  const isPart = detail.reuse.length + 1 < clusters.texts[place];
  return [
    make("h3", {}, "What each has of the fullest text"),
    make("p", { class: "aside" }, "From its first word on the left to its last on the right."
      + (isPart ? " The first " + count(detail.reuse.length) + " are shown." : "")),
    legend(["stays", "in the same order"], ["moves", "elsewhere in the other text"],
      ["without", "not in it"]),
    make("ul", { class: "strips" }, ...detail.reuse.map((each) => strip(place, detail, each))),
  ];
};

const texts = (place, detail, view) => {
  if (!detail.words) return [make("p", {}, detail.text_missing)];
  const pairs = heat(place, detail.similarity);
  return [
    ...(pairs.length ? [make("h3", {}, "Pairwise similarity"), ...pairs] : []),
    ...reused(place, detail),
    make("h3", { id: "text" }, "The fullest text"),
    ...fullestText(place, detail, view),
  ];
};

const showCluster = (place, view) => {
  const section = document.getElementById("cluster");
  if (place === undefined) {
    section.replaceChildren();
    return;
  }
  const number = clusters.number[place];
  const detail = detailed.has(number) ? detailsOf(number) : null;
  const parts = [
    make("h2", { id: "shown", tabindex: "-1" }, "Cluster c" + number),
    ...facts(place, detail),
    make("h3", {}, "Spread over time"), spread(place),
    make("h3", {}, "Documents"), ...memberTable(place, detail, view),
    ...(detail ? texts(place, detail, view)
      : [make("p", { class: "aside" }, index.without_details)]),
    make("p", {}, make("a", { href: "#clusters", class: "back" }, "Back to the list")),
  ];
  section.replaceChildren(...parts.filter((part) => part));
  section.querySelector(".back").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("clusters").focus();
  });
};
