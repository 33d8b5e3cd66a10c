// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors
// pairs DOCS.bin PAIRS.tsv MODEL.txt OUT.bin : cold scores and measures of given pairs (empty
// counts)
#include "core.h"
int main(int c, char** v) {
  auto docs = loadDocs(v[1]);
  Model m;
  if (string(v[3]) != "-") m.load(v[3]);
  FILE* o = fopen(v[4], "wb");
  ifstream in(v[2]);
  string l;
  Counts cnt;
  while (getline(in, l)) {
    istringstream s(l);
    int a, b;
    s >> a >> b;
    float f[NF + 1];
    features(docs[b], docs[a], cnt, 1, f);
    f[NF] = m.score(f);
    fwrite(f, 4, NF + 1, o);
  }
  fclose(o);
}
