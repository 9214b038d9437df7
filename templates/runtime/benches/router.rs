//! `cargo bench -p oasmith-runtime --features server`: finding one of many routes.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use http::Request;
use oasmith_runtime::operation::OperationTable;
use oasmith_runtime::{Authenticate, Body, ErrorResponse, Presented, Rejection, RoutesBuilder};
use std::hint::black_box;

/// A router of so many routes, half of them with a parameter, none of which anybody implements: it finds them, and says so.
fn routes(count: usize) -> oasmith_runtime::Routes {
    let table = |position: usize| -> &'static OperationTable {
        let route = match position % 2 {
            0 => format!("/v1/things{position}"),
            _ => format!("/v1/things{position}/{{thing_id}}"),
        };
        Box::leak(Box::new(OperationTable {
            name: "",
            id: "operation",
            method: "GET",
            route: route.leak(),
            base: &[],
            parameters: &[],
            body: None,
            answers: &[],
            security: &[],
        }))
    };
    let tables: Vec<&'static OperationTable> = (0..count).map(table).collect();
    let mut builder = RoutesBuilder::new(Nobody, &[], tables);
    builder.not_implemented(true);
    builder.build()
}

struct Nobody;

struct Failure(Rejection);

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl From<Failure> for ErrorResponse {
    fn from(Failure(why): Failure) -> Self {
        Self::from(why)
    }
}

impl Authenticate for Nobody {
    type Caller = ();
    type Failure = Failure;

    async fn authenticate(&self, _: Presented<'_>) -> Result<(), Failure> {
        Ok(())
    }
}

fn router(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let mut group = criterion.benchmark_group("router");
    for count in [10, 100, 1_000, 10_000] {
        let routes = routes(count);
        group.bench_with_input(
            BenchmarkId::from_parameter(count),
            &routes,
            |bencher, routes| {
                bencher.iter(|| {
                    let request = Request::get("/v1/things7/42").body(Body::empty());
                    let answer = routes.answer(request.expect("a request"));
                    black_box(runtime.block_on(answer))
                });
            },
        );
    }
    group.finish();
}

criterion_group!(benches, router);
criterion_main!(benches);
