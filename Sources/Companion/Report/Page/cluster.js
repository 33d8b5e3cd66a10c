// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// One cluster: what it is, its documents, and which share of each other they have.

"use strict";

const joined = ["began a cluster", "similar", "exact copy"];

const detailsOf = (number) => {
  const block = document.getElementById("cluster-" + number);
  return block ? JSON.parse(block.textContent) : null;
};

const named = (at) => documents.name[at] + " (document " + documents.number[at] + ")";

const facts = (place, detail) => {
  const first = offsets[place];
  const lines = [];
  if (clusterHeadlines[place]) lines.push(make("p", { class: "lead" }, clusterHeadlines[place]));
  lines.push(make("p", {}, count(clusters.documents[place], "document") + ", "
    + count(clusters.texts[place], "different file") + ", within "
    + span(clusters.last[place] - clusters.first[place]) + "."));
  if (detail && detail.principal_name) {
    lines.push(make("p", { class: "name" }, "The fullest text is that of "
      + detail.principal_name + " (document " + detail.principal + ")."));
  }
  lines.push(make("p", { class: "name" }, "First seen: " + named(first) + "."));
  return [...lines, storyFact(place)];
};

const storyFact = (place) => {
  const number = clusters.story[place];
  if (!number) return null;
  const listed = storyPlaces.get(number);
  const others = listed === undefined ? "." : ", with "
    + count(stories.clusters[listed] - 1, "other cluster") + ".";
  return make("p", {}, "Story: ", storyLink(number), others);
};

// A step for each document, but no more than the drawing can show.
const steps = (times) => {
  const [start, end] = [times[0], times[times.length - 1]];
  const x = (moment) => (end > start ? (moment - start) / (end - start) * 600 : 0);
  let path = "M0 100";
  let last = -1;
  times.forEach((moment, before) => {
    const at = Math.round(x(moment) * 2) / 2;
    const height = 100 - (before + 1) / times.length * 96;
    path += at === last ? "V" + height : "H" + at + "V" + height;
    last = at;
  });
  return path + "H600";
};

// Of two documents a sentence says all.
const spread = (place) => {
  const times = Array.from({ length: clusters.listed[place] },
    (_, member) => documents.time[offsets[place] + member]).sort((one, other) => one - other);
  const [start, end] = [times[0], times[times.length - 1]];
  if (times.length < 3) {
    return make("p", {}, "One came at " + time(start) + ", the other at " + time(end) + " UTC.");
  }
  const half = times[Math.ceil(times.length / 2) - 1];
  const says = count(times.length, "document") + " from " + time(start) + " to " + time(end)
    + "; half of them by " + time(half);
  return make("figure", {},
    make("figcaption", { class: "aside" }, says + " (UTC)"),
    draw("svg", { class: "chart low", viewBox: "0 0 600 102", preserveAspectRatio: "none",
      role: "img", "aria-label": says }, draw("path", { class: "spread", d: steps(times) })),
    make("div", { class: "axis", "aria-hidden": "true" },
      make("span", {}, time(start)), make("span", {}, time(end))));
};

// MARK: Its documents

const memberRow = (member, detail) => {
  const { at, figures } = member;
  const notes = [];
  if (detail && detail.principal === documents.number[at]) notes.push("fullest text");
  if (documents.same[at]) notes.push("same bytes as document " + documents.same[at]);
  if (documents.state[at] === 1) notes.push("replaced since");
  if (documents.state[at] === 2) notes.push("removed since");
  if (detail && detail.gone.includes(member.place)) notes.push("file gone");
  return make("tr", {},
    make("th", { scope: "row", class: "number" }, String(documents.number[at])),
    make("td", { class: "time wide" }, time(documents.time[at])),
    make("td", { class: "wide" }, joined[documents.relation[at]]),
    make("td", { class: "number wide" }, count(documents.words[at])),
    make("td", { class: "number wide" }, figures ? percent(figures[0]) : "–"),
    make("td", { class: "number" }, figures ? percent(figures[1]) : "–"),
    make("td", { class: "number wide" }, figures ? count(figures[2]) : "–"),
    said(documents.headline[at], documents.name[at], notes.join(", ")));
};

