// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors
// dump DOCS.bin DOCS.tsv ORDER.txt OUT.bin : features of candidate pairs in a stream, cluster
// counts by the true labels.
#include "core.h"
int main(int c, char** v) {
  auto docs = loadDocs(v[1]);
  vector<string> lab;
  {
    ifstream in(v[2]);
    string l;
    while (getline(in, l)) {
      auto a = l.find('\t'), b = l.find('\t', a + 1);
      lab.push_back(l.substr(0, a) + "/" + l.substr(b + 1));
    }
  }
  vector<int> order;
  {
    ifstream in(v[3]);
    int x;
    while (in >> x) order.push_back(x);
  }
  FILE* o = fopen(v[4], "wb");
  Counts cnt;
  unordered_map<u64, vector<int>> idx;
  unordered_map<string, vector<int>> byl;
  vector<int> hit(docs.size());
  long np = 0;
  for (int d : order) {
    if (d < 0) {
      cnt = Counts();
      idx.clear();
      byl.clear();
      continue;
    }  // a new, empty daemon
    const Doc& D = docs[d];
    vector<int> cand;
    for (u64 h : D.sk) {
      auto it = idx.find(h);
      if (it != idx.end())
        for (int e : it->second)
          if (!hit[e]++) cand.push_back(e);
    }
    for (int e : byl[lab[d]])
      if (!hit[e]) {
        cand.push_back(e);
      }
    for (int e : cand) {
      int same = lab[d] == lab[e];
      float f[NF];
      if (!same && hit[e] < 2 && D.sk.size() > 30 && (e * 2654435761u + d) % 8) {
        hit[e] = 0;
        continue;
      }  // thin out the hopeless
      features(D, docs[e], cnt, 1, f);
      int head[4] = {d, e, same, hit[e]};
      fwrite(head, 4, 4, o);
      fwrite(f, 4, NF, o);
      np++;
      hit[e] = 0;
    }
    for (u64 h : D.sk) {
      auto& p = idx[h];
      if (p.size() < 200) p.push_back(d);
    }
    auto& mates = byl[lab[d]];
    auto add = [&](int n) {
      const auto& g = n == 2 ? D.g2 : D.g3;
      for (auto& x : g) {
        bool have = false;
        for (int e : mates) {
          const auto& q = n == 2 ? docs[e].g2 : docs[e].g3;
          auto it =
              lower_bound(q.begin(), q.end(), x.h, [](const Gram& a, u64 b) { return a.h < b; });
          if (it != q.end() && it->h == x.h) {
            have = true;
            break;
          }
        }
        if (!have) cnt.add(x.h);
      }
    };
    add(2);
    add(3);
    cnt.document();
    mates.push_back(d);
  }
  fclose(o);
  fprintf(stderr, "%ld pairs\n", np);
}
