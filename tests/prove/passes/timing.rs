use super::examples::*;
use super::*;
use std::time::Instant;
pub fn timed<A, D, G, Ss>(name: &str, graph: &GraphData<A, D, G, Ss>) {
    let program = graph.program().unwrap();
    let t = Instant::now();
    let pulled = pullback(&program);
    println!(
        "{name}: pullback made {:?}, mults {}",
        t.elapsed(),
        pulled.multiply_adds()
    );
    for (pass, f) in PASSES {
        for (w, p) in [("value", &program), ("pullback", &pulled)] {
            let t = Instant::now();
            let o = f(p).unwrap();
            let t1 = t.elapsed();
            let same = o == *p;
            let a = prove_equal(p, &o).map(|p| p.to_string());
            println!(
                "{name} {pass} {w}: made {t1:?} same {same} proven {:?} {a:?}",
                t.elapsed()
            );
        }
    }
}
