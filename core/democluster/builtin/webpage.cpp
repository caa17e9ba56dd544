#include "core/democluster/builtin/webpage.h"

namespace Fairlead::Demo {
namespace {

constexpr const char *Page = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>POD – demo pod</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<style>
:root{color-scheme:light dark;--bg:#f4f6f9;--card:#fff;--ink:#17202a;--dim:#5d6b7a;--line:#dde3ea;--accent:#1769aa}
@media(prefers-color-scheme:dark){:root{--bg:#12161b;--card:#1b2128;--ink:#e8edf2;--dim:#93a1b0;--line:#2b343e;--accent:#5fb0f0}}
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;background:var(--bg);color:var(--ink);display:grid;place-items:center;min-height:100vh}
main{width:min(44rem,94vw);padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:14px}
h1{margin:0;font-size:1.5rem}p{color:var(--dim);margin:.2rem 0 1.4rem}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.8rem;margin:0 0 1.4rem}
dl div{border:1px solid var(--line);border-radius:10px;padding:.7rem .9rem}dt{font-size:.8rem;color:var(--dim)}
dd{margin:0;font-size:1.4rem;font-variant-numeric:tabular-nums}
button{font:inherit;padding:.45rem .9rem;border:1px solid var(--line);border-radius:8px;background:none;color:var(--accent);cursor:pointer;margin:0 .4rem .4rem 0}
button:hover{border-color:var(--accent)}output{color:var(--dim);display:block;min-height:1.5em}
</style></head><body><main>
<h1>POD</h1><p>namespace NAMESPACE, a built-in pod of the Fairlead demo cluster. This page came through your forward.</p>
<dl>
<div><dt>up for</dt><dd id="up">–</dd></div><div><dt>requests</dt><dd id="rq">–</dd></div>
<div><dt>page views</dt><dd id="pv">–</dd></div><div><dt>open connections</dt><dd id="co">–</dd></div>
<div><dt>sent</dt><dd id="tx">–</dd></div><div><dt>received</dt><dd id="rx">–</dd></div>
</dl>
<button data-get="1048576">Download 1 MiB</button><button data-get="104857600">Download 100 MiB</button><button data-put="10485760">Upload 10 MiB</button>
<output id="say"></output>
<script>
const $=i=>document.getElementById(i),
size=n=>{const u=["B","KiB","MiB","GiB","TiB"];let i=0;while(n>=1024&&i<4){n/=1024;i++}return n.toFixed(i?1:0)+" "+u[i]},
span=s=>s<60?s+" s":s<3600?(s/60|0)+" min "+s%60+" s":(s/3600|0)+" h "+((s%3600)/60|0)+" min";
async function tick(){try{const s=await(await fetch("stats")).json();$("up").textContent=span(s.uptimeSeconds);$("rq").textContent=s.requests;
$("pv").textContent=s.pageViews;$("co").textContent=s.connections;$("tx").textContent=size(s.bytesSent);$("rx").textContent=size(s.bytesReceived);
document.body.style.opacity=1}catch(e){document.body.style.opacity=.5}}
async function run(what,n,f){const t=performance.now();$("say").textContent=what+" …";
try{await f();const d=(performance.now()-t)/1000;$("say").textContent=what+" "+size(n)+" in "+d.toFixed(2)+" s, "+size(n/d)+"/s"}
catch(e){$("say").textContent=what+" failed: "+e.message}}
document.addEventListener("click",e=>{const d=e.target.dataset;
if(d.get)run("Download",+d.get,async()=>{const r=(await fetch("bytes/"+d.get)).body.getReader();while(!(await r.read()).done);});
if(d.put)run("Upload",+d.put,async()=>{const r=await(await fetch("upload",{method:"POST",body:new Uint8Array(+d.put)})).json();
if(r.bytes!=+d.put)throw Error("only "+r.bytes+" bytes arrived")});});
tick();setInterval(tick,1000);
</script></main></body></html>
)html";

} // namespace

QByteArray webPage(const ProgramPlace &place)
{
    QByteArray page(Page);
    page.replace("NAMESPACE", place.nameSpace.toUtf8().toPercentEncoding()); // both are DNS labels; never markup
    page.replace("POD", place.pod.toUtf8().toPercentEncoding());
    return page;
}

} // namespace Fairlead::Demo
