// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// Stories: clusters that tell of one event in different words.

"use strict";

const storyRow = (place, shown) =>
  make("tr", { "aria-current": shown === place ? "true" : null },
    make("th", { scope: "row" }, storyLink(stories.number[place])),
    make("td", { class: "number" }, count(stories.clusters[place])),
    make("td", { class: "number wide" }, count(stories.documents[place])),
    make("td", { class: "time wide" }, time(stories.first[place])),
    make("td", { class: "time wide" }, time(stories.last[place])),
    said(storyClusters.headline[storyOffsets[place]], storyClusters.name[storyOffsets[place]]));

const storyPartRow = (at) =>
  make("tr", {},
    make("th", { scope: "row" }, clusterLink(storyClusters.number[at])),
    make("td", { class: "number" }, count(storyClusters.documents[at])),
    make("td", { class: "time wide" }, time(storyClusters.first[at])),
    said(storyClusters.headline[at], storyClusters.name[at]));

const showStoryList = (view, order, shown) => {
  const part = slice(order, view.storyPage, view.rows);
  document.getElementById("story-choices").replaceChildren(
    orderChooser("story-order", "Order", storyOrders, view.stories, "stories"));
  document.getElementById("story-list").replaceChildren(
    make("table", {},
      make("caption", { class: "hidden" }, "Stories. " + storyOrders[view.stories][0]),
      heading([["Story"], ["Clusters", "number", "clusters"],
        ["Documents", "number wide", "documents"], ["First seen (UTC)", "wide"],
        ["Last seen (UTC)", "wide", "last"], ["Headline and first file"]],
      storyOrders, view.stories, "stories"),
      make("tbody", {}, ...part.items.map((place) => storyRow(place, shown)))),
    ...(part.pages > 1 ? [pager("Pages of stories", part.page, part.pages, "storypage")] : []));
};

const showStory = (place) => {
  const first = storyOffsets[place];
  const rows = stories.listed[place];
  const more = stories.clusters[place] - rows;
  const name = "s" + stories.number[place];
  document.getElementById("story").replaceChildren(
    make("h2", { id: "story-shown", tabindex: "-1" }, "Story " + name),
    make("p", {}, count(stories.clusters[place], "cluster") + ", "
      + count(stories.documents[place], "document") + ", within "
      + span(stories.last[place] - stories.first[place]) + ". Clusters of one document have no "
      + "part of this page to themselves."),
    make("p", {}, leading("Only its clusters in the list above",
      { ...noFilters, within: name, page: null }, "clusters")),
    make("table", {},
      make("caption", { class: "hidden" }, "Clusters of the story in order of arrival"),
      heading([["Cluster"], ["Documents", "number"], ["First seen (UTC)", "wide"],
        ["Headline and first file"]]),
      make("tbody", {}, ...Array.from({ length: rows }, (_, row) => storyPartRow(first + row)))),
    ...(more ? [make("p", { class: "aside" }, count(more, "later cluster") + " not listed here.")]
      : []));
};

// Answers whether the story that was asked for is there.
const showStories = (view) => {
  if (!stories.number.length) return false;
  const order = sorted(stories.number.map((_, place) => place), storyOrders[view.stories]);
  const asked = storyPlaces.get(view.story);
  const place = asked === undefined ? order[0] : asked;
  showStoryList(view, order, place);
  showStory(place);
  return asked !== undefined;
};
