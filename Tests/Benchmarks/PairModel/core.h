// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors
// The measures that PairMeasure.swift describes, for dump.cpp and pairs.cpp.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>
using namespace std;
typedef uint64_t u64;
typedef uint32_t u32;
typedef uint8_t u8;

static inline u64 mix(u64 x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  return x;
}
static inline u64 gram2(u32 a, u32 b) { return mix(((u64)a << 32 | b) ^ 0x9e3779b97f4a7c15ULL); }
static inline u64 gram3(u32 a, u32 b, u32 c) {
  return mix(gram2(a, b) + 0x9e3779b97f4a7c15ULL * (u64)(c + 1ULL));
}

struct Gram {
  u64 h;
  int w;
};  // w: static weight, sum of the token weights
struct Word {
  u32 h;
  int w;
  int tf;
};
struct Doc {
  vector<u32> t;
  vector<u8> w, f;
  vector<Gram> g2, g3;
  vector<Word> words;
  vector<u64> sk;
  u64 thr;
  vector<pair<u64, int>> pos2;  // (2-gram, position), sorted
};

static int envi(const char* n, int d) {
  const char* s = getenv(n);
  return s ? atoi(s) : d;
}
static int SAMPLE = envi("SAMPLE", 8), FLOOR_ = envi("FLOOR", 64), CAP = envi("CAP", 1024);

static void uniq(vector<Gram>& g) {
  sort(g.begin(), g.end(), [](const Gram& a, const Gram& b) { return a.h < b.h; });
  g.erase(unique(g.begin(), g.end(), [](const Gram& a, const Gram& b) { return a.h == b.h; }),
          g.end());
}
static void derive(Doc& d) {
  int n = d.t.size();
  for (int i = 0; i + 1 < n; i++) {
    u64 h = gram2(d.t[i], d.t[i + 1]);
    d.g2.push_back({h, d.w[i] + d.w[i + 1]});
    d.pos2.push_back({h, i});
  }
  for (int i = 0; i + 2 < n; i++)
    d.g3.push_back({gram3(d.t[i], d.t[i + 1], d.t[i + 2]), d.w[i] + d.w[i + 1] + d.w[i + 2]});
  if (n && n < 3) {
    u32 b = n > 1 ? d.t[1] : 0;
    d.g3.push_back({gram3(d.t[0], b, 0), d.w[0] + (n > 1 ? d.w[1] : 0)});
  }
  uniq(d.g2);
  uniq(d.g3);
  sort(d.pos2.begin(), d.pos2.end());
  unordered_map<u32, int> at;
  for (int i = 0; i < n; i++) {
    auto it = at.find(d.t[i]);
    if (it == at.end()) {
      at[d.t[i]] = d.words.size();
      d.words.push_back({d.t[i], d.w[i], 1});
    } else
      d.words[it->second].tf++;
  }
  sort(d.words.begin(), d.words.end(), [](const Word& a, const Word& b) { return a.h < b.h; });
  // sketch: hashes under max(2^64/8, the 64th smallest), at most the 1024 smallest; g3 is sorted by
  // hash already
  u64 T = ~0ULL / SAMPLE;
  size_t k = 0;
  while (k < d.g3.size() && k < (size_t)CAP && (k < (size_t)FLOOR_ || d.g3[k].h < T)) k++;
  for (size_t i = 0; i < k; i++) d.sk.push_back(d.g3[i].h);
}
static vector<Doc> loadDocs(const string& path) {
  FILE* f = fopen(path.c_str(), "rb");
  if (!f) {
    perror(path.c_str());
    exit(1);
  }
  vector<Doc> v;
  u32 n;
  while (fread(&n, 4, 1, f) == 1) {
    v.emplace_back();
    Doc& d = v.back();
    vector<u8> b(n * 6);
    if (n && fread(b.data(), 6, n, f) != n) exit(1);
    d.t.resize(n);
    d.w.resize(n);
    d.f.resize(n);
    for (u32 i = 0; i < n; i++) {
      memcpy(&d.t[i], &b[i * 6], 4);
      d.w[i] = b[i * 6 + 4];
      d.f[i] = b[i * 6 + 5];
    }
    derive(d);
  }
  fclose(f);
  return v;
}
// How many clusters hold a gram: count-min sketch, two probes, saturating at 15, two generations.
struct Counts {
  static int& bits() {
    static int b = envi("BITS", 25);
    return b;
  }
  static int& gen() {
    static int g = envi("GEN", 8192);
    return g;
  }
  vector<u8> cur, old;
  int filled = 0;
  Counts() : cur(1u << bits()), old(1u << bits()) {}
  static u32 p1(u64 h) { return h & ((1u << bits()) - 1); }
  static u32 p2(u64 h) { return (h >> 32) & ((1u << bits()) - 1); }
  int get(u64 h) const { return min(cur[p1(h)], cur[p2(h)]) + min(old[p1(h)], old[p2(h)]); }
  void add(u64 h) {
    u8 &a = cur[p1(h)], &b = cur[p2(h)];
    u8 m = min(a, b);
    if (m < 15) {
      if (a == m) a++;
      if (b == m && &a != &b) b++;
    }
  }
  void document() {
    if (++filled == gen()) {
      swap(cur, old);
      fill(cur.begin(), cur.end(), 0);
      filled = 0;
    }
  }
};
// weight factor by clusters beyond the ones compared, in 1/64
static inline int factor(int ext) {
  static int T[32];
  if (!T[0])
    for (int i = 0; i < 32; i++) T[i] = (int)(64.0 / (1 + i / 2.0) + .5);
  return T[min(31, max(0, ext))];
}

