//! Repository tasks: `cargo xtask codegen`.

fn main() {}
