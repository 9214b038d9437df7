//! Every page of a list, and every item of every page.

use super::call::{CallFuture, CallOptions};
use super::client::ClientCore;
use super::error::{BuildError, Error};
use super::json::Unknown;
use super::operation::{Next, Paged, Response};
use super::pointer;
use super::response;
use super::shape::{Slot, View};
use super::style;
use futures_core::Stream;
use std::collections::HashSet;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

/// The pages of a list, one after the other: a `Stream`, and `next()` for those who need none.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<'a, O: Paged> {
    state: State<'a, O>,
    /// The cursors that were asked for. Only ever looked into.
    seen: HashSet<String>,
}

enum State<'a, O: Paged> {
    Open {
        client: &'a ClientCore,
        request: O,
        options: CallOptions,
    },
    Waiting {
        client: &'a ClientCore,
        request: O,
        options: CallOptions,
        answer: CallFuture<'a, O::Response>,
    },
    Ready(Box<Result<O::Response, Error>>),
    Done,
}

impl<O: Paged> fmt::Debug for Pages<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages({})", O::operation().id)
    }
}

impl<'a, O: Paged> Pages<'a, O> {
    pub(crate) fn new(client: &'a ClientCore, request: O, options: CallOptions) -> Self {
        Self {
            state: State::Open {
                client,
                request,
                options,
            },
            seen: HashSet::new(),
        }
    }

    pub(crate) fn ready(answer: Result<O::Response, Error>) -> Self {
        Self {
            state: State::Ready(Box::new(answer)),
            seen: HashSet::new(),
        }
    }

    /// The next page; `None` after the last one. An answer that is no page is the last one.
    pub async fn next(&mut self) -> Option<Result<O::Response, Error>> {
        std::future::poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<O::Response, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Ready(answer) => return Poll::Ready(Some(*answer)),
                State::Open {
                    client,
                    request,
                    options,
                } => {
                    let (mut sent, with) = (request.clone(), options.clone());
                    let answer = Box::pin(async move {
                        let received = client.send(&mut sent, with).await?;
                        response::read(received).await
                    });
                    self.state = State::Waiting {
                        client,
                        request,
                        options,
                        answer,
                    };
                }
                State::Waiting {
                    client,
                    request,
                    options,
                    mut answer,
                } => match answer.as_mut().poll(cx) {
                    Poll::Pending => {
                        self.state = State::Waiting {
                            client,
                            request,
                            options,
                            answer,
                        };
                        return Poll::Pending;
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Poll::Ready(Ok(page)) => {
                        if let Some(next) = self.following(&page, request) {
                            self.state = match next {
                                Ok(request) => State::Open {
                                    client,
                                    request,
                                    options,
                                },
                                Err(error) => State::Ready(Box::new(Err(error))),
                            };
                        }
                        return Poll::Ready(Some(Ok(page)));
                    }
                },
            }
        }
    }

    /// The request of the page after this one.
    fn following(&mut self, page: &O::Response, mut request: O) -> Option<Result<O, Error>> {
        let body = page.views().body?;
        let paging = O::PAGING;
        let more = paging.more.and_then(|more| pointer::view(body, more));
        if let Some(View::Bool(false)) = more {
            return None;
        }
        let View::List(items) = pointer::view(body, paging.items)? else {
            return None;
        };
        let cursor = match paging.next {
            Next::LastItem(inside) => {
                let last = items.len().checked_sub(1)?;
                text(pointer::view(items.get(last)?, inside)?)?
            }
            Next::Member(inside) => text(pointer::view(body, inside)?)?,
            Next::Link(inside) => linked(&text(pointer::view(body, inside)?)?, O::PAGING.cursor)?,
        };
        if cursor.is_empty() {
            return None;
        }
        if !self.seen.insert(cursor.clone()) {
            return Some(Err(Error::PageLoop));
        }
        match style::scalar(request.cursor(), &cursor, Unknown::Keep) {
            Ok(()) => Some(Ok(request)),
            Err(_) => Some(Err(Error::InvalidRequest(super::error::InvalidRequest {
                place: O::PAGING.cursor.to_owned(),
                reason: "the page names a cursor that its parameter cannot hold",
            }))),
        }
    }
}

fn text(view: View<'_>) -> Option<String> {
    match view {
        View::String(text) => Some(text.to_owned()),
        View::I64(number) => Some(number.to_string()),
        View::Integer(integer) => Some(integer.number().to_string()),
        View::Text(text) => {
            let mut out = String::new();
            text.write(&mut out);
            Some(out)
        }
        View::Json(serde_json::Value::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// The cursor in the query of a link.
fn linked(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1.split('#').next()?;
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (decoded(key) == name).then(|| decoded(value))
    })
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_encoding::percent_decode_str(&text)
        .decode_utf8_lossy()
        .into_owned()
}

impl<O: Paged + Unpin> Stream for Pages<'_, O> {
    type Item = Result<O::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx)
    }
}

/// The items of all pages, one after the other: a `Stream`, and `next()` for those who need none.
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<'a, O: Paged> {
    pages: Pages<'a, O>,
    page: vec::IntoIter<O::Item>,
}

impl<O: Paged> fmt::Debug for Items<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items({})", O::operation().id)
    }
}

impl<'a, O: Paged> Items<'a, O> {
    pub(crate) fn new(pages: Pages<'a, O>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }

    /// The next item; `None` after the last one. An answer without the list of items is an error that owns it.
    pub async fn next(&mut self) -> Option<Result<O::Item, ItemsError<O>>> {
        std::future::poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<O::Item, ItemsError<O>>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let page = match self.pages.poll(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => {
                    return Poll::Ready(Some(Err(ItemsError::Call(error))));
                }
                Poll::Ready(Some(Ok(page))) => page,
            };
            match taken::<O>(page) {
                Ok(items) => self.page = items.into_iter(),
                Err(answer) => return Poll::Ready(Some(Err(ItemsError::Answer(answer)))),
            }
        }
    }
}

impl<O: Paged + Unpin> Stream for Items<'_, O>
where
    O::Item: Unpin,
{
    type Item = Result<O::Item, ItemsError<O>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx)
    }
}

/// Why there is no next item.
pub enum ItemsError<O: Paged> {
    /// The call gave no documented answer.
    Call(Error),
    /// It gave one that is no page.
    Answer(super::NotOk<O::Response>),
}

impl<O: Paged> From<Error> for ItemsError<O> {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl<O: Paged> From<BuildError> for ItemsError<O> {
    fn from(error: BuildError) -> Self {
        Self::Call(error.into())
    }
}

impl<O: Paged> fmt::Debug for ItemsError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Answer(answer) => fmt::Debug::fmt(answer, f),
        }
    }
}

impl<O: Paged> fmt::Display for ItemsError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Answer(answer) => answer.fmt(f),
        }
    }
}

impl<O: Paged> std::error::Error for ItemsError<O> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::Answer(_) => None,
        }
    }
}

/// The items of a page; the answer itself if it means no success.
fn taken<O: Paged>(mut page: O::Response) -> Result<Vec<O::Item>, super::NotOk<O::Response>> {
    if !page.status().is_success() {
        return Err(super::NotOk::new(page));
    }
    let mut items = Vec::new();
    if let Some(body) = page.places().body {
        pointer::slot(body, O::PAGING.items, &mut |found| {
            if let Slot::List(list) = found
                && let Some(list) = list.any().downcast_mut::<Vec<O::Item>>()
            {
                items = std::mem::take(list);
            }
        });
    }
    Ok(items)
}
