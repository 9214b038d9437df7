//! The two examples together: the generated client against the service over a real socket, and in the same process.

#[path = "../examples/backup_service/failure.rs"]
mod failure;
#[path = "../examples/backup_service/seed.rs"]
mod seed;
#[path = "../examples/backup_service/service.rs"]
mod service;
#[path = "../examples/backup_service/store.rs"]
mod store;

use bycloud::Client;
use bycloud::operations::*;
use bycloud::runtime::{Body, Error, Maybe};
use bycloud::server::Router;
use bycloud::types::*;
use http::{Request, Response, StatusCode};
use seed::id;
use std::sync::Arc;
use tower::ServiceExt;

fn router() -> Router {
    let store = store::Store::open(None).expect("a database in memory");
    seed::seed(&store).expect("it is empty");
    service::router(Arc::new(store))
}

fn client() -> Client {
    Client::builder().bearer_auth(service::TOKEN).over(router())
}

/// What the router answers to a request that no client of ours would send.
async fn answer(request: Request<Body>) -> Response<Body> {
    let Ok(answer) = router().oneshot(request).await;
    answer
}

fn get(target: &str) -> http::request::Builder {
    Request::get(target).header("Authorization", format!("Bearer {}", service::TOKEN))
}

async fn error(answer: Response<Body>) -> (StatusCode, Error_) {
    let status = answer.status();
    let body = answer
        .into_body()
        .collect(1 << 20)
        .await
        .expect("a short body");
    let body: ErrorBody = serde_json::from_slice(&body).expect("the documented envelope");
    (status, body.error)
}

type Error_ = bycloud::types::Error;

#[tokio::test]
async fn a_socket_and_axum_are_between_client_and_service() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let app = axum::Router::new().fallback_service(router());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(async move {
        let wait = async { drop(stopped.await) };
        axum::serve(listener, app)
            .with_graceful_shutdown(wait)
            .await
    });
    let client = Client::builder()
        .base_url(url)
        .api_key_auth(service::API_KEY)
        .build()
        .expect("it is complete");
    let request = ListBackups {
        limit: Some(7),
        name: Some("web-*".into()),
        ..ListBackups::default()
    };
    let mut backups = client.list_backups(request).items();
    let mut names = Vec::new();
    while let Some(backup) = backups.next().await {
        names.push(backup.expect("an item").name.expect("a name"));
    }
    assert_eq!(names.len(), 80);
    assert!(names.iter().all(|name| name.starts_with("web-")));
    drop(backups);
    drop(client);
    stop.send(()).expect("it listens");
    serving.await.expect("it ends").expect("gracefully");
}

#[tokio::test]
async fn pages_follow_the_marker_to_the_end() {
    let client = client();
    let request = ListBackups {
        limit: Some(100),
        ..ListBackups::default()
    };
    let mut pages = client.list_backups(request).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("an answer").ok().expect("a page");
        assert_eq!(page.meta.expect("meta").total, Some(240));
        sizes.push(page.backups.expect("backups").len());
    }
    assert_eq!(sizes, [100, 100, 40]);
}

#[tokio::test]
async fn filters_select_by_name_status_and_volume() {
    let client = client();
    let all = |request: ListBackups| {
        let client = client.clone();
        async move {
            let mut items = client.list_backups(request).items();
            let mut found = Vec::new();
            while let Some(item) = items.next().await {
                found.push(item.expect("an item"));
            }
            found
        }
    };
    let exact = all(ListBackups {
        name: Some("web-003".into()),
        ..ListBackups::default()
    })
    .await;
    assert_eq!(exact.len(), 1);
    let none = all(ListBackups {
        name: Some("web".into()),
        ..ListBackups::default()
    })
    .await;
    assert!(none.is_empty());
    let status = all(ListBackups {
        status: Some("AVAILABLE".into()),
        ..ListBackups::default()
    })
    .await;
    assert_eq!(status.len(), 120);
    let volume = all(ListBackups {
        volume_id: Some(id(1, 5)),
        ..ListBackups::default()
    })
    .await;
    assert_eq!(volume.len(), 4);
    let volumes = client.list_volumes(ListVolumes {
        bootable: Some(true),
        limit: Some(100),
        ..ListVolumes::default()
    });
    let volumes = volumes
        .await
        .expect("an answer")
        .ok()
        .expect("a page")
        .volumes
        .expect("volumes");
    assert_eq!(volumes.len(), 30);
}

#[tokio::test]
async fn the_limit_defaults_to_twenty_and_has_bounds() {
    let client = client();
    let page = client
        .list_backups(ListBackups::default())
        .await
        .expect("an answer")
        .ok()
        .expect("a page");
    assert_eq!(page.backups.expect("backups").len(), 20);
    for (limit, items) in [(0, 1), (-1, 1), (101, 100)] {
        let request = ListBackups {
            limit: Some(limit),
            ..ListBackups::default()
        };
        let page = client.list_backups(request).await.expect("an answer");
        let page = page.ok().expect("a page");
        assert_eq!(page.backups.map(|backups| backups.len()), Some(items));
    }
    let stranger = ListBackups {
        marker: Some(id(7, 7)),
        ..ListBackups::default()
    };
    let page = client.list_backups(stranger).await.expect("an answer");
    let page = page.ok().expect("a page");
    assert_eq!(page.backups.map(|backups| backups.len()), Some(0));
}

