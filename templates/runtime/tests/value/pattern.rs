//! Patterns mean what ECMA-262 says in Unicode mode, and none takes for ever.

use oasmith_runtime::pattern::Pattern;
use std::time::{Duration, Instant};

fn matches(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern)
        .unwrap_or_else(|fault| panic!("{pattern}: {fault:?}"))
        .is_match(text)
}

#[test]
fn patterns_match_as_in_ecmascript() {
    for (pattern, fit, unfit) in [
        // Not anchored unless it says so.
        ("a+", &["xaax", "a"][..], &["", "b"][..]),
        ("^a+$", &["aa"], &["xaa", "aax", "a\n", "\na"]),
        ("^$", &[""], &["a", "\n"]),
        ("a|bc", &["xa", "bc"], &["b", "c"]),
        // Classes are ASCII, but space is all that ECMA-262 lists.
        (r"^\d+$", &["0123"], &["१२३", "٣", ""]),
        (r"^\D$", &["a", "१"], &["1"]),
        (r"^\w+$", &["aZ_9"], &["é", "-"]),
        (r"^\W$", &["é", "-"], &["a"]),
        (
            r"^\s$",
            &[" ", "\u{a0}", "\u{feff}", "\u{2028}", "\u{2003}"],
            &["a", "\u{1}", "\u{200b}"],
        ),
        (r"^\S$", &["a"], &["\u{feff}"]),
        ("^[\\d\\-x]+$", &["1-x"], &["y"]),
        ("^[^\\s,]$", &["a"], &[" ", ","]),
        ("^[]$", &[], &["", "a"]),
        ("^[^]$", &["a", "\n"], &[""]),
        ("^[\\w-.]$", &["-", ".", "a"], &["+"]),
        ("^[a-]$", &["a", "-"], &["b"]),
        ("^.$", &["a", "\u{1F409}"], &["\n", "\r", "\u{2028}", "ab"]),
        // Escapes.
        (r"^\t\n\v\f\r\0$", &["\t\n\u{b}\u{c}\r\0"], &[""]),
        (r"^\cC\x41\u0042$", &["\u{3}AB"], &["CAB"]),
        (r"^\u{1F409}*$", &["", "\u{1F409}\u{1F409}"], &["\u{1F432}"]),
        (r"^\ud83d\udc09$", &["\u{1F409}"], &["x"]),
        (r"^[\ud800\udc00-\udbff\udfff]$", &["\u{1F409}"], &["a"]),
        (r"^\/\.\-\@\_\$\{\}$", &["/.-@_${}"], &["/"]),
        (r"^[\b]$", &["\u{8}"], &["b"]),
        // Repetitions.
        ("^a{2}b{1,}c{0,2}$", &["aab", "aabbcc"], &["ab", "aabccc"]),
        ("^(?:ab){2,3}$", &["abab", "ababab"], &["ab", "abababab"]),
        ("^(a*)*$", &["", "aaa"], &["b"]),
        ("^(?:a|b*)+?c$", &["c", "abbac"], &["d"]),
        ("^a{,2}$", &["a{,2}"], &["aa"]),
        ("^x{$", &["x{"], &["x"]),
        ("^a*?b??$", &["", "aab"], &["abb"]),
        ("^(?:){1000}x$", &["x"], &[""]),
        // Assertions.
        (r"\bfoo\b", &["a foo b", "foo"], &["afoo", "foo_"]),
        (r"\Boo", &["foo"], &["oo"]),
        (
            "^(?=.*[A-Z])(?=.*\\d).{4,}$",
            &["abC1", "1Cde"],
            &["abcd", "AB1"],
        ),
        ("^(?!.*--)[a-z-]+$", &["a-b"], &["a--b"]),
        ("(?<=\\$)\\d+", &["cost $42"], &["cost 42"]),
        ("(?<!a|bb)c", &["xc", "bc"], &["ac", "bbc"]),
        ("^(?=(a+))\\1b", &["aab"], &["b", "ac"]),
        // Groups.
        (r"^(?<year>\d{4})-\k<year>$", &["2024-2024"], &["2024-2025"]),
        (r"^(a)|b\1$", &["a", "b"], &["c"]),
        (r"^(?:(a)|b)*\1$", &["ab", "aa", ""], &["c"]),
        (r"^(.+)\1$", &["abab"], &["aba"]),
        (r"^\k<x>(?<x>a)$", &["a"], &["aa"]),
        // Properties.
        (r"^\p{L}+$", &["École"], &["1", "-"]),
        (r"^\p{Letter}cole$", &["École"], &["cole"]),
        (r"^\P{L}$", &["1"], &["é"]),
        (r"^\p{digit}+$", &["42", "৪২"], &["-%#", "²"]),
        (r"^[\p{Lu}\d]+$", &["É1"], &["é"]),
        (r"^\p{gc=Nd}$", &["7"], &["a"]),
        (r"^\p{M}$", &["\u{301}", "\u{903}"], &["e", "é"]),
        (r"^\p{P}+$", &["-", "„“", "!?"], &["+", "a", "$"]),
        (r"^\p{Sc}\p{Sm}\p{So}$", &["€≤☂"], &["!≤☂"]),
        (
            r"^[^\p{C}]*$",
            &["a é\u{3000}"],
            &["\n", "\u{200b}", "\u{e000}", "\u{378}"],
        ),
        (r"^\P{Other}$", &["a"], &["\0"]),
        (r"^[\p{Lo}\p{Lm}\p{LC}]+$", &["漢ʰǅ"], &["Ⅷ"]),
        (r"^\p{Nl}\p{No}$", &["Ⅷ²"], &["8²"]),
        (r"^\p{Z}$", &[" ", "\u{2028}"], &["\n", "\u{200b}"]),
        (r"^\p{Co}\p{Any}$", &["\u{10fffd}\u{10ffff}"], &["ab"]),
    ] {
        for text in fit {
            assert!(matches(pattern, text), "`{pattern}` fits {text:?}");
        }
        for text in unfit {
            assert!(!matches(pattern, text), "`{pattern}` does not fit {text:?}");
        }
    }
}