static const int NF = 33;
static const char* FNAME[NF] = {"c3",   "j3",     "c2",   "j2",     "sc3",     "sj3",  "kc3",
                                "kj3",  "kc2",    "kj2",  "cos",    "rare",    "num",  "loc",
                                "run",  "prose",  "len",  "ratio",  "unusual", "evid", "cov6",
                                "rsub", "region", "dsub", "xsub",   "bshort",  "bmax", "bmin",
                                "own",  "ownabs", "gap",  "gapabs", "out"};

struct NG {
  double inter, a, b, si, sa, sb, ki, ka, kb;
};
static NG compareGrams(const vector<Gram>& A, const vector<Gram>& B, const Counts& c, int own) {
  NG r{};
  size_t i = 0, j = 0;
  long si = 0, sa = 0, sb = 0, ki = 0, ka = 0, kb = 0, in = 0;
  while (i < A.size() || j < B.size()) {
    if (j == B.size() || (i < A.size() && A[i].h < B[j].h)) {
      int k = A[i].w * factor(c.get(A[i].h) - 1);
      sa += A[i].w;
      ka += k;
      i++;
    } else if (i == A.size() || B[j].h < A[i].h) {
      int k = B[j].w * factor(c.get(B[j].h) - 1);
      sb += B[j].w;
      kb += k;
      j++;
    } else {
      int k = A[i].w * factor(c.get(A[i].h) - own);
      sa += A[i].w;
      sb += A[i].w;
      si += A[i].w;
      ka += k;
      kb += k;
      ki += k;
      in++;
      i++;
      j++;
    }
  }
  r.inter = in;
  r.a = A.size();
  r.b = B.size();
  r.si = si;
  r.sa = sa;
  r.sb = sb;
  r.ki = ki;
  r.ka = ka;
  r.kb = kb;
  return r;
}
static inline double ratio(double x, double y) { return y > 0 ? x / y : 0; }

