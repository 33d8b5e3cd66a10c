// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// What is in the page and what of it is looked at: that is in the address behind "#", so that Back
// works and a view can be sent.

"use strict";

const membersPerPage = 25;
const rowChoices = [12, 25, 50, 100];
const index = JSON.parse(document.getElementById("index").textContent);
const clusters = index.clusters;
const documents = index.documents;
const stories = index.stories;
const storyClusters = index.story_clusters;
const detailed = new Set(index.detailed);

// Where each one's parts begin in the columns of the parts of all.
const beginnings = (listed) => {
  let offset = 0;
  return listed.map((length) => {
    offset += length;
    return offset - length;
  });
};
const offsets = beginnings(clusters.listed);
const storyOffsets = beginnings(stories.listed);
const placesOf = (numbers) => new Map(numbers.map((number, place) => [number, place]));
const clusterPlaces = placesOf(clusters.number);
const storyPlaces = placesOf(stories.number);

// The first one of its documents that says something speaks for a cluster.
const clusterHeadlines = offsets.map((first, place) => {
  for (let at = first; at < first + clusters.listed[place]; at += 1) {
    if (documents.headline[at]) return documents.headline[at];
  }
  return "";
});

// MARK: What is looked at

const looked = () => {
  const fields = new URLSearchParams(location.hash.slice(1));
  const number = (name) => parseInt(fields.get(name), 10) || 0;
  const page = (name) => Math.max(0, (number(name) || 1) - 1);
  const text = (name) => fields.get(name) || "";
  const known = (name, all, usual) => (Object.hasOwn(all, text(name)) ? text(name) : usual);
  return {
    sort: known("sort", orders, "largest"),
    find: text("find"),
    least: Math.max(2, number("least")),
    from: text("from"),
    until: text("until"),
    within: text("within"),
    rows: rowChoices.includes(number("rows")) ? number("rows") : rowChoices[0],
    page: page("page"),
    cluster: number("cluster"),
    members: page("members"),
    order: known("order", memberOrders, "arrival"),
    by: number("by"),
    stories: known("stories", storyOrders, "largest"),
    storyPage: page("storypage"),
    story: number("story"),
  };
};

const address = (changes) => {
  const fields = new URLSearchParams(location.hash.slice(1));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") fields.delete(name);
    else fields.set(name, value);
  }
  return "#" + fields.toString();
};

const lookAt = (changes) => { location.hash = address(changes); };

// Leads to a part of the page that says what was asked for, also when that is shown already.
const leading = (text, changes, id) => {
  const link = make("a", { href: address(changes) }, text);
  link.addEventListener("click", () => {
    if (link.getAttribute("href") === location.hash) document.getElementById(id).focus();
  });
  return link;
};

const clusterLink = (number) => (clusterPlaces.has(number)
  ? leading("c" + number, { cluster: number, members: null, by: null }, "shown")
  : document.createTextNode("c" + number));

const storyLink = (number) => (storyPlaces.has(number)
  ? leading("s" + number, { story: number }, "story-shown")
  : document.createTextNode("s" + number));

// MARK: Orders and pages

// Of each order: what it is called, the column that shows it, upwards or downwards, the value that
// it goes by. What is equal stays in the order of the page: the largest first.
const storyLast = (place) => stories.last[place];
const titleOf = (place) =>
  (clusterHeadlines[place] || documents.name[offsets[place]]).toLowerCase();
const storyOrders = {
  largest: ["Most clusters first", "clusters", -1, (place) => stories.clusters[place]],
  smallest: ["Fewest clusters first", "clusters", 1, (place) => stories.clusters[place]],
  most: ["Most documents first", "documents", -1, (place) => stories.documents[place]],
  fewest: ["Fewest documents first", "documents", 1, (place) => stories.documents[place]],
  newest: ["Newest first", "last", -1, storyLast],
  oldest: ["Oldest first", "last", 1, storyLast],
};

const orders = {
  largest: ["Largest first", "documents", -1, (place) => clusters.documents[place]],
  smallest: ["Smallest first", "documents", 1, (place) => clusters.documents[place]],
  newest: ["Newest first", "last", -1, (place) => clusters.last_document[place]],
  oldest: ["Oldest first", "last", 1, (place) => clusters.last_document[place]],
  latest: ["Begun last first", "first", -1, (place) => clusters.first[place]],
  earliest: ["Begun first first", "first", 1, (place) => clusters.first[place]],
  headline: ["By headline", "headline", 1, titleOf],
  headlines: ["By headline, backwards", "headline", -1, titleOf],
};

const memberOrders = {
  arrival: ["By arrival", "number", 1, (member) => member.at],
  arrivals: ["By arrival, backwards", "number", -1, (member) => member.at],
  most: ["Most words first", "words", -1, (member) => documents.words[member.at]],
  fewest: ["Fewest words first", "words", 1, (member) => documents.words[member.at]],
  kept: ["Most kept first", "kept", -1, (member) => (member.figures ? member.figures[1] : -1)],
  lost: ["Least kept first", "kept", 1, (member) => (member.figures ? member.figures[1] : -1)],
};

const sorted = (items, order) => {
  const [, , direction, value] = order;
  const keyed = items.map((item, place) => [value(item), place, item]);
  keyed.sort(([one, before], [other, after]) =>
    (one < other ? -direction : one > other ? direction : before - after));
  return keyed.map(([, , item]) => item);
};

// The headings of a table; those of columns that an order goes by are buttons, which say it.
const heading = (cells, all, chosen, field) =>
  make("thead", {}, make("tr", {}, ...cells.map(([title, kind, column]) => {
    const ways = Object.keys(all || {}).filter((each) => column && all[each][1] === column);
    if (!ways.length) return make("th", { scope: "col", class: kind }, title);
    const isChosen = ways.includes(chosen);
    const next = ways[isChosen ? (ways.indexOf(chosen) + 1) % ways.length : 0];
    const up = isChosen && all[chosen][2] > 0;
    const button = make("button",
      { type: "button", class: "sort", id: field + "-" + column, title: all[next][0] },
      title, make("span", { "aria-hidden": "true" }, isChosen ? (up ? " ▲" : " ▼") : " ↕"));
    button.addEventListener("click", () => { lookAt({ [field]: next, ...firstPages }); });
    return make("th", { scope: "col", class: kind,
      "aria-sort": isChosen ? (up ? "ascending" : "descending") : null }, button);
  })));

const firstPages = { page: null, storypage: null, members: null };

const orderChooser = (id, label, all, chosen, field) =>
  chooser(id, label, Object.entries(all).map(([value, [title]]) => [value, title]), chosen,
    (value) => { lookAt({ [field]: value, ...firstPages }); });

const pager = (label, page, pages, name) => {
  const step = (text, to, isPossible) => {
    const button = make("button", { type: "button", id: name + "-" + text }, text);
    button.disabled = !isPossible;
    button.addEventListener("click", () => { lookAt({ [name]: to + 1 }); });
    return button;
  };
  return make("nav", { class: "tools", "aria-label": label },
    step("Previous", page - 1, page > 0),
    make("span", {}, "page " + count(page + 1) + " of " + count(pages)),
    step("Next", page + 1, page + 1 < pages));
};

// What of a list is on the page that is looked at.
const slice = (items, page, rows) => {
  const pages = Math.max(1, Math.ceil(items.length / rows));
  const shown = Math.min(page, pages - 1);
  return { pages, page: shown, items: items.slice(shown * rows, (shown + 1) * rows) };
};
