// stories.cpp - reference prototype of STORIES.md. g++ -O2 -ffp-contract=off -std=c++17 -o stories stories.cpp
// stories DOCS.bin EVENTS.(jsonl|txt) COEFF.txt OUT.jsonl [words.tsv] [name=value ...]     (EVENTS .txt: order only, every document its own cluster)
#include <algorithm>
#include <ctime>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>
using namespace std; typedef uint32_t u32; typedef uint64_t u64; typedef uint16_t u16; typedef uint8_t u8;
static map<string,double> P;
struct Tok{u32 h;u8 w,f;};
static u64 mix(u64 x){x^=x>>32;x*=0xd6e8feb86659fd93ULL;x^=x>>32;x*=0xd6e8feb86659fd93ULL;x^=x>>32;return x;}
static u64 gram2(u32 a,u32 b){return mix(((u64)a<<32|b)^0x9e3779b97f4a7c15ULL);}
// ---- two generations of counts and of seen lines
struct Memory{
  static const int DB=20,LB=23; struct Cell{u16 cur=0,old=0;};vector<Cell> c; vector<u64> l0,l1; long n0=0,n1=0; int gen;
  void init(int g){gen=g;c.assign(1u<<DB,Cell{});l0.assign(1u<<(LB-6),0);l1=l0;}
  static u32 p1(u32 h){return h&((1u<<DB)-1);} static u32 p2(u32 h){return (u32)(mix(h)>>40)&((1u<<DB)-1);}
  int count(u32 h)const{u32 a=p1(h),b=p2(h);return min(c[a].cur,c[b].cur)+min(c[a].old,c[b].old);}
  void add(u32 h,int by){if(!by)return;u32 a=p1(h),b=p2(h);u16 x=c[a].cur,y=c[b].cur;u16 m=min(x,y);u16 z=min(65535,m+by);c[a].cur=max(x,z);c[b].cur=max(y,z);}
  static bool has(const vector<u64>&v,u64 h){u32 a=h&((1u<<LB)-1),b=(h>>32)&((1u<<LB)-1);return (v[a>>6]>>(a&63)&1)&&(v[b>>6]>>(b&63)&1);}
  bool seen(u64 h)const{return has(l0,h)||has(l1,h);}
  void see(u64 h){u32 a=h&((1u<<LB)-1),b=(h>>32)&((1u<<LB)-1);l0[a>>6]|=1ull<<(a&63);l0[b>>6]|=1ull<<(b&63);}
  void step(){if(++n0>=gen){for(auto&x:c){x.old=x.cur;x.cur=0;}swap(l0,l1);fill(l0.begin(),l0.end(),0);n1=n0;n0=0;}}
  long N()const{return n0+n1;}
};
struct Term{u32 h;float w;u32 a,b;};           // b = 0: a single word
struct Vec{vector<u32> t;float norm=0;};         // t: key24<<8 | q, ascending
static inline int dotq(const Vec&x,const Vec&y){int s=0;size_t i=0,j=0,n=x.t.size(),m=y.t.size();while(i<n&&j<m){u32 a=x.t[i]>>8,b=y.t[j]>>8;if(a==b)s+=(x.t[i]&255)*(y.t[j]&255);i+=a<=b;j+=b<=a;}return s;}
struct Probe{u32 k[256];Probe(){memset(k,0,sizeof k);}vector<u8> used;const Vec*v=nullptr; // one vector's terms by hash, to be multiplied with many
  void load(const Vec&x){for(u8 i:used)k[i]=0;used.clear();v=&x;for(u32 t:x.t){u32 i=(t>>8)*0x9e3779b1u>>24;while(k[i])i=(i+1)&255;k[i]=t;used.push_back(i);}}
  int dot(const Vec&y)const{int s=0;for(u32 t:y.t){u32 i=(t>>8)*0x9e3779b1u>>24,e;while((e=k[i])){if(!((e^t)>>8)){s+=(e&255)*(t&255);break;}i=(i+1)&255;}}return s;}
  double sim(const Vec&y)const{return v->norm>0&&y.norm>0?dot(y)/((double)v->norm*y.norm):0;}};