// own: how many of the counted clusters are the two compared documents' own (1: one of them not
// counted yet or same cluster; 2: two clusters)
static void features(const Doc& A0, const Doc& B0, const Counts& c, int own, float* f) {
  bool swp = A0.t.size() > B0.t.size();
  const Doc &A = swp ? B0 : A0, &B = swp ? A0 : B0;  // A is the shorter
  NG r3 = compareGrams(A.g3, B.g3, c, own), r2 = compareGrams(A.g2, B.g2, c, own);
  f[0] = ratio(r3.inter, min(r3.a, r3.b));
  f[1] = ratio(r3.inter, r3.a + r3.b - r3.inter);
  f[2] = ratio(r2.inter, min(r2.a, r2.b));
  f[3] = ratio(r2.inter, r2.a + r2.b - r2.inter);
  f[4] = ratio(r3.si, min(r3.sa, r3.sb));
  f[5] = ratio(r3.si, r3.sa + r3.sb - r3.si);
  f[6] = ratio(r3.ki, min(r3.ka, r3.kb));
  f[7] = ratio(r3.ki, r3.ka + r3.kb - r3.ki);
  f[8] = ratio(r2.ki, min(r2.ka, r2.kb));
  f[9] = ratio(r2.ki, r2.ka + r2.kb - r2.ki);
  // words
  double dot = 0, na = 0, nb = 0;
  long ri = 0, ra = 0, rb = 0;
  size_t i = 0, j = 0;
  auto val = [](const Word& w) {
    static const double L[6] = {0, 1, 1.7, 2.1, 2.4, 2.6};
    return (w.w - 4) * L[min(5, w.tf)];
  };
  while (i < A.words.size() || j < B.words.size()) {
    if (j == B.words.size() || (i < A.words.size() && A.words[i].h < B.words[j].h)) {
      double v = val(A.words[i]);
      na += v * v;
      if (A.words[i].w >= 30) ra += A.words[i].w;
      i++;
    } else if (i == A.words.size() || B.words[j].h < A.words[i].h) {
      double v = val(B.words[j]);
      nb += v * v;
      if (B.words[j].w >= 30) rb += B.words[j].w;
      j++;
    } else {
      double v = val(A.words[i]), u = val(B.words[j]);
      dot += u * v;
      na += v * v;
      nb += u * u;
      if (A.words[i].w >= 30) {
        int w = A.words[i].w;
        ra += w;
        rb += w;
        ri += w;
      }
      i++;
      j++;
    }
  }
  f[10] = na > 0 && nb > 0 ? dot / sqrt(na * nb) : 0;
  f[11] = ratio(ri + 60, min(ra, rb) + 60);
  // alignment: scan B, greedy longest common runs in A by 2-grams, at most 6 occurrences each
  int n = A.t.size(), m = B.t.size();
  static vector<u8> ca;
  ca.assign(n, 0);
  int ie = -100, je = -100;
  double M = 0, G = 0, GA = 0, dm = 0, dd = 0, rm = 0, rd = 0, pb = 0, cov6 = 0;
  int best = 0;
  long bcov = 0;
  static vector<u8> cb;
  cb.assign(m, 0);
  static vector<array<int, 3>> runs;
  runs.clear();
  for (int jj = 0; jj + 1 < m;) {
    u64 h = gram2(B.t[jj], B.t[jj + 1]);
    auto it = lower_bound(A.pos2.begin(), A.pos2.end(), make_pair(h, -1));
    int L = 0, at = -1;
    bool near = false;
    int seen = 0;
    for (; it != A.pos2.end() && it->first == h && seen < 6; ++it, ++seen) {
      int p = it->second, l = 2;
      while (p + l < n && jj + l < m && A.t[p + l] == B.t[jj + l]) l++;
      bool nr = jj - je <= 4 && p - ie >= 0 && p - ie <= 4;
      if (l + (nr ? 3 : 0) > L + (near ? 3 : 0)) {
        L = l;
        at = p;
        near = nr;
      }
    }
    if (!L) {
      jj++;
      continue;
    }
    if (L == 2 && !near) {
      jj++;
      continue;
    }  // an isolated word pair is no run
    if (near) {
      int ga = at - ie, gb = jj - je;
      G += max(ga, gb);
      GA += ga;
      if (ga > 0 && gb > 0) {
        bool da = false, db = false, xa = false, xb = false;
        for (int k = ie; k < at; k++) {
          da |= A.f[k] & 1;
          xa |= A.w[k] >= 30;
        }
        for (int k = je; k < jj; k++) {
          db |= B.f[k] & 1;
          xb |= B.w[k] >= 30;
        }
        dd += da && db;
        rd += xa && xb;
      }
    }
    M += L;
    best = max(best, L);
    for (int k = 0; k < L; k++) {
      if (A.f[at + k] & 1) dm++;
      if (A.w[at + k] >= 30) rm++;
      ca[at + k] = 1;
      cb[jj + k] = 1;
      if (B.f[jj + k] & 2) pb++;
      int q = 2 * (B.f[jj + k] >> 4) - 4;
      bcov += q < 0 ? 0 : q > 20 ? 20 : q;
    }
    if (L >= 6) cov6 += L;
    runs.push_back({at, jj, L});
    ie = at + L;
    je = jj + L;
    jj += L;
  }
  double pa = 0, ta = 0, tb = 0;
  for (int k = 0; k < n; k++)
    if (A.f[k] & 2) {
      ta++;
      pa += ca[k];
    }
  for (int k = 0; k < m; k++)
    if (B.f[k] & 2) tb++;
  f[12] = (dm + 1) / (dm + dd + 1);
  f[13] = M > 0 ? M / (M + G) : 0;
  f[14] = log2(1.0 + best);
  f[15] = max(ta >= 10 ? pa / ta : 0, tb >= 10 ? pb / tb : 0);
  if (ta < 10 && tb < 10) f[15] = f[2];
  // body: tokens of long lines count more: 0 below 6 tokens a line, 1 from 26

  long ba = 0, bb = 0, wa = 0, wb = 0;
  auto bw = [](u8 fl) {
    int q = 2 * (fl >> 4) - 4;
    return q < 0 ? 0 : q > 20 ? 20 : q;
  };
  for (int k = 0; k < n; k++) {
    int w = bw(A.f[k]);
    wa += w;
    if (ca[k]) ba += w;
  }
  for (int k = 0; k < m; k++) wb += bw(B.f[k]);
  bb = bcov;
  if (wa < 200 || wb < 200) {
    f[25] = f[26] = f[27] = f[2];
  } else {
    double x = (double)ba / wa, y = (double)bb / wb;
    f[25] = wa < wb ? x : y;
    f[26] = max(x, y);
    f[27] = min(x, y);
  }

  // own cores
  {
    bool flat = wa < 200 || wb < 200;
    auto val = [&](u8 fl) { return flat ? 20 : bw(fl); };
    struct Seg {
      long w;
      int s, e;
    };
    auto seg = [&](const Doc& D, const vector<u8>& c) {
      Seg b{0, 0, 0};
      long cur = 0;
      int st = 0;
      int N = D.t.size();
      for (int k = 0; k < N; k++) {
        long v = val(D.f[k]);
        cur += c[k] ? -v : v;
        if (cur <= 0) {
          cur = 0;
          st = k + 1;
        } else if (cur > b.w)
          b = {cur, st, k + 1};
      }
      return b;
    };
    long TA = flat ? 20L * n : wa, TB = flat ? 20L * m : wb;
    Seg a1 = seg(A, ca), b1 = seg(B, cb);
    f[28] = min(ratio(a1.w, TA), ratio(b1.w, TB));
    f[29] = log2(1.0 + min(a1.w, b1.w) / 20.0);
    // facing gap between successive anchors (runs of 5 and more), in the order of B
    vector<long> PA(n + 1, 0), PB(m + 1, 0);
    for (int k = 0; k < n; k++) PA[k + 1] = PA[k] + val(A.f[k]);
    for (int k = 0; k < m; k++) PB[k + 1] = PB[k] + val(B.f[k]);
    long gap = 0;
    int xa = -1, xb = -1;
    for (auto& r : runs)
      if (r[2] >= 5) {
        if (xa >= 0 && r[0] >= xa) gap = max(gap, min(PA[r[0]] - PA[xa], PB[r[1]] - PB[xb]));
        xa = r[0] + r[2];
        xb = r[1] + r[2];
      }
    f[30] = ratio(gap, min(TA, TB));
    f[31] = log2(1.0 + gap / 20.0);
    auto outs = [&](const Doc& D, const vector<u8>& c, const Seg& s) {
      long t = 0, h = 0;
      int N = D.t.size();
      for (int k = 0; k < N; k++)
        if (k < s.s || k >= s.e) {
          t++;
          h += c[k];
        }
      return (h + 5.0) / (t + 10.0);
    };
    f[32] = min(outs(A, ca, a1), outs(B, cb, b1));
  }
  f[16] = log2(1.0 + n);
  f[17] = ratio(n, m);
  f[18] = r2.si > 0 ? r2.ki / (64.0 * r2.si) : 0;
  f[19] = log2(1.0 + r3.ki / 6400.0);
  f[22] = min(1.0, (M + GA) / max(1, n));
  f[23] = log2(1.0 + dd);
  f[24] = log2(1.0 + rd);
  f[20] = min(1.0, cov6 / max(1, n));
  f[21] = (rm + 1) / (rm + rd + 1);
}
struct Model {
  struct T {
    int d;
    vector<int> feat;
    vector<float> thr;
    vector<float> leaf;
  };
  vector<T> trees;
  double bias = 0;
  bool ok = false;
  // "tree F0 T0 F1 T1 ... F6 T6 L0..L7": complete trees of depth 3, x <= thr goes left
  void load(const string& p) {
    ifstream in(p);
    string s;
    if (!in) {
      cerr << "no model " << p << "\n";
      exit(1);
    }
    while (in >> s) {
      if (s == "bias")
        in >> bias;
      else if (s == "tree") {
        T t;
        t.feat.resize(7);
        t.thr.resize(7);
        t.leaf.resize(8);
        for (int i = 0; i < 7; i++) in >> t.feat[i] >> t.thr[i];
        for (auto& x : t.leaf) in >> x;
        trees.push_back(t);
      }
    }
    ok = true;
  }
  // trees from number 150 on are the frame correction: weighed by `scale`
  double score(const float* f, double scale = 1) const {
    double s = bias, s2 = 0;
    size_t n = 0;
    for (auto& t : trees) {
      int k = 0;
      for (int d = 0; d < 3; d++) k = 2 * k + (f[t.feat[k]] <= t.thr[k] ? 1 : 2);
      (n++ < 150 ? s : s2) += t.leaf[k - 7];
    }
    return s + scale * s2;
  }
};
