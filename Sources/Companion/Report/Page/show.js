// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// Shows what is looked at, as much of the page's data as that takes.

"use strict";

let shownCluster = null;
let shownStory = null;

const show = () => {
  const view = looked();
  const order = matching(view);
  const focused = document.activeElement ? document.activeElement.id : "";
  const asked = clusterPlaces.get(view.cluster);
  const place = asked === undefined ? order[0] : asked;
  fillFilters(view);
  showList(view, order, place);
  showCluster(place, view);
  const hasStory = showStories(view);
  // What had the focus may have been drawn anew.
  const kept = focused ? document.getElementById(focused) : null;
  if (asked !== undefined && shownCluster !== view.cluster) {
    document.getElementById("shown").focus();
  } else if (hasStory && shownStory !== view.story) {
    document.getElementById("story-shown").focus();
  } else if (kept) kept.focus();
  shownCluster = view.cluster;
  shownStory = view.story;
};

listenToFilters(show);
window.addEventListener("hashchange", show);
document.getElementById("browser").hidden = false;
show();
