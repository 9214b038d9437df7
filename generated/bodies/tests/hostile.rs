//! What a server is made to bear: it refuses, or waits no longer, and serves everybody else meanwhile.
//!
//! Small here. As large as in the field, with enough descriptors for both ends:
//!
//! ```text
//! ulimit -n 40000
//! OASMITH_BYTES=200000000 OASMITH_CONNECTIONS=10000 cargo test --release -p bodies --features arbitrary,reqwest --test hostile
//! ```

use bodies::Client;
use bodies::operations::*;
use bodies::runtime::{Authenticate, Body, ErrorResponse, Limits, Presented, Rejection};
use bodies::server::{Bodies, Router};
use bodies::types::{Pet, Shelter};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How long the server waits for a head, and for a body.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug)]
struct Failure(Rejection);

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl From<Failure> for ErrorResponse {
    fn from(failure: Failure) -> Self {
        failure.0.into()
    }
}

struct Anybody;

impl Authenticate for Anybody {
    type Caller = ();
    type Failure = Failure;

    async fn authenticate(&self, _: Presented<'_>) -> Result<(), Failure> {
        Ok(())
    }
}

/// Counts what reaches it, but for searches, and what of it is left before it is done.
#[derive(Clone, Default)]
struct Service {
    reached: Arc<AtomicUsize>,
    left: Arc<AtomicUsize>,
}

impl Service {
    fn reached(&self) {
        self.reached.fetch_add(1, Ordering::SeqCst);
    }
}

/// Counts when it is dropped.
struct Guard(Arc<AtomicUsize>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Bodies for Service {
    type Caller = ();
    type Failure = Failure;

    async fn put_shelter(&self, _: PutShelter) -> Result<PutShelterResponse, Failure> {
        self.reached();
        Ok(PutShelterResponse::Ok(Shelter::new(Vec::new())))
    }
    async fn put_pet(&self, _: PutPet) -> Result<PutPetResponse, Failure> {
        self.reached();
        Ok(PutPetResponse::NoContent)
    }
    async fn patch_pet(&self, _: PatchPet) -> Result<PatchPetResponse, Failure> {
        self.reached();
        Ok(PatchPetResponse::Ok(Pet::new("anna".to_owned())))
    }
    async fn delete_pet(&self, _: DeletePet) -> Result<DeletePetResponse, Failure> {
        self.reached();
        let _guard = Guard(Arc::clone(&self.left));
        std::future::pending().await
    }
    async fn put_portrait(&self, _: PutPortrait) -> Result<PutPortraitResponse, Failure> {
        self.reached();
        Ok(PutPortraitResponse::NoContent)
    }
    async fn get_portrait(&self, _: GetPortrait) -> Result<GetPortraitResponse, Failure> {
        self.reached();
        Ok(GetPortraitResponse::Ok(Body::empty()))
    }
    async fn search_pets(&self, _: SearchPets) -> Result<SearchPetsResponse, Failure> {
        Ok(SearchPetsResponse::Ok(vec![Pet::new("anna".to_owned())]))
    }
    async fn post_note(&self, _: PostNote) -> Result<PostNoteResponse, Failure> {
        self.reached();
        Ok(PostNoteResponse::Created)
    }
    async fn post_anything(&self, request: PostAnything) -> Result<PostAnythingResponse, Failure> {
        self.reached();
        Ok(PostAnythingResponse::Ok(request.body))
    }
    async fn put_colour(&self, _: PutColour) -> Result<PutColourResponse, Failure> {
        self.reached();
        Ok(PutColourResponse::NoContent)
    }
    async fn put_album(&self, _: PutAlbum) -> Result<PutAlbumResponse, Failure> {
        self.reached();
        Ok(PutAlbumResponse::NoContent)
    }
    async fn get_album(&self, _: GetAlbum) -> Result<GetAlbumResponse, Failure> {
        Err(Rejection::new(http::StatusCode::NOT_FOUND, "there is none").into())
    }
    async fn put_feed(&self, request: PutFeed) -> Result<PutFeedResponse, Failure> {
        self.reached();
        Ok(PutFeedResponse::Ok(request.body))
    }
    async fn put_text(&self, request: PutText) -> Result<PutTextResponse, Failure> {
        self.reached();
        Ok(PutTextResponse::Ok(request.body))
    }
}

/// A server as one would run it: the router's limits, and hyper's for heads.
struct Server {
    address: SocketAddr,
    service: Service,
}

async fn server() -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let address = listener.local_addr().expect("an address");
    let service = Service::default();
    let limits = Limits {
        body_time: Some(PATIENCE),
        ..Limits::default()
    };
    let router = Router::builder(Anybody).limits(limits);
    let router = router.bodies(service.clone()).build();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let service = TowerToHyperService::new(router.clone());
            tokio::spawn(async move {
                // Which version of HTTP it is, hyper would find out without a limit.
                let said = tokio::time::timeout(PATIENCE, connection.peek(&mut [0])).await;
                if said.is_err() {
                    return false;
                }
                let mut server = Builder::new(TokioExecutor::new());
                let mut http1 = server.http1();
                http1.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
                let connection = TokioIo::new(connection);
                server.serve_connection(connection, service).await.is_ok()
            });
        }
    });
    Server { address, service }
}