static inline double sim(const Vec&x,const Vec&y){return x.norm>0&&y.norm>0?dotq(x,y)/((double)x.norm*y.norm):0;}
struct Weigher{
  // tables
  float S[64],UN[64];          // static idf; 
  vector<float> LN,PW,LEAD; double alpha,k,name,num,title,shortw,nratio,pair,pb,pcap,npair,cjku,cjkp,damp,minidf,capx;int pminw,T;
  void init(){alpha=P["alpha"];k=P["k"];name=P["name"];num=P["num"];title=P["title"];shortw=P["short"];nratio=P["nratio"];pair=P["pair"];pb=P["pb"];pcap=P["pcap"];npair=P["npair"];cjku=P["cjku"];cjkp=P["cjkp"];damp=P["damp"];minidf=P["minidf"];capx=P["capx"];pminw=P["pminw"];T=P["T"];
    for(int w=0;w<64;w++)S[w]=min(P["ucap"],-log(1-exp(-P["L"]*pow(10,-1-w/10.0))));
    PW.resize(1024);for(int i=0;i<1024;i++)PW[i]=pow(i/64.0,P["pw"]); LEAD.resize(512);for(int i=0;i<512;i++)LEAD[i]=1+P["lead"]*exp(-i/80.0);}
  struct Slot{u32 h,a,b;float tf;u16 n,cap;u8 w,w2,kind,used;};   // kind 0 word 1 number 3 single-character 4 pair 6 pair of single characters
  struct Pre{u32 h;float w,f,si;u32 a,b;};vector<Pre> pre;
  vector<Slot> tab; vector<u32> filled; vector<float> ow; vector<u64> lh;
  Slot&at(u32 h,bool two){u32 m=tab.size()-1,i=(u32)(h*0x9e3779b1u)>>7&m;while(tab[i].used&&(tab[i].h!=h||(tab[i].kind>=4)!=two))i=(i+1)&m;if(!tab[i].used){tab[i]=Slot{h,0,0,0,0,0,0,0,(u8)(two?4:0),1};filled.push_back(i);}return tab[i];}
  void terms(const vector<Tok>&t,Memory&M,vector<Term>&out){
    size_t n=t.size();size_t need=64;while(need<2*n+8)need*=2;if(tab.size()<need)tab.assign(need,Slot{});filled.clear();ow.resize(n);lh.clear();
    for(size_t a=0;a<n;){size_t b=a+1;while(b<n&&!(t[b].f&2))b++;u64 h=0x243f6a8885a308d3ULL;for(size_t i=a;i<b;i++)h=mix(h^t[i].h)+0x9e3779b97f4a7c15ULL;h=mix(h);lh.push_back(h);
      float f=M.seen(h)?damp:1;if(a==0)f*=title;else if(b-a<8)f*=shortw;for(size_t i=a;i<b;i++)ow[i]=f*(i<512?LEAD[i]:1);a=b;}
    for(u64 h:lh)M.see(h);
    for(size_t i=0;i<n;i++){if(S[t[i].w]<minidf)continue;Slot&s=at(t[i].h,false);s.tf+=ow[i];s.n++;s.cap+=t[i].f>>2&1;s.w=t[i].w;s.a=t[i].h;s.kind=t[i].f&1?1:t[i].f&8?3:0;}
    for(size_t i=0;i+1<n;i++){bool cj=(t[i].f&8)&&(t[i+1].f&8);if(!cj&&(pair==0||t[i].w<pminw||t[i+1].w<pminw))continue;u32 h=gram2(t[i].h,t[i+1].h)>>32;Slot&s=at(h,true);s.tf+=ow[i];s.n++;s.cap+=(t[i].f>>2&1)+(t[i+1].f>>2&1);s.w=t[i].w;s.w2=t[i+1].w;s.a=t[i].h;s.b=t[i+1].h;s.kind=cj?6:4;}
    double lnA=log(alpha+M.N()); out.clear(); pre.clear();
    for(u32 ix:filled){Slot&s=tab[ix];s.used=0;double si,b;
      if(s.kind<4){si=S[s.w];b=s.kind==1?num:s.kind==3?cjku:(s.cap&&s.cap>=nratio*s.n)?name:1;}
      else{double x=S[s.w],y=S[s.w2];if(s.kind==6){si=min(pcap,x+y);b=cjkp;}else{si=max(x,y);b=pair;}}
      if(si<minidf)continue;
      float f=(float)(s.tf*(1+k)/(s.tf+k)*b);pre.push_back({s.h,f*PW[min(1023,(int)(si*64+.5))],f,(float)si,s.a,s.b});}
    auto cp=[](const Pre&x,const Pre&y){return x.w!=y.w?x.w>y.w:x.h<y.h;};
    if((int)pre.size()>4*T/3){nth_element(pre.begin(),pre.begin()+4*T/3,pre.end(),cp);pre.resize(4*T/3);}
    for(auto&x:pre){double idf=min((double)x.si,lnA-log(alpha*exp(-(double)x.si)+M.count(x.h)/8.0));if(idf<minidf)continue;
      out.push_back({x.h,x.f*PW[min(1023,(int)(idf*64+.5))],x.a,x.b});}
    auto cmp=[](const Term&x,const Term&y){return x.w!=y.w?x.w>y.w:x.h<y.h;};
    if((int)out.size()>T){nth_element(out.begin(),out.begin()+T,out.end(),cmp);out.resize(T);}sort(out.begin(),out.end(),cmp);}
  static void quantise(const vector<Term>&t,Vec&v){v.t.clear();if(t.empty()){v.norm=0;return;}float mx=t[0].w;for(auto&x:t){u32 q=max(1,(int)(x.w/mx*255+.5f));v.t.push_back((x.h>>8)<<8|q);}
    sort(v.t.begin(),v.t.end(),[](u32 a,u32 b){return (a>>8)!=(b>>8)?(a>>8)<(b>>8):a>b;});v.t.erase(unique(v.t.begin(),v.t.end(),[](u32 a,u32 b){return a>>8==b>>8;}),v.t.end());long s=0;for(u32 x:v.t)s+=(x&255)*(x&255);v.norm=sqrt((double)s);}
};
struct Unit{int doc,story;Vec v;bool dead=false,named=false;};            // the founder of a near-duplicate cluster
struct Story{int id;vector<int> mem,reps;bool dead=false;int par=-1;};
struct Engine{
  Memory M;Weigher W;vector<Unit> U;vector<Story> St;unordered_map<u32,vector<u32>> idx;int live=0; // units below `live` have expired
  int dfin,K1,K1i,PL,K,R,smin,smax,window;double bigp,theta,th2,sz,thm,thmm,mr,sr,sr2;ostream*out;map<u32,string>*words;
  long sims=0,merges=0,cands=0,splits=0,moved=0,links=0;unordered_map<int,int> unitOf;vector<int> dcl; // cluster -> unit; document -> cluster
  unordered_map<int,vector<int>> docsOf;bool logs;
  void init(){M.init(P["gen"]);W.init();K1=P["K1"];dfin=P["dfin"];K1i=P["K1i"];PL=P["PL"];K=P["K"];R=P["R"];smin=P["smin"];smax=P["smax"];window=P["window"];theta=P["theta"];bigp=P["bigp"];th2=P["th2"];sz=P["sz"];thm=P["thm"];thmm=P["thmm"];mr=P["mr"];sr=P["sr"];sr2=P["sr2"];}
  Probe pr;double SP(int b){sims++;return pr.sim(U[b].v);}
  void addrep(Story&s,int u){if((int)s.reps.size()<R){s.reps.push_back(u);return;}int n=s.mem.size();u64 x=mix(((u64)U[u].doc<<20)^(u64)n);int j=(x>>33)%n;if(j>=1&&j<R)s.reps[j]=u;}
  int newStory(int u){int s=St.size();St.push_back({U[u].doc,{},{},false});U[u].named=true;return s;}
  void emitMove(int u,int from,int to,const char*why){for(int d:docsOf[u])if(logs)*out<<"{\"event\":\"story-moved\",\"document\":"<<d<<",\"from\":"<<St[from].id<<",\"to\":"<<St[to].id<<",\"reason\":\""<<why<<"\"}\n";}
  int merge(int a,int b){if(a==b)return a;if(St[b].id<St[a].id)swap(a,b);merges++;Story&A=St[a],&B=St[b];vector<int> r;for(size_t i=0;(i<A.reps.size()||i<B.reps.size())&&(int)r.size()<R;i++){if(i<A.reps.size())r.push_back(A.reps[i]);if(i<B.reps.size()&&(int)r.size()<R)r.push_back(B.reps[i]);}
    A.reps=r;for(int x:B.mem){U[x].story=a;A.mem.push_back(x);}if(logs)*out<<"{\"event\":\"story-merged\",\"story\":"<<A.id<<",\"absorbed\":["<<B.id<<"]}\n";B.mem.clear();B.reps.clear();B.dead=true;B.par=a;return a;}
  int of(int u){int s=U[u].story;while(St[s].par>=0)s=St[s].par;return s;} // a unit's story, also when the unit has expired
  double within(const Story&A){double s=0;int n=0,m=min<int>(8,A.reps.size());for(int i=0;i<m;i++){pr.load(U[A.reps[i]].v);for(int j=0;j<i;j++){s+=SP(A.reps[j]);n++;}}return n?s/n:-1;}
  double cross(const Story&A,const Story&B){double s=0;int n=0,a=min<int>(8,A.reps.size()),b=min<int>(8,B.reps.size());for(int i=0;i<a;i++){pr.load(U[A.reps[i]].v);for(int j=0;j<b;j++){s+=SP(B.reps[j]);n++;}}return n?s/n:0;}
  void split(int si){
    int n=St[si].reps.size(),sizeAll=St[si].mem.size();if(n<smin||sizeAll>smax)return;
    vector<int> rp=St[si].reps;vector<double> Q(n*n,0);for(int i=0;i<n;i++){pr.load(U[rp[i]].v);for(int j=0;j<i;j++)Q[i*n+j]=Q[j*n+i]=SP(rp[j]);}
    vector<double> D=Q;vector<int> sz_(n,1),of(n);vector<char> al(n,1);for(int i=0;i<n;i++)of[i]=i; // average linkage down to two groups
    for(int left=n;left>2;left--){double b=-1;int x=-1,y=-1;for(int i=0;i<n;i++)if(al[i])for(int j=0;j<i;j++)if(al[j]&&D[i*n+j]>b){b=D[i*n+j];x=j;y=i;}
      for(int z=0;z<n;z++)if(al[z]&&z!=x&&z!=y)D[x*n+z]=D[z*n+x]=(D[x*n+z]*sz_[x]+D[y*n+z]*sz_[y])/(sz_[x]+sz_[y]);sz_[x]+=sz_[y];al[y]=0;for(int&o:of)if(o==y)o=x;}
    vector<char> l(n,0);for(int i=0;i<n;i++)l[i]=of[i]!=of[0];
    for(int it=0;it<4;it++){bool ch=false;vector<char> nl=l;for(int i=0;i<n;i++){double a=0,b=0;int na=0,nb=0;for(int j=0;j<n;j++)if(j!=i){if(l[j]){b+=Q[i*n+j];nb++;}else{a+=Q[i*n+j];na++;}}if(!na||!nb)continue;nl[i]=b/nb>a/na;ch|=nl[i]!=l[i];}l=nl;if(!ch)break;}
    double w=0,bt=0;int nw=0,nb=0,n1=0;for(int i=0;i<n;i++){n1+=l[i];for(int j=0;j<i;j++)if(l[i]==l[j]){w+=Q[i*n+j];nw++;}else{bt+=Q[i*n+j];nb++;}}
    int lo=min(n1,n-n1);if(lo<2)return;w/=nw;bt/=nb;if(bt>(lo==2?sr2:sr)*w)return;
    vector<int> g[2],r[2];for(int i=0;i<n;i++)r[(int)l[i]].push_back(rp[i]);
    for(int x:St[si].mem){int side=-1;for(int i=0;i<n;i++)if(rp[i]==x)side=l[i];if(side<0){double a=0,b=0;pr.load(U[x].v);for(int y:r[0])a+=SP(y);for(int y:r[1])b+=SP(y);side=b/r[1].size()>a/r[0].size();}g[side].push_back(x);}
    int go=g[1].size()<g[0].size()||(g[1].size()==g[0].size()&&g[1][0]>g[0][0])?1:0,nm=-1; // the smaller group leaves; equal: the one whose first member came later
    for(int tries=0;tries<2&&nm<0;tries++){for(int x:g[go])if(!U[x].named&&!U[x].dead){nm=x;break;}if(nm<0)go=1-go;}
    if(nm<0)return;
    splits++;moved+=g[go].size();int t=newStory(nm);for(int x:g[go]){U[x].story=t;emitMove(x,si,t,"two events");}
    St[t].mem=g[go];St[t].reps=r[go];St[si].mem=g[1-go];St[si].reps=r[1-go];
  }
  vector<Term> terms;vector<std::pair<int,u64>> acc;vector<int> us;vector<u32> stT,stD,stP;u32 tick=0;
  void link(int doc,const vector<Tok>&tok){ // a document that begins a cluster
    links++;W.terms(tok,M,terms);int u=U.size();U.push_back({doc,-1,{},false,false});Weigher::quantise(terms,U[u].v);Vec&v=U[u].v;
    static bool dump=getenv("TERMS");if(dump&&links<=500){fprintf(stderr,"terms %d",doc);for(u32 t:v.t)fprintf(stderr," %x:%u",t>>8,t&255);fputc(10,stderr);}
    acc.clear();stT.resize(St.size()+1,0);stD.resize(St.size()+1,0);stP.resize(St.size()+1,0);u32 dtick=++tick;
    for(int i=0;i<(int)terms.size()&&i<K1;i++){auto it=idx.find(terms[i].h);if(it==idx.end())continue;u64 q=(u32)(terms[i].w/terms[0].w*255+.5f);u32 tt=++tick; // each story once per term
      for(int z=(int)it->second.size()-1;z>=0;z--){int x=it->second[z];if(x<live||U[x].dead)continue;int s=U[x].story;if(stT[s]==tt)continue;stT[s]=tt;if(stD[s]!=dtick){stD[s]=dtick;stP[s]=acc.size();acc.push_back({s,0});}acc[stP[s]].second+=q*q;}}
    auto byAcc=[&](const pair<int,u64>&a,const pair<int,u64>&b){return a.second!=b.second?a.second>b.second:St[a.first].id<St[b.first].id;};
    if((int)acc.size()>K){partial_sort(acc.begin(),acc.begin()+K,acc.end(),byAcc);acc.resize(K);}else sort(acc.begin(),acc.end(),byAcc);cands+=acc.size();
    int best=-1,bu=-1;double bs=theta;vector<pair<int,double>> sc;pr.load(v);
    for(auto&a:acc){Story&s=St[a.first];double m=0,mn=2,mx=-1;int xu=-1;for(int r:s.reps){double x=SP(r);m+=x;mn=min(mn,x);if(x>mx){mx=x;xu=r;}}int n=s.reps.size();double g=m/n+sz*log((double)n);int big=s.mem.size();if(big>64)g-=bigp*log2(big/64.0);sc.push_back({a.first,g});if(mn>=th2&&(g>bs||(g==bs&&best<0))){best=a.first;bs=g;bu=xu;}}
    int t=best<0?newStory(u):best;
    if(logs){*out<<"{\"event\":\"assigned\",\"document\":"<<doc<<",\"cluster\":"<<doc<<",\"story\":"<<St[t].id;if(best>=0)explain(bu,bs,t);*out<<"}\n";}
    for(auto&x:terms){bool in=false;for(int r:St[t].reps){auto&y=U[r].v.t;auto it=lower_bound(y.begin(),y.end(),(x.h>>8)<<8);if(it!=y.end()&&*it>>8==x.h>>8){in=true;break;}}M.add(x.h,in?dfin:8);}
    M.step();
    U[u].story=t;St[t].mem.push_back(u);addrep(St[t],u);docsOf[u].push_back(doc);unitOf[doc]=u;
    for(int i=0;i<(int)terms.size()&&i<K1i;i++){auto&p=idx[terms[i].h];p.push_back(u);if((int)p.size()>PL)p.erase(p.begin());}
    int here=t;for(auto&x:sc){int o=x.first;if(o==here||St[o].dead||x.second<thm)continue;double z=cross(St[here],St[o]);if(z<thmm)continue;double a=within(St[here]),b=within(St[o]);double w=a<0?b:b<0?a:(a+b)/2;if(w>=0&&z<mr*w)continue;here=merge(here,o);}
    int n=St[here].mem.size();bool mile=P["mile"]==0||n<=8||(n<=16&&n%2==0)||(n<=32&&n%4==0)||n%8==0;if(n>=smin&&mile)split(here);
    if(window){while((int)U.size()-live>window)expire(live++);}
  }
  void drop(int x){Story&s=St[of(x)];s.mem.erase(remove(s.mem.begin(),s.mem.end(),x),s.mem.end());s.reps.erase(remove(s.reps.begin(),s.reps.end(),x),s.reps.end());if(s.reps.empty())for(size_t i=0;i<s.mem.size()&&(int)s.reps.size()<R;i++)s.reps.push_back(s.mem[i]);if(s.mem.empty())s.dead=true;else s.dead=false;}
  void expire(int x){if(!U[x].dead)drop(x);U[x].v.t.clear();U[x].v.t.shrink_to_fit();}
  void explain(int bu,double s,int t){*out<<",\"story_match\":{\"document\":"<<U[bu].doc<<",\"similarity\":"<<round(s*1e4)/1e4<<",\"terms\":[";
    vector<pair<long,int>> c;Vec&v=U.back().v;for(size_t i=0;i<terms.size();i++){u32 key=terms[i].h>>8;long a=0;auto q=lower_bound(v.t.begin(),v.t.end(),key<<8);for(int r:St[t].reps){auto&y=U[r].v.t;auto it=lower_bound(y.begin(),y.end(),key<<8);if(it!=y.end()&&*it>>8==key)a+=(long)((*q&255)*(*it&255)*1e3/U[r].v.norm);}if(a)c.push_back({-a,(int)i});}
    sort(c.begin(),c.end());for(size_t i=0;i<c.size()&&i<5;i++){Term&x=terms[c[i].second];*out<<(i?",":"")<<"\""<<(words?(*words)[x.a]:to_string(x.a));if(x.b)*out<<" "<<(words?(*words)[x.b]:to_string(x.b));*out<<"\"";}*out<<"]}";}
};
int main(int c,char**v){
  {ifstream in(v[3]);string k;double x;while(in>>k>>x)P[k]=x;}
  map<u32,string> words;bool hw=false;for(int i=5;i<c;i++){string s=v[i];auto e=s.find('=');if(e==string::npos){ifstream in(s);u32 h;string w;while(in>>h>>w)words[h]=w;hw=true;continue;}if(!P.count(s.substr(0,e))){cerr<<"no "<<s<<"\n";return 1;}P[s.substr(0,e)]=atof(s.c_str()+e+1);}
  vector<vector<Tok>> docs;{ifstream in(v[1],ios::binary);u32 n;while(in.read((char*)&n,4)){vector<Tok> t(n);for(u32 i=0;i<n;i++){char b[6];in.read(b,6);memcpy(&t[i].h,b,4);t[i].w=b[4];t[i].f=b[5];}docs.push_back(move(t));}}
  struct Ev{int type,a,b;};vector<Ev> E;{ifstream in(v[2]);string l;bool js=string(v[2]).find("jsonl")!=string::npos;while(getline(in,l)){int a,b;if(!js){if(l.size())E.push_back({0,atoi(l.c_str()),atoi(l.c_str())});continue;}
    if(sscanf(l.c_str(),"{\"event\":\"assigned\",\"document\":%d,\"cluster\":%d",&a,&b)==2)E.push_back({0,a,b});else if(sscanf(l.c_str(),"{\"event\":\"moved\",\"document\":%d,\"from\":%*d,\"to\":%d",&a,&b)==2)E.push_back({1,a,b});else if(sscanf(l.c_str(),"{\"event\":\"merged\",\"cluster\":%d,\"absorbed\":[%d",&a,&b)==2)E.push_back({2,a,b});}}
  ofstream out(v[4]);Engine e;e.out=&out;e.logs=true;e.words=hw?&words:nullptr;e.init();e.dcl.assign(docs.size(),-1);int nd=0;double us=0;
  auto now=[]{timespec t;clock_gettime(CLOCK_THREAD_CPUTIME_ID,&t);return t.tv_sec*1e6+t.tv_nsec/1e3;};
  for(auto&x:E){
    if(x.type==0){nd++;e.dcl[x.a]=x.b;auto it=e.unitOf.find(x.b);if(it==e.unitOf.end()){auto t0=now();e.link(x.a,docs[x.a]);us+=now()-t0;e.unitOf[x.b]=e.unitOf[x.a];}
      else{e.docsOf[it->second].push_back(x.a);out<<"{\"event\":\"assigned\",\"document\":"<<x.a<<",\"cluster\":"<<x.b<<",\"story\":"<<e.St[e.of(it->second)].id<<"}\n";}}
    else if(x.type==1){int old=e.unitOf[e.dcl[x.a]];auto&o=e.docsOf[old];o.erase(remove(o.begin(),o.end(),x.a),o.end());int from=e.of(old);e.dcl[x.a]=x.b;
      if(!e.unitOf.count(x.b)){bool lg=e.logs;e.logs=false;e.link(x.a,docs[x.a]);e.logs=lg;e.unitOf[x.b]=e.unitOf[x.a];}else e.docsOf[e.unitOf[x.b]].push_back(x.a);
      int to=e.of(e.unitOf[x.b]);if(to!=from)out<<"{\"event\":\"story-moved\",\"document\":"<<x.a<<",\"from\":"<<e.St[from].id<<",\"to\":"<<e.St[to].id<<",\"reason\":\"its cluster\"}\n";}
    else{int a=e.unitOf[x.a],b=e.unitOf[x.b];if(a!=b){e.merge(e.of(a),e.of(b));e.drop(b);e.U[b].dead=true;for(int d:e.docsOf[b]){e.docsOf[a].push_back(d);}e.docsOf[b].clear();}e.unitOf[x.b]=a;for(auto&y:e.dcl)if(y==x.b)y=x.a;}
  }
  for(auto&x:E)if(x.type==0)out<<"{\"final\":"<<x.a<<",\"story\":"<<e.St[e.of(e.unitOf[e.dcl[x.a]])].id<<"}\n";
  fprintf(stderr,"docs %d links %ld us/doc %.1f us/link %.1f cands/link %.2f sims/link %.1f merges %ld splits %ld moved %ld index %zu terms\n",nd,e.links,us/nd,us/e.links,(double)e.cands/e.links,(double)e.sims/e.links,e.merges,e.splits,e.moved,e.idx.size());
}
