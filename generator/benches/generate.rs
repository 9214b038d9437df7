//! `cargo bench -p oasmith`: from ByCloud's document to the text of its crate.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use oasmith::Config;
use std::path::Path;

fn generate(criterion: &mut Criterion) {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/bycloud.yaml");
    let length = std::fs::metadata(&document).expect("the document").len();
    let mut group = criterion.benchmark_group("generate");
    group.throughput(Throughput::Bytes(length));
    group.sample_size(20);
    group.bench_function("bycloud", |bencher| {
        bencher.iter(|| {
            let output = Config::new(&document).name("bycloud").generate();
            assert!(!output.has_errors());
            output
        });
    });
    group.finish();
}

criterion_group!(benches, generate);
criterion_main!(benches);
