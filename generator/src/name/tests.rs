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
    ] {
        assert_eq!(pascal(text), expected, "{text:?}");
    }
}