#[test]
fn what_is_no_pattern_is_refused() {
    for (pattern, at) in [
        ("(", 1),
        ("a)", 1),
        ("[a", 2),
        ("*a", 0),
        ("a**", 2),
        ("^*", 2),
        ("a{3,2}", 1),
        ("[z-a]", 4),
        ("(?i)a", 1),
        ("(?P<n>a)", 1),
        ("(?>a)", 1),
        ("(?<1>a)", 3),
        (r"\A\z", 1),
        (r"\Z", 1),
        (r"\1", 1),
        (r"\k<a>", 1),
        (r"\u{110000}", 3),
        (r"\xZ", 2),
        (r"\p{Klingon}", 1),
        (r"\p{gc=Alpha}", 1),
        (r"\p", 1),
        (r"\", 1),
        (r"\c1", 3),
    ] {
        let fault = Pattern::new(pattern).expect_err(pattern);
        assert_eq!(fault.at, at, "{pattern}: {}", fault.reason);
    }
    let deep = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    let large = format!("{}a{}", "(?:".repeat(20), "){1,60}".repeat(20));
    for pattern in [deep, large, "(?:ab){1000000000}".to_owned()] {
        assert!(Pattern::new(&pattern).is_err());
    }
}

#[test]
fn a_hostile_pattern_is_given_up() {
    let text = "a".repeat(40);
    for (pattern, fits) in [
        // Each way is tried once, so these do not explode.
        ("^(a+)+$", true),
        ("^(a|a)*$", true),
        ("^(?:a?){40}a{40}$", true),
        // These refer back, and so must try every way: too many of them is no.
        (r"^(a*)*(a*)*(a*)*\1\2b$", false),
        (r"^(?:(a+)+)+\1c$", false),
        (r"^(?=(?:a+)+c)", false),
    ] {
        let start = Instant::now();
        assert_eq!(matches(pattern, &text), fits, "{pattern}");
        assert!(
            !matches(pattern, &format!("{text}!")) || !pattern.ends_with('$'),
            "{pattern}"
        );
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{pattern}: {:?}",
            start.elapsed()
        );
    }
    let long = "x".repeat(1_000_000);
    assert!(matches("^[a-z]*$", &long) && !matches("^[a-z]*!$", &long));
}