#[tokio::test]
async fn a_backup_is_created_read_and_restored() {
    let client = client();
    let wanted = CreateBackupRequest {
        name: Some("mine".into()),
        ..CreateBackupRequest::new(id(1, 0))
    };
    let created = client
        .create_backup(CreateBackup::new(wanted))
        .await
        .expect("an answer")
        .ok()
        .expect("accepted");
    let created = created.backup.expect("a backup");
    assert_eq!(created.status.as_deref(), Some("creating"));
    assert_eq!(
        created.is_incremental,
        Some(false),
        "the server fills in the default"
    );
    assert_eq!(created.snapshot_id, Maybe::Null);

    let own = created.id.expect("an id");
    let read = client
        .get_backup(GetBackup::new(own))
        .await
        .expect("an answer")
        .ok()
        .expect("it is there");
    assert_eq!(read.backup, Some(created));

    let early = client
        .restore_backup(RestoreBackup::new(own))
        .await
        .expect("an answer");
    assert!(
        matches!(early, RestoreBackupResponse::Conflict(_)),
        "{early:?}"
    );
    let restored = client
        .restore_backup(RestoreBackup::new(id(3, 0)))
        .await
        .expect("an answer");
    assert!(
        restored.ok().expect("accepted").volume_id.is_some(),
        "a body is not needed"
    );

    let absent = client
        .get_backup(GetBackup::new(id(3, 999)))
        .await
        .expect("an answer");
    assert!(matches!(absent, GetBackupResponse::NotFound(_)));
    let missing = CreateBackup::new(CreateBackupRequest::new(id(1, 999)));
    assert!(matches!(
        client.create_backup(missing).await.expect("an answer"),
        CreateBackupResponse::NotFound(_)
    ));
    let busy = CreateBackup::new(CreateBackupRequest::new(id(1, 4)));
    assert!(matches!(
        client.create_backup(busy).await.expect("an answer"),
        CreateBackupResponse::Conflict(_)
    ));
}

#[tokio::test]
async fn both_credentials_are_checked() {
    let with = |builder: bycloud::ClientBuilder| async move {
        builder
            .over(router())
            .list_backups(ListBackups::default())
            .await
    };
    assert!(matches!(
        with(Client::builder()).await,
        Err(Error::MissingCredentials { .. })
    ));
    for good in [
        Client::builder().bearer_auth(service::TOKEN),
        Client::builder().api_key_auth(service::API_KEY),
    ] {
        assert!(matches!(with(good).await, Ok(ListBackupsResponse::Ok(_))));
    }
    for bad in [
        Client::builder().bearer_auth("stolen"),
        Client::builder().api_key_auth("a:b"),
    ] {
        assert!(!format!("{bad:?}").contains("stolen"));
        assert!(matches!(
            with(bad).await,
            Ok(ListBackupsResponse::Unauthorized(_))
        ));
    }
    let (status, error) = error(
        answer(
            Request::get("/v1/backups")
                .body(Body::empty())
                .expect("a request"),
        )
        .await,
    )
    .await;
    assert_eq!((status, error.code), (StatusCode::UNAUTHORIZED, 401));
}

#[tokio::test]
async fn bad_input_is_refused_in_the_documented_envelope() {
    let post = |body: &'static str| {
        let request = Request::post("/v1/backups")
            .header("Authorization", format!("Bearer {}", service::TOKEN));
        request
            .header("Content-Type", "application/json")
            .body(Body::from(body))
            .expect("a request")
    };
    let read = |target| get(target).body(Body::empty()).expect("a request");
    let deep = Box::leak("[".repeat(100_000).into_boxed_str());
    for (request, expected) in [
        (read("/v1/backups?limit=many"), 400),
        (read("/v1/backups?marker=7&volume_id=8"), 400),
        (read("/v1/backups?limit=1&limit=2"), 400),
        (read("/v1/backups/not-a-uuid"), 400),
        (read("/v1/nothing"), 404),
        (read("/v1/instances"), 404),
        (
            get("/v1/backups")
                .method("DELETE")
                .body(Body::empty())
                .expect("a request"),
            405,
        ),
        (post(""), 400),
        (post("{"), 400),
        (post("{\"volume_id\": 5}"), 400),
        (post(deep), 400),
        (
            post("{\"volume_id\": \"550e8400-e29b-41d4-a716-446655440000\"} x"),
            400,
        ),
    ] {
        let shown = format!("{} {}", request.method(), request.uri());
        let (status, error) = error(answer(request).await).await;
        assert_eq!(
            (status.as_u16(), error.code),
            (expected, i64::from(expected)),
            "{shown}: {}",
            error.message
        );
    }
    let both = answer(read("/v1/backups?marker=7&volume_id=8")).await;
    let (_, error) = error(both).await;
    assert!(
        error.message.contains("marker") && error.message.contains("volume_id"),
        "{}",
        error.message
    );
}
