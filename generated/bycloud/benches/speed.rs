//! `cargo bench -p bycloud --features server`: the time of each piece of work, by the generated crate and by hand.

mod pieces;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pieces::WORKS;

fn speed(criterion: &mut Criterion) {
    for work in WORKS {
        let mut group = criterion.benchmark_group(work.name);
        if !pieces::is_small(work) {
            group.sample_size(20);
        }
        let bytes = (work.bytes)();
        if bytes > 0 {
            group.throughput(Throughput::Bytes(bytes as u64));
        }
        for (by, make) in [("generated", work.generated), ("by hand", work.by_hand)] {
            let mut task = make();
            group.bench_function(by, |bencher| bencher.iter(&mut task));
        }
        group.finish();
    }
}

criterion_group!(benches, speed);
criterion_main!(benches);