impl Server {
    /// Asks the server again and again, each time on a connection of its own, until the work is done: everybody else is served.
    async fn meanwhile<T>(&self, work: impl Future<Output = T>) -> T {
        let url = format!("http://{}", self.address);
        let mut work = std::pin::pin!(work);
        loop {
            let client = Client::builder().base_url(&url).build().expect("a client");
            let answer = client
                .search_pets(SearchPets::default())
                .timeout(Duration::from_secs(10));
            let found = answer.await.expect("an answer").ok().expect("pets");
            assert_eq!(found, [Pet::new("anna".to_owned())]);
            let pause = tokio::time::sleep(Duration::from_millis(20));
            tokio::select! {
                done = &mut work => return done,
                () = pause => {}
            }
        }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address)
            .await
            .expect("a connection")
    }

    /// The status of the answer to what is sent, or nothing where the connection is closed without one.
    async fn status(&self, head: &str, body: impl AsRef<[u8]>) -> Option<u16> {
        let mut connection = self.connect().await;
        // The answer may come, and the connection be closed, before all is sent.
        let sent = connection.write_all(head.as_bytes()).await;
        if sent.is_ok() && connection.write_all(body.as_ref()).await.is_ok() {
            let _ = connection.flush().await;
        }
        status(&mut connection).await
    }

    fn reached(&self) -> usize {
        self.service.reached.load(Ordering::SeqCst)
    }
}

/// The status of the next answer; nothing where the connection is closed without one.
async fn status(connection: &mut TcpStream) -> Option<u16> {
    let mut answer = [0; 12];
    let read = connection.read_exact(&mut answer);
    let read = tokio::time::timeout(Duration::from_secs(30), read).await;
    read.expect("it does not hang").ok()?;
    std::str::from_utf8(&answer[9..]).ok()?.parse().ok()
}

/// How much of something there is, unless the caller wants more.
fn many(variable: &str, usual: usize) -> usize {
    let wanted = std::env::var(variable).ok();
    wanted
        .and_then(|wanted| wanted.parse().ok())
        .unwrap_or(usual)
}

/// The most memory that this process ever had, in KiB, where the system says so.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