const memberTable = (place, detail, view) => {
  const listed = clusters.listed[place];
  const all = Array.from({ length: listed }, (_, member) => ({
    place: member, at: offsets[place] + member, figures: detail ? detail.figures[member] : null,
  }));
  const part = slice(sorted(all, memberOrders[view.order]), view.members,
    Math.max(membersPerPage, view.rows));
  const more = clusters.documents[place] - listed;
  return [
    make("p", { class: "aside" }, "“Kept” is how much of the fullest text a document has, "
      + "“from it” how much of the document stands in the fullest text, “new words” how many do not."),
    make("table", {},
      make("caption", { class: "hidden" }, "Documents. " + memberOrders[view.order][0]),
      heading([["Document", "number", "number"], ["Arrived (UTC)", "wide"], ["How", "wide"],
        ["Words", "number wide", "words"], ["From it", "number wide"],
        ["Kept", "number", "kept"], ["New words", "number wide"], ["Headline and file"]],
      memberOrders, view.order, "order"),
      make("tbody", {}, ...part.items.map((member) => memberRow(member, detail)))),
    more ? make("p", { class: "aside" }, count(more, "later document") + " not listed here.")
      : null,
    part.pages > 1 ? pager("Pages of documents", part.page, part.pages, "members") : null,
  ];
};

// MARK: Pairs

const heatRow = (place, similarity, row) => {
  const at = offsets[place] + similarity.members[row];
  const cells = similarity.shares[row].map((share, column) => {
    if (row === column) return make("td", { class: "self" }, "–");
    const other = documents.number[offsets[place] + similarity.members[column]];
    const cell = make("td", { title: percent(share) + " of " + documents.number[at] + " in "
      + other }, make("span", {}, percentage(share)));
    cell.style.setProperty("--share", share);
    return cell;
  });
  return make("tr", {},
    make("th", { scope: "row", title: documents.name[at] }, make("div", { class: "row" },
      make("span", { class: "of" }, String(documents.number[at])),
      make("span", { class: "wide" }, oneLine(documents.name[at])))),
    ...cells);
};

const pairSentence = (place, similarity) => {
  const [one, other] = similarity.members
    .map((member) => documents.number[offsets[place] + member]);
  return make("p", {}, percent(similarity.shares[0][1]) + " of the three-word phrases of document "
    + one + " stand in " + other + ", and " + percent(similarity.shares[1][0]) + " of those of "
    + other + " in " + one + ".");
};

// Too many columns for a narrow screen keep their colours there and leave out their numbers.
const heat = (place, similarity) => {
  if (similarity.members.length < 2) return [];
  if (similarity.members.length === 2) return [pairSentence(place, similarity)];
  const numbers = similarity.members.map((member) =>
    [String(documents.number[offsets[place] + member]), "number"]);
  const isPart = similarity.members.length < clusters.texts[place];
  const table = make("table", { class: similarity.members.length > 6 ? "heat dense" : "heat" },
    make("caption", { class: "hidden" }, "Percent of the row’s phrases in the column’s"),
    make("colgroup", {}, make("col", { class: "names" })),
    heading([["Document"], ...numbers]),
    make("tbody", {}, ...similarity.members.map((_, row) => heatRow(place, similarity, row))));
  return [
    make("p", { class: "aside" }, "How many percent of the row’s three-word phrases the "
      + "column’s document has too; columns are documents in the order of the rows."
      + (isPart ? " Of " + count(clusters.texts[place], "different file") + ", "
        + count(similarity.members.length) + " are compared." : "")),
    legend(["heat-none", "none"], ["heat-half", "half of them"], ["heat-full", "all"]),
    tableRegion("Pairwise similarity", table),
  ];
};
