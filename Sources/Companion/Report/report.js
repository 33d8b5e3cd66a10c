// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// Shows the clusters of the page from the data in it, as much as is looked at. What is looked at
// is in the address behind "#", so that Back works and a view can be sent. Names and texts are
// other people's: they become text nodes, never markup.

"use strict";

(() => {
  const clustersPerPage = 12;
  const membersPerPage = 25;
  const relations = ["first", "near", "identical"];
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
  const places = (numbers) => new Map(numbers.map((number, place) => [number, place]));
  const clusterPlaces = places(clusters.number);
  const storyPlaces = places(stories.number);

  // MARK: Elements

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

  const heading = (cells) =>
    make("thead", {}, make("tr", {}, ...cells.map(([title, kind]) =>
      make("th", { scope: "col", class: kind }, title))));

  // MARK: Words

  const count = (number, noun) =>
    number.toLocaleString("en-US") + (noun ? " " + noun + (number === 1 ? "" : "s") : "");

  const time = (milliseconds) => {
    const date = new Date(milliseconds);
    if (Number.isNaN(date.getTime())) return "unknown";
    return date.toISOString().slice(0, 19).replace("T", " ");
  };

  const percent = (share) => {
    const rounded = Math.round(share * 100);
    if (rounded === 100 && share < 1) return "99\u00A0%";
    if (rounded === 0 && share > 0) return "<1\u00A0%";
    return rounded + "\u00A0%";
  };

  const span = (milliseconds) => {
    const units = [["day", 86400000], ["hour", 3600000], ["minute", 60000], ["second", 1000]];
    for (const [unit, length] of units) {
      if (milliseconds >= length) return count(Math.round(milliseconds / length), unit);
    }
    return "less than a second";
  };

  // MARK: What is looked at

  const looked = () => {
    const fields = new URLSearchParams(location.hash.slice(1));
    const page = (name) => Math.max(0, (parseInt(fields.get(name), 10) || 1) - 1);
    return {
      sort: fields.get("sort") === "newest" ? "newest" : "largest",
      find: fields.get("find") || "",
      page: page("page"),
      cluster: parseInt(fields.get("cluster"), 10) || 0,
      members: page("members"),
      by: parseInt(fields.get("by"), 10) || 0,
      stories: fields.get("stories") === "newest" ? "newest" : "largest",
      storyPage: page("storypage"),
      story: parseInt(fields.get("story"), 10) || 0,
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

  // MARK: The list

  const newest = clusters.number.map((_, place) => place)
    .sort((one, other) => clusters.last_document[other] - clusters.last_document[one]);

  const namesHave = (place, wanted) => {
    const end = offsets[place] + clusters.listed[place];
    for (let at = offsets[place]; at < end; at += 1) {
      if (documents.name[at].toLowerCase().includes(wanted)) return true;
    }
    return false;
  };

  const found = (view) => {
    const order = view.sort === "newest" ? newest : newest.map((_, place) => place);
    const wanted = view.find.trim().toLowerCase();
    if (wanted === "") return order;
    return order.filter((place) =>
      "c" + clusters.number[place] === wanted || "s" + clusters.story[place] === wanted
        || namesHave(place, wanted));
  };

  const pager = (label, page, pages, name) => {
    const step = (text, to, isPossible) => {
      const button = make("button", { type: "button", id: name + "-" + text }, text);
      button.disabled = !isPossible;
      button.addEventListener("click", () => { location.hash = address({ [name]: to + 1 }); });
      return button;
    };
    return make("nav", { class: "tools", "aria-label": label },
      step("Previous", page - 1, page > 0),
      make("span", {}, "page " + count(page + 1) + " of " + count(pages)),
      step("Next", page + 1, page + 1 < pages));
  };

  const listRow = (place, shown) => {
    return make("tr", { "aria-current": shown === place ? "true" : null },
      make("th", { scope: "row" }, clusterLink(clusters.number[place])),
      make("td", { class: "number" }, count(clusters.documents[place])),
      make("td", { class: "number wide" }, count(clusters.texts[place])),
      make("td", { class: "time wide" }, time(clusters.first[place])),
      make("td", { class: "time wide" }, time(clusters.last[place])),
      make("td", { class: "name" }, documents.name[offsets[place]]));
  };

  const showList = (view, places, shown) => {
    const pages = Math.max(1, Math.ceil(places.length / clustersPerPage));
    const page = Math.min(view.page, pages - 1);
    const rows = places.slice(page * clustersPerPage, (page + 1) * clustersPerPage);
    document.getElementById("found").textContent = count(places.length, "cluster")
      + (view.find ? " found" : "");
    document.getElementById("list").replaceChildren(
      make("div", { class: "scroll" }, make("table", {},
        make("caption", { class: "hidden" }, "Clusters, the " + view.sort + " first"),
        heading([["Cluster"], ["Documents", "number"], ["Texts", "number wide"],
          ["First seen (UTC)", "wide"], ["Last seen (UTC)", "wide"], ["First document"]]),
        make("tbody", {}, ...rows.map((place) => listRow(place, shown))))),
      pager("Pages of clusters", page, pages, "page"));
    for (const sort of ["largest", "newest"]) {
      document.getElementById(sort).setAttribute("aria-pressed", String(view.sort === sort));
    }
  };

  // MARK: One cluster

  const details = (number) => {
    const block = document.getElementById("cluster-" + number);
    return block ? JSON.parse(block.textContent) : null;
  };

  const named = (at) => documents.name[at] + " (document " + documents.number[at] + ")";

  const facts = (place, detail) => {
    const first = offsets[place];
    const lines = [count(clusters.documents[place], "document") + ", "
      + count(clusters.texts[place], "text") + " with bytes of their own, within "
      + span(clusters.last[place] - clusters.first[place]) + "."];
    if (detail && detail.principal_name) {
      lines.push("Principal, the most complete one: " + detail.principal_name
        + " (document " + detail.principal + ").");
    }
    lines.push("First seen: " + named(first) + ".");
    return [...lines.map((line) => make("p", { class: "name" }, line)), storyFact(place)];
  };

  const storyFact = (place) => {
    const number = clusters.story[place];
    if (!number) return null;
    const listed = storyPlaces.get(number);
    const others = listed === undefined ? "." : ", with "
      + count(stories.clusters[listed] - 1, "other cluster") + ".";
    return make("p", {}, "Story: ", storyLink(number), others);
  };

  const spread = (place) => {
    const times = Array.from({ length: clusters.listed[place] },
      (_, member) => documents.time[offsets[place] + member]).sort((one, other) => one - other);
    const [start, end] = [times[0], times[times.length - 1]];
    const x = (moment) => (end > start ? (moment - start) / (end - start) * 600 : 0);
    let path = "M0 100";
    // A step for each document, but no more than the drawing can show.
    let last = -1;
    times.forEach((moment, before) => {
      const at = Math.round(x(moment) * 2) / 2;
      const height = 100 - (before + 1) / times.length * 96;
      path += at === last ? "V" + height : "H" + at + "V" + height;
      last = at;
    });
    const half = times[Math.ceil(times.length / 2) - 1];
    const says = count(times.length, "document") + " from " + time(start) + " to " + time(end)
      + "; half of them by " + time(half);
    return make("figure", {},
      make("figcaption", { class: "aside" }, says + " (UTC)"),
      draw("svg", { class: "chart low", viewBox: "0 0 600 102", preserveAspectRatio: "none",
        role: "img", "aria-label": says }, draw("path", { class: "spread", d: path + "H600" })),
      make("div", { class: "axis", "aria-hidden": "true" },
        make("span", {}, time(start)), make("span", {}, time(end))));
  };

  const memberRow = (at, member, detail) => {
    const figures = detail ? detail.figures[member] : null;
    const isPrincipal = detail && detail.principal === documents.number[at];
    const notes = [];
    if (isPrincipal) notes.push("principal");
    if (documents.same[at]) notes.push("same bytes as " + documents.same[at]);
    if (documents.state[at] === 1) notes.push("replaced since");
    if (documents.state[at] === 2) notes.push("removed since");
    if (detail && detail.gone.includes(member)) notes.push("file gone");
    return make("tr", {},
      make("th", { scope: "row", class: "number" }, String(documents.number[at])),
      make("td", { class: "time wide" }, time(documents.time[at])),
      make("td", { class: "wide" }, relations[documents.relation[at]]),
      make("td", { class: "number wide" }, count(documents.words[at])),
      make("td", { class: "number" }, figures ? percent(figures[0]) : "–"),
      make("td", { class: "number" }, figures ? percent(figures[1]) : "–"),
      make("td", { class: "number wide" }, figures ? count(figures[2]) : "–"),
      make("td", { class: "name" }, documents.name[at],
        notes.length ? make("span", { class: "aside" }, " (" + notes.join(", ") + ")") : null));
  };

  const memberTable = (place, detail, view) => {
    const listed = clusters.listed[place];
    const pages = Math.ceil(listed / membersPerPage);
    const page = Math.min(view.members, pages - 1);
    const rows = [];
    const end = Math.min(listed, (page + 1) * membersPerPage);
    for (let member = page * membersPerPage; member < end; member += 1) {
      rows.push(memberRow(offsets[place] + member, member, detail));
    }
    const more = clusters.documents[place] - listed;
    return [
      make("p", { class: "aside" }, "In order of arrival. “In principal” is the share of the "
        + "document’s three-word phrases that the principal has, “of principal” the share of the "
        + "principal’s words that it has, “added” its words in no phrase of the principal."),
      make("div", { class: "scroll" }, make("table", {},
        make("caption", { class: "hidden" }, "Documents of the cluster"),
        heading([["Document", "number"], ["Arrived (UTC)", "wide"], ["Relation", "wide"],
          ["Words", "number wide"], ["In principal", "number"], ["Of principal", "number"],
          ["Added", "number wide"], ["Path"]]),
        make("tbody", {}, ...rows))),
      more ? make("p", { class: "aside" }, count(more, "later document") + " not listed here.")
        : null,
      pages > 1 ? pager("Pages of documents", page, pages, "members") : null,
    ];
  };

  const heatRow = (place, similarity, row) => {
    const at = offsets[place] + similarity.members[row];
    const cells = similarity.shares[row].map((share, column) => {
      if (row === column) return make("td", { class: "self" }, "–");
      const cell = make("td", {}, percent(share));
      cell.style.setProperty("--share", share);
      return cell;
    });
    return make("tr", {},
      make("th", { scope: "row", class: "name" },
        documents.number[at] + " " + documents.name[at]), ...cells);
  };

  const heat = (place, similarity) => {
    const numbers = similarity.members.map((member) =>
      [String(documents.number[offsets[place] + member]), "number"]);
    const isPart = similarity.members.length < clusters.texts[place];
    const table = make("table", { class: "heat" },
      make("caption", { class: "hidden" }, "Share of the row’s phrases in the column’s document"),
      heading([["Document"], ...numbers]),
      make("tbody", {}, ...similarity.members.map((_, row) => heatRow(place, similarity, row))));
    return [
      make("p", { class: "aside" }, "Which share of the row’s three-word phrases the column’s "
        + "document has too; columns are document numbers."
        + (isPart ? " Of " + count(clusters.texts[place], "text") + ", "
          + count(similarity.members.length) + " are compared." : "")),
      make("div", { class: "scroll", tabindex: "0", role: "region",
        "aria-label": "Pairwise similarity" }, table),
    ];
  };

  // MARK: The principal's text

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
      make("span", { class: "name" }, documents.number[at] + " " + documents.name[at],
        make("span", { class: "aside" }, " " + says)),
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

  const chooser = (place, detail, view) => {
    const select = make("select", { id: "by" },
      make("option", { value: "" }, "all of them: how many have it"),
      ...detail.reuse.map((reuse) => {
        const at = offsets[place] + reuse.member;
        const option = make("option", { value: documents.number[at] },
          documents.number[at] + " " + documents.name[at]);
        option.selected = documents.number[at] === view.by;
        return option;
      }));
    select.addEventListener("change", () => { location.hash = address({ by: select.value }); });
    return make("div", { class: "tools" }, make("label", {}, "Mark what is reused by", select));
  };

  const principalText = (place, detail, view) => {
    if (!detail.text) return [make("p", {}, detail.text_missing)];
    const chosen = detail.reuse.find((reuse) =>
      documents.number[offsets[place] + reuse.member] === view.by);
    const legend = chosen
      ? [make("mark", {}, "in the same order"), " ", make("mark", { class: "moves" },
        "elsewhere in it")]
      : ["In front of each passage stands how many of " + count(detail.reuse.length)
        + " have it: ", make("mark", { class: "half" }, "up to a third"), " ",
        make("mark", { class: "some" }, "up to two thirds"), " ",
        make("mark", { class: "most" }, "more")];
    const cut = detail.words - detail.text.words.length;
    return [
      chooser(place, detail, view),
      make("p", { class: "aside" }, ...legend),
      make("div", { class: "text" }, ...paragraphs(detail, chosen)),
      cut > 0 ? make("p", { class: "aside" }, count(cut, "more word") + " not shown.") : null,
    ];
  };

  const texts = (place, detail, view) => {
    if (!detail.words) return [make("p", {}, detail.text_missing)];
    const isPart = detail.reuse.length + 1 < clusters.texts[place];
    return [
      make("h3", {}, "Pairwise similarity"),
      ...heat(place, detail.similarity),
      make("h3", {}, "What each has reused of the principal"),
      make("p", { class: "aside" }, "From its first word to its last; "
        + "blue is what stands elsewhere in the other text."
        + (isPart ? " The first " + count(detail.reuse.length) + " are shown." : "")),
      make("ul", { class: "strips" }, ...detail.reuse.map((each) => strip(place, detail, each))),
      make("h3", { id: "text" }, "The text of the principal"),
      ...principalText(place, detail, view),
    ];
  };

  const showCluster = (place, view) => {
    const section = document.getElementById("cluster");
    if (place === undefined) {
      section.replaceChildren();
      return;
    }
    const number = clusters.number[place];
    const detail = detailed.has(number) ? details(number) : null;
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

  // MARK: Stories

  const newestStories = stories.number.map((_, place) => place).sort((one, other) =>
    stories.last[other] - stories.last[one] || stories.number[other] - stories.number[one]);

  const storyRow = (place, shown) =>
    make("tr", { "aria-current": shown === place ? "true" : null },
      make("th", { scope: "row" }, storyLink(stories.number[place])),
      make("td", { class: "number" }, count(stories.clusters[place])),
      make("td", { class: "number" }, count(stories.documents[place])),
      make("td", { class: "time wide" }, time(stories.first[place])),
      make("td", { class: "time wide" }, time(stories.last[place])),
      make("td", { class: "name" }, storyClusters.name[storyOffsets[place]]));

  const storyPartRow = (at) =>
    make("tr", {},
      make("th", { scope: "row" }, clusterLink(storyClusters.number[at])),
      make("td", { class: "number" }, count(storyClusters.documents[at])),
      make("td", { class: "time wide" }, time(storyClusters.first[at])),
      make("td", { class: "name" }, storyClusters.name[at]));

  const showStoryList = (view, order, shown) => {
    const pages = Math.max(1, Math.ceil(order.length / clustersPerPage));
    const page = Math.min(view.storyPage, pages - 1);
    const rows = order.slice(page * clustersPerPage, (page + 1) * clustersPerPage);
    document.getElementById("story-list").replaceChildren(
      make("div", { class: "scroll" }, make("table", {},
        make("caption", { class: "hidden" }, "Stories, the " + view.stories + " first"),
        heading([["Story"], ["Clusters", "number"], ["Documents", "number"],
          ["First seen (UTC)", "wide"], ["Last seen (UTC)", "wide"], ["First document"]]),
        make("tbody", {}, ...rows.map((place) => storyRow(place, shown))))),
      ...(pages > 1 ? [pager("Pages of stories", page, pages, "storypage")] : []));
    for (const sort of ["largest", "newest"]) {
      document.getElementById(sort + "-stories")
        .setAttribute("aria-pressed", String(view.stories === sort));
    }
  };

  const showStory = (place) => {
    const first = storyOffsets[place];
    const rows = stories.listed[place];
    const more = stories.clusters[place] - rows;
    document.getElementById("story").replaceChildren(
      make("h2", { id: "story-shown", tabindex: "-1" }, "Story s" + stories.number[place]),
      make("p", {}, count(stories.clusters[place], "cluster") + ", "
        + count(stories.documents[place], "document") + ", within "
        + span(stories.last[place] - stories.first[place]) + ". Clusters of one document have no "
        + "part of this page to themselves."),
      make("div", { class: "scroll" }, make("table", {},
        make("caption", { class: "hidden" }, "Clusters of the story in order of arrival"),
        heading([["Cluster"], ["Documents", "number"], ["First seen (UTC)", "wide"],
          ["First document"]]),
        make("tbody", {}, ...Array.from({ length: rows }, (_, row) => storyPartRow(first + row))))),
      ...(more ? [make("p", { class: "aside" }, count(more, "later cluster") + " not listed here.")]
        : []));
  };

  // Answers whether the story that was asked for is there.
  const showStories = (view) => {
    if (!stories.number.length) return false;
    const order = view.stories === "newest" ? newestStories : newestStories.map((_, place) => place);
    const asked = storyPlaces.get(view.story);
    const place = asked === undefined ? order[0] : asked;
    showStoryList(view, order, place);
    showStory(place);
    return asked !== undefined;
  };

  // MARK: All of it

  let shownCluster = null;
  let shownStory = null;

  const show = () => {
    const view = looked();
    const order = found(view);
    const focused = document.activeElement ? document.activeElement.id : "";
    const asked = clusterPlaces.get(view.cluster);
    const place = asked === undefined ? order[0] : asked;
    showList(view, order, place);
    showCluster(place, view);
    const hasStory = showStories(view);
    if (document.getElementById("find").value !== view.find) {
      document.getElementById("find").value = view.find;
    }
    // What had the focus may have been drawn anew.
    const kept = document.getElementById(focused);
    if (asked !== undefined && shownCluster !== view.cluster) {
      document.getElementById("shown").focus();
    } else if (hasStory && shownStory !== view.story) {
      document.getElementById("story-shown").focus();
    } else if (kept) kept.focus();
    shownCluster = view.cluster;
    shownStory = view.story;
  };

  for (const sort of ["largest", "newest"]) {
    const value = sort === "largest" ? null : sort;
    document.getElementById(sort).addEventListener("click", () => {
      location.hash = address({ sort: value, page: null });
    });
    const ofStories = document.getElementById(sort + "-stories");
    if (!ofStories) continue;
    ofStories.addEventListener("click", () => {
      location.hash = address({ stories: value, storypage: null });
    });
  }
  document.getElementById("find").addEventListener("input", (event) => {
    history.replaceState(null, "", address({ find: event.target.value, page: null,
      cluster: null, members: null, by: null }));
    show();
  });
  window.addEventListener("hashchange", show);
  document.getElementById("browser").hidden = false;
  show();
})();
