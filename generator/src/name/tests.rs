use super::word::{Case, cased, words};

fn pascal(text: &str) -> String {
    cased(&words(text), Case::Pascal)
}

#[test]
fn words_are_those_a_reader_sees() {
    for (text, expected) in [
        ("listBackups", "ListBackups"),
        ("block-storage", "BlockStorage"),
        ("backup_id", "BackupId"),
        ("OAuth2", "OAuth2"),
        ("HTTPServer", "HttpServer"),
        ("TLS-HELLO", "TlsHello"),
        ("spice-html5", "SpiceHtml5"),
        ("IPv4", "Ipv4"),
        ("userIDs", "UserIds"),
        ("+1", "Plus1"),
        ("-1", "Minus1"),
        ("<=", "LessEqual"),
        ("", "Empty"),
        ("*", "Star"),
        ("a/b c", "ABC"),
        ("größe", "Größe"),
        ("m²", "M2"),
        ("½", "12"),
        ("nº 1ª", "No1a"),
        ("ＩＤ１", "Id1"),
        ("µ", "Micro"),
        ("μs", "MuS"),
        ("Δt", "DeltaT"),
        ("Ω", "Omega"),
        ("ς", "Sigma"),
        ("όνομα", "Όνομα"),
        ("Ⓐbc", "Abc"),
        ("ﬁeld", "Field"),
        ("naïve", "Naïve"),
        ("nai\u{308}ve", "Naïve"),
        ("ﾃｽﾄ", "テスト"),
        // Cyrillic letters: what looks like Latin is Latin, other words stay.
        ("ѕсоре", "Scope"),
        ("pаypal", "Paypal"),
        ("заказ", "Заказ"),
        // Letters of scripts that nobody writes today.
        ("ᚠ", "Sign"),
        ("a\u{200c}b", "AB"),
    ] {
        assert_eq!(pascal(text), expected, "{text:?}");
    }
}

#[test]
fn many_names_that_are_one_cost_no_more_than_many_that_are_not() {
    use super::scope::{Candidate, Scope};
    let candidates = (0..10_000).map(|_| Candidate {
        at: crate::source::NodeId(0),
        pinned: None,
        rank: 1,
        meanings: vec![words("list-items"), words("list items kind")],
    });
    let (names, numbered) = Scope::new(Case::Pascal, &[]).assign(candidates.collect());
    let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!((distinct.len(), numbered.len()), (10_000, 10_000));
    assert_eq!(names[9_999], "ListItems10000");
}

#[test]
fn a_chosen_name_stays_as_it_is_written() {
    use super::scope::{Candidate, Scope};
    let candidate = |pinned: Option<&str>, text| Candidate {
        at: crate::source::NodeId(0),
        pinned: pinned.map(str::to_owned),
        rank: 1,
        meanings: vec![words(text)],
    };
    let chosen = [
        candidate(Some("HTTPServer"), "a"),
        candidate(Some("not an identifier"), "b"),
        candidate(Some("HTTPServer"), "c"),
        candidate(None, "HTTPServer"),
    ];
    let (names, numbered) = Scope::new(Case::Pascal, &[]).assign(chosen.into_iter().collect());
    assert_eq!(names, ["HTTPServer", "NotAnIdentifier", "C", "HttpServer2"]);
    assert_eq!(numbered.len(), 2);
}

#[test]
fn a_name_is_no_longer_than_a_file_may_be_called() {
    use super::scope::{Candidate, Scope};
    let long = "x".repeat(400);
    let many = ["word", "другое"].repeat(60).join(" ");
    let candidates = [&long, &many, &format!("{long}y"), &long].map(|text| Candidate {
        at: crate::source::NodeId(0),
        pinned: None,
        rank: 1,
        meanings: vec![words(text)],
    });
    let (names, _) = Scope::new(Case::Pascal, &[]).assign(candidates.into());
    assert!(names.iter().all(|name| name.len() <= 200), "{names:?}");
    let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), 4);
    assert!(names[1].starts_with("WordДругоеWord") && names[1].ends_with("WordДругое"));
}
