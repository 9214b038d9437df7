//! A program to count instructions of: `instructions WORK generated|by-hand TIMES` does a piece of work that many times, and
//! without arguments the program lists what there is. `cargo xtask bench` runs it under valgrind.

mod pieces;

use pieces::{WORKS, is_small};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, by, times] = arguments.as_slice() else {
        for work in WORKS {
            let (bytes, size) = (
                (work.bytes)(),
                if is_small(work) { "small" } else { "large" },
            );
            println!("{}\t{bytes}\t{size}", work.name);
        }
        return;
    };
    let work = WORKS.iter().find(|work| work.name == name);
    let work = work.expect("there is such a work");
    let make = match by.as_str() {
        "generated" => work.generated,
        _ => work.by_hand,
    };
    let mut task = make();
    for _ in 0..times.parse::<u32>().expect("a number of times") {
        task();
    }
}
