//! Types as generated code writes them.

use oasmith_runtime as runtime;
use std::collections::BTreeMap;

pub(crate) struct Address {
    pub(crate) street: String,
    pub(crate) zip: Option<i64>,
    pub(crate) tags: Option<Vec<String>>,
}
runtime::object!(Address {
    street: "street-Address"(required),
    zip: "zip",
    tags: "tags"
});

pub(crate) struct Order {
    pub(crate) id: i64,
    pub(crate) name: Option<String>,
    pub(crate) rush: Option<bool>,
    pub(crate) weight: Option<f64>,
    pub(crate) tags: Vec<String>,
    pub(crate) sizes: Option<Vec<i64>>,
    pub(crate) address: Option<Address>,
    pub(crate) deep: Option<Address>,
    pub(crate) other: Option<Vec<Address>>,
}
runtime::object!(Order {
    id: "id"(required),
    name: "na me",
    rush: "rush",
    weight: "weight",
    tags: "tags"(required),
    sizes: "sizes",
    address: "address",
    deep: "deep",
    other: "other",
});

pub(crate) struct Book {
    pub(crate) id: i64,
    pub(crate) title: Option<String>,
    pub(crate) note: runtime::Maybe<String>,
    pub(crate) summary: Option<String>,
    pub(crate) authors: Option<Vec<String>>,
    pub(crate) keywords: Option<Vec<String>>,
    pub(crate) parts: Vec<Option<Part>>,
    pub(crate) sold: Option<BTreeMap<String, i64>>,
}
runtime::object!(Book (xml(name = "book", namespace = "https://books.example/1", prefix = "b")) {
    id: "id" (required, xml(attribute)),
    title: "title" (xml(name = "heading", namespace = "https://books.example/1", prefix = "b")),
    note: "note" (nullable),
    summary: "summary" (xml(cdata)),
    authors: "authors" (items(xml(name = "author"))),
    keywords: "keywords" (xml(name = "words", element), items(xml(name = "word"))),
    parts: "parts" (required),
    sold: "sold",
});

pub(crate) struct Part {
    pub(crate) lang: Option<String>,
    pub(crate) text: String,
}
runtime::object!(Part {
    lang: "lang"(xml(attribute)),
    text: "text"(required, xml(text))
});
