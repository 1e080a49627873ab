import sys, tempfile, json, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]
import assignment
from environments import PEERS
from playing import work
from harborwatch.press import Press
MOMENTS=[datetime(2018,9,19,0,tzinfo=UTC)+timedelta(hours=h) for h in (0,12,24,36,60)]
for peer in PEERS:
    if peer.name not in sys.argv[1:]: continue
    folder=Path(tempfile.mkdtemp(prefix="hwpeer-"))
    with Press(MOMENTS[0]) as press:
        cat=folder/"outlets"; press.write_catalogue(cat)
        gold=press.expected
        p=assignment.Press(begin=MOMENTS[0], catalogue=cat, closed=(press.base("haixia")+"/feed/",))
        topics=assignment.names(("caih","caih_forum","dsr","bri","caexpo","ilstc","gx_digital","beibu","lmc","rcep","china_laos_rail","ecrl","pan_asia_rail"))
        a=assignment.write(p, folder, topics)
        w=work(peer,a,MOMENTS,lambda m: press.advance(max(m,press.now)))
        print(peer.name, folder, w.start_wall,w.start_cpu,w.wall,w.cpu,w.memory/1e6, len(w.result["records"]), [len(t) for t in w.result["told"] or []], len(press.log), sum(h.bytes for h in press.log))
        ex={a.rstrip("/") for e in press.expected() for a in e.addresses}
        print([r["address"] for r in w.result["records"] if r["address"].rstrip("/") not in ex][:8])
        print(json.dumps(w.result["records"][0],ensure_ascii=False)[:300]); print({k:len(v) for k,v in (w.result["found"] or {}).items()})