const PUT: &str = "PUT /pets/1 HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn brackets_in_brackets_are_refused() {
    let server = server().await;
    let length = many("OASMITH_BYTES", 8 << 20);
    let before = peak();
    let attack = async {
        // Its length is said, and too much: nothing of it is read.
        let head = format!("{PUT}content-length: {length}\r\n\r\n");
        assert_eq!(server.status(&head, "[".repeat(1 << 10)).await, Some(413));
        // Its length is not said: no more is read than a body may have.
        let mut connection = server.connect().await;
        let head = format!("{PUT}transfer-encoding: chunked\r\n\r\n");
        connection.write_all(head.as_bytes()).await.expect("sent");
        let chunk = format!("10000\r\n{}\r\n", "[".repeat(1 << 16));
        for _ in 0..length >> 16 {
            if connection.write_all(chunk.as_bytes()).await.is_err() {
                break;
            }
        }
        let answered = status(&mut connection).await;
        assert!(matches!(answered, Some(413) | None), "{answered:?}");
        // As much as a body may have: it is read, and nests too deep.
        let body = "[".repeat(2 << 20);
        let head = format!("{PUT}content-length: {}\r\n\r\n", body.len());
        assert_eq!(server.status(&head, &body).await, Some(400));
    };
    server.meanwhile(attack).await;
    assert_eq!(server.reached(), 0);
    if let (Some(before), Some(after)) = (before, peak()) {
        let grown = after.saturating_sub(before);
        println!("{length} bytes of brackets took {grown} KiB");
        assert!(grown < 64 << 10, "{grown} KiB");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn header_bombs_are_refused() {
    let server = server().await;
    let fields = |count: usize, length: usize| {
        let field = |number| format!("x-{number}: {}\r\n", "a".repeat(length));
        let fields: String = (0..count).map(field).collect();
        format!("GET /search HTTP/1.1\r\nhost: x\r\n{fields}\r\n")
    };
    let attack = async {
        for (count, length) in [(10_000, 10), (90, 1_000), (1, 10 << 20)] {
            let answered = server.status(&fields(count, length), "").await;
            assert!(
                matches!(answered, Some(431) | None),
                "{count}: {answered:?}"
            );
        }
        // Within hyper's own limits, the router's hold.
        assert_eq!(server.status(&fields(90, 1_000), "").await, Some(431));
        let target = format!(
            "GET /search?{} HTTP/1.1\r\nhost: x\r\n\r\n",
            "a".repeat(60 << 10)
        );
        assert_eq!(server.status(&target, "").await, Some(200));
        let target = format!(
            "GET /search?{} HTTP/1.1\r\nhost: x\r\n\r\n",
            "a=".repeat(50 << 10)
        );
        let answered = server.status(&target, "").await;
        assert!(matches!(answered, Some(414)), "{answered:?}");
    };
    server.meanwhile(attack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_bodies_and_slow_heads_are_not_waited_for() {
    let server = server().await;
    let slow_body = async {
        let mut connection = server.connect().await;
        let head = format!("{PUT}content-length: 10000\r\n\r\n");
        connection.write_all(head.as_bytes()).await.expect("sent");
        let begun = Instant::now();
        let (mut reading, mut writing) = connection.split();
        let mut answer = [0; 12];
        let drip = async {
            while writing.write_all(b" ").await.is_ok() {
                tokio::time::sleep(PATIENCE / 20).await;
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            read = reading.read_exact(&mut answer) => drop(read.expect("an answer")),
            () = drip => {}
        }
        assert_eq!(&answer, b"HTTP/1.1 408");
        assert!(begun.elapsed() < PATIENCE * 10, "{:?}", begun.elapsed());
    };
    let slow_head = async {
        let mut connection = server.connect().await;
        connection
            .write_all(b"GET /search HTTP/1.1\r\nx: ")
            .await
            .expect("sent");
        let begun = Instant::now();
        assert_eq!(status(&mut connection).await, None);
        assert!(begun.elapsed() < PATIENCE * 10, "{:?}", begun.elapsed());
    };
    server
        .meanwhile(async { tokio::join!(slow_body, slow_head) })
        .await;
    assert_eq!(server.reached(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn truncated_parts_are_refused() {
    let server = server().await;
    let head = |length: usize| {
        format!(
            "PUT /albums/1 HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: {length}\r\n\r\n"
        )
    };
    let title = "--b\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nlong\r\n";
    let film = "--b\r\ncontent-disposition: form-data; name=\"film\"\r\n\r\nreel";
    let attack = async {
        // The body is all there, the parts are not.
        for parts in [
            format!("{title}{film}"),
            title.to_owned(),
            "--b".to_owned(),
            "--b\r\nx".to_owned(),
        ] {
            let answered = server.status(&head(parts.len()), &parts).await;
            assert_eq!(answered, Some(400), "{parts}");
        }
        // The connection breaks off.
        let mut connection = server.connect().await;
        let sent = format!("{}{title}", head(10_000));
        connection.write_all(sent.as_bytes()).await.expect("sent");
        connection.shutdown().await.expect("closed");
        let answered = status(&mut connection).await;
        assert!(matches!(answered, Some(400) | None), "{answered:?}");
    };
    server.meanwhile(attack).await;
    assert_eq!(server.reached(), 0);
    // What is whole is read.
    let whole = format!("{title}{film}\r\n--b--\r\n");
    assert_eq!(server.status(&head(whole.len()), &whole).await, Some(204));
    assert_eq!(server.reached(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_connections_disturb_nobody_and_are_closed() {
    let server = server().await;
    let count = many("OASMITH_CONNECTIONS", 200);
    let before = peak();
    let attack = async {
        let mut idle = Vec::with_capacity(count);
        for _ in 0..count {
            idle.push(server.connect().await);
        }
        for connection in &mut idle {
            assert_eq!(status(connection).await, None);
        }
    };
    server.meanwhile(attack).await;
    if let (Some(before), Some(after)) = (before, peak()) {
        println!(
            "{count} idle connections took {} KiB",
            after.saturating_sub(before)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_stops_where_its_client_goes_away() {
    let server = server().await;
    let attack = async {
        let mut connection = server.connect().await;
        let head = b"DELETE /pets/1 HTTP/1.1\r\nhost: x\r\n\r\n";
        connection.write_all(head).await.expect("sent");
        while server.reached() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(server.service.left.load(Ordering::SeqCst), 0);
        drop(connection);
        let begun = Instant::now();
        while server.service.left.load(Ordering::SeqCst) == 0 {
            assert!(begun.elapsed() < Duration::from_secs(10), "it goes on");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    server.meanwhile(attack).await;
}
