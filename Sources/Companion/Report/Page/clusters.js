// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// The list of clusters: its filters, its orders, its rows.

"use strict";

const namesHave = (place, wanted) => {
  const end = offsets[place] + clusters.listed[place];
  for (let at = offsets[place]; at < end; at += 1) {
    if (documents.name[at].toLowerCase().includes(wanted)) return true;
    if (documents.headline[at].toLowerCase().includes(wanted)) return true;
  }
  return false;
};

// Days in UTC, as the times of the page are; both of them count.
const dayStart = (day) => Date.parse(day + "T00:00:00Z");
const oneDay = 86400000;

const isOfStory = (place, within) => {
  const story = clusters.story[place];
  if (within === "several") return storyPlaces.has(story);
  if (within === "alone") return !storyPlaces.has(story);
  return "s" + story === within;
};

const matching = (view) => {
  const wanted = view.find.trim().toLowerCase();
  const [from, until] = [dayStart(view.from), dayStart(view.until)];
  const all = clusters.number.map((_, place) => place).filter((place) =>
    clusters.documents[place] >= view.least
      && !(clusters.last[place] < from) && !(clusters.first[place] >= until + oneDay)
      && (view.within === "" || isOfStory(place, view.within))
      && (wanted === "" || "c" + clusters.number[place] === wanted
        || "s" + clusters.story[place] === wanted || namesHave(place, wanted)));
  return sorted(all, orders[view.sort]);
};

const listRow = (place, shown) =>
  make("tr", { "aria-current": shown === place ? "true" : null },
    make("th", { scope: "row" }, clusterLink(clusters.number[place])),
    make("td", { class: "number" }, count(clusters.documents[place])),
    make("td", { class: "number wide" }, count(clusters.texts[place])),
    make("td", { class: "time wide" }, time(clusters.first[place])),
    make("td", { class: "time wide" }, time(clusters.last[place])),
    said(clusterHeadlines[place], documents.name[offsets[place]]));

const showList = (view, places, shown) => {
  const part = slice(places, view.page, view.rows);
  document.getElementById("found").textContent = count(places.length, "cluster")
    + (places.length < clusters.number.length ? " of " + count(clusters.number.length) : "");
  document.getElementById("list").replaceChildren(
    make("table", {},
      make("caption", { class: "hidden" }, "Clusters. " + orders[view.sort][0]),
      heading([["Cluster"], ["Documents", "number", "documents"],
        ["Different files", "number wide"],
        ["First seen (UTC)", "wide", "first"], ["Last seen (UTC)", "wide", "last"],
        ["Headline and first file", "", "headline"]], orders, view.sort, "sort"),
      make("tbody", {}, ...part.items.map((place) => listRow(place, shown)))),
    pager("Pages of clusters", part.page, part.pages, "page"));
};

// MARK: Filters

const filterFields = ["find", "least", "from", "until"];
const noFilters = { find: null, least: null, from: null, until: null, within: null };

// What was typed elsewhere, as in an address that was sent, gets into its field.
const fillFilters = (view) => {
  const values = { ...view, least: view.least > 2 ? view.least : "" };
  for (const name of filterFields) {
    const field = document.getElementById(name);
    if (field.value !== String(values[name])) field.value = values[name];
  }
  const choices = [["", "any story or none"], ["several", "a story of several clusters"],
    ["alone", "no other cluster"]];
  // A story is chosen where it is shown.
  if (!["", "several", "alone"].includes(view.within)) {
    choices.push([view.within, "story " + view.within]);
  }
  document.getElementById("choices").replaceChildren(
    ...(stories.number.length || view.within
      ? [chooser("within", "In", choices, view.within,
        (value) => { lookAt({ within: value, page: null, cluster: null }); })] : []),
    orderChooser("order", "Order", orders, view.sort, "sort"),
    chooser("rows", "Rows a page", rowChoices.map((rows) => [rows, String(rows)]), view.rows,
      (value) => { lookAt({ rows: value, ...firstPages }); }));
  const isFiltered = view.least > 2 || filterFields.some((name) => name !== "least" && view[name])
    || view.within;
  document.getElementById("clear").disabled = !isFiltered;
};

const listenToFilters = (show) => {
  for (const name of filterFields) {
    // Each letter counts, and is no step back of its own.
    document.getElementById(name).addEventListener("input", (event) => {
      history.replaceState(null, "", address({ [name]: event.target.value, page: null,
        cluster: null, members: null, by: null }));
      show();
    });
  }
  document.getElementById("clear").addEventListener("click", () => {
    lookAt({ ...noFilters, page: null });
    document.getElementById("find").focus();
  });
};
