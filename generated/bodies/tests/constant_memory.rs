//! A body of any length goes up and comes down in the memory of a few of its pieces: 64 MiB here, 1 GiB where `OASMITH_BYTES`
//! says so.

use bodies::Client;
use bodies::operations::*;
use bodies::runtime::{Authenticate, Body, ErrorResponse, Presented, Rejection};
use bodies::server::{Bodies, Router};
use bodies::types::{Album, Pet, Shelter};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

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

/// Gives back what it gets, as it comes.
#[derive(Clone)]
struct Echo;

impl Bodies for Echo {
    type Caller = ();
    type Failure = Failure;

    async fn put_shelter(&self, _: PutShelter) -> Result<PutShelterResponse, Failure> {
        Ok(PutShelterResponse::Ok(Shelter::new(Vec::new())))
    }
    async fn put_pet(&self, _: PutPet) -> Result<PutPetResponse, Failure> {
        Ok(PutPetResponse::NoContent)
    }
    async fn patch_pet(&self, _: PatchPet) -> Result<PatchPetResponse, Failure> {
        Ok(PatchPetResponse::Ok(Pet::new("anna".to_owned())))
    }
    async fn delete_pet(&self, _: DeletePet) -> Result<DeletePetResponse, Failure> {
        Ok(DeletePetResponse::NoContent)
    }
    async fn put_portrait(&self, request: PutPortrait) -> Result<PutPortraitResponse, Failure> {
        assert_eq!(request.body.media_type(), Some("image/webp"));
        Ok(PutPortraitResponse::NoContent)
    }
    async fn get_portrait(&self, _: GetPortrait) -> Result<GetPortraitResponse, Failure> {
        Ok(GetPortraitResponse::Ok(Body::from(&b"portrait"[..])))
    }
    async fn search_pets(&self, _: SearchPets) -> Result<SearchPetsResponse, Failure> {
        Ok(SearchPetsResponse::Ok(Vec::new()))
    }
    async fn post_note(&self, _: PostNote) -> Result<PostNoteResponse, Failure> {
        Ok(PostNoteResponse::Created)
    }
    async fn post_anything(&self, request: PostAnything) -> Result<PostAnythingResponse, Failure> {
        Ok(PostAnythingResponse::Ok(request.body))
    }
    async fn put_album(&self, request: PutAlbum) -> Result<PutAlbumResponse, Failure> {
        // The part before the film is here, the film is not: it is read as it comes.
        assert_eq!(request.body.title, "long");
        assert_eq!(drained(request.body.film).await, wanted());
        Ok(PutAlbumResponse::NoContent)
    }
    async fn get_album(&self, _: GetAlbum) -> Result<GetAlbumResponse, Failure> {
        Ok(GetAlbumResponse::Ok(album()))
    }
    async fn put_feed(&self, request: PutFeed) -> Result<PutFeedResponse, Failure> {
        Ok(PutFeedResponse::Ok(request.body))
    }
    async fn put_text(&self, request: PutText) -> Result<PutTextResponse, Failure> {
        Ok(PutTextResponse::Ok(request.body))
    }
    async fn put_colour(&self, _: PutColour) -> Result<PutColourResponse, Failure> {
        Ok(PutColourResponse::NoContent)
    }
}

async fn client() -> Client {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a socket");
    let address = listener.local_addr().expect("an address");
    let router = Router::builder(Anybody).bodies(Echo).build();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let service = TowerToHyperService::new(router.clone());
            tokio::spawn(async move {
                let connection = TokioIo::new(connection);
                let server = Builder::new(TokioExecutor::new());
                server.serve_connection(connection, service).await.is_ok()
            });
        }
    });
    let client = Client::builder().base_url(format!("http://{address}"));
    client.build().expect("a client")
}

const PIECE: usize = 64 << 10;

/// So many pieces.
struct Pieces(u64);

impl futures_core::Stream for Pieces {
    type Item = Result<bytes::Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        static ZEROES: [u8; PIECE] = [0; PIECE];
        self.0 = match self.0.checked_sub(1) {
            Some(left) => left,
            None => return Poll::Ready(None),
        };
        Poll::Ready(Some(Ok(bytes::Bytes::from_static(&ZEROES))))
    }
}

/// An album whose film is as long as is wanted.
fn album() -> Album {
    let film = Body::stream(Pieces(wanted() / PIECE as u64));
    Album::new("long".to_owned(), film)
}

/// How many bytes there are.
async fn drained(mut body: Body) -> u64 {
    let mut came = 0;
    while let Some(piece) = body.chunk().await {
        came += piece.expect("a piece").len() as u64;
    }
    came
}

/// How long bodies are.
fn wanted() -> u64 {
    let wanted = std::env::var("OASMITH_BYTES").ok();
    let wanted: u64 = wanted
        .and_then(|bytes| bytes.parse().ok())
        .unwrap_or(64 << 20);
    wanted / PIECE as u64 * PIECE as u64
}

/// The most memory that this process ever had, in KiB, where the system says so.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_body_goes_up_and_comes_down_in_constant_memory() {
    let wanted = wanted();
    let client = client().await;
    let before = peak();
    let body = Body::stream(Pieces(wanted / PIECE as u64));
    let answer = client.post_anything(PostAnything::new(body));
    let answer = answer.timeout(std::time::Duration::from_secs(600)).await;
    let echoed = answer.expect("an answer").ok().expect("the bytes");
    assert_eq!(echoed.media_type(), Some("application/octet-stream"));
    assert_eq!(drained(echoed).await, wanted);
    // As a part it is no other.
    let put = client.put_album(PutAlbum::new(1, album()));
    let put = put.timeout(std::time::Duration::from_secs(600)).await;
    assert_eq!(put.expect("an answer"), PutAlbumResponse::NoContent);
    let answer = client.get_album(GetAlbum::new(1)).await;
    let came = answer.expect("an answer").ok().expect("an album");
    assert_eq!(came.title, "long");
    assert_eq!(drained(came.film).await, wanted);
    if let (Some(before), Some(after)) = (before, peak()) {
        let grown = after.saturating_sub(before);
        println!("{wanted} bytes up and down, twice, took {grown} KiB");
        assert!(grown < 32 << 10, "{grown} KiB for {wanted} bytes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_type_of_a_range_is_the_callers() {
    let client = client().await;
    let picture = |media_type: &'static str| {
        let body = Body::from(&b"picture"[..]);
        let media_type = http::HeaderValue::from_static(media_type);
        PutPortrait::new(1, body.with_media_type(media_type))
    };
    let put = client.put_portrait(picture("image/webp")).await;
    assert_eq!(put.expect("an answer"), PutPortraitResponse::NoContent);
    let refused = client.put_portrait(picture("text/plain")).await;
    assert!(matches!(
        refused,
        Err(bodies::runtime::Error::InvalidRequest(_))
    ));
}
