//! Generates Rust crates (types, client, server) from OpenAPI documents.
//!
//! In a build script, one line: `oasmith::build("openapi.yaml")`. As a library, [`Config`] in and [`Output`] out:
//!
//! ```no_run
//! let output = oasmith::Config::new("openapi.yaml").name("pets").generate();
//! eprint!("{}", output.text(false));
//! if !output.has_errors() {
//!     output.write(std::path::Path::new("generated/pets"))?;
//! }
//! # Ok::<(), oasmith::Refused>(())
//! ```

#![forbid(unsafe_code)]

mod budget;
mod build_script;
mod config;
mod diagnostic;
#[expect(
    dead_code,
    reason = "documents are read whole, ahead of what is lowered of them"
)]
mod document;
mod emit;
#[expect(
    dead_code,
    reason = "unions and some documentation are lowered by a later issue"
)]
mod ir;
mod lower;
mod name;
mod output;
mod package;
#[doc(hidden)]
#[expect(
    unexpected_cfgs,
    reason = "the file is the runtime's, and so is the feature for its tests"
)]
#[path = "../templates/runtime/pattern/mod.rs"]
pub mod pattern;
mod pipeline;
mod read;
mod render;
mod report;
mod source;

pub use build_script::{Build, build};
pub use config::{Config, DateTime, Extra, Runtime, UnixTime, Untyped};
pub use diagnostic::explained;
pub use pipeline::{Output, Refused};
pub use read::supported_features;
