use super::*;

/// Descriptions with HTML, and what they say in Markdown.
pub(crate) const CASES: &[(&str, &str)] = &[
    // Words in angle brackets that are no HTML, or not whole.
    ("a Vec<T> of <name>", "a Vec<T> of <name>"),
    ("a <b> and a </i>", "a <b> and a </i>"),
    ("`<b>x</b>`", "`<b>x</b>`"),
    ("```\n<p>x</p>\n```", "```\n<p>x</p>\n```"),
    // Within a line.
    ("a <b>bold</b> word", "a **bold** word"),
    ("<b>Note: </b>mind <i>this</i>.", "**Note:** mind *this*."),
    ("<b>Note:</b>mind", "**Note:** mind"),
    ("<b></b>nothing <i> </i>here", "nothing  here"),
    ("<b><i>both</i></b>", "***both***"),
    ("<b>a <i>b</b> c</i>", "**a <i>b** c</i>"),
    ("use <code>a &lt; b</code>", "use `a < b`"),
    ("use <code>a <b>b</b></code>.", "use `a b`."),
    ("use <code> a`b </code>.", "use `` a`b `` ."),
    ("<span class=\"x>y\">a</span> <SUP>2</SUP>", "a 2"),
    (
        "see <a href=\"https://a.example/?b&amp;c\">the guide</a>",
        "see [the guide](https://a.example/?b&amp;c)",
    ),
    ("see <a href='../b.html'>the guide</a>", "see the guide"),
    (
        "<a href=https://a.example>https://a.example</a>",
        "<https://a.example>",
    ),
    ("a<br>b<br/>c<br /><br />d", "a\\\nb\\\nc\n\nd"),
    ("a:<br>\n- b<br>\n- c", "a:\n- b<br>\n- c"),
    // Blocks.
    ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
    ("<p>One.\n    Two.\n<p>Three.", "One.\nTwo.\n\nThree."),
    ("One.<p>Two.", "One.\n\nTwo."),
    (
        "<p>One:</p> <note> <p>Two.</p> </note> Three.",
        "One:\n\nTwo.\n\nThree.",
    ),
    ("<h2>Title</h2><div>Text.</div>", "## Title\n\nText."),
    (
        "<p>Of:</p> <ul> <li> <p>one</p> <p>more</p> </li> <li>two<ol><li>three<li>four</ol></li> </ul> <p>End.</p>",
        "Of:\n\n- one\n\n  more\n- two\n  1. three\n  2. four\n\nEnd.",
    ),
    ("<li>one</li>\n<li>two</li>", "- one\n- two"),
    ("<b>a<p>b</b>c", "a\n\nbc"),
    (
        "<pre><code>a &amp;&amp; b\n  c</code></pre>d",
        "```text\na && b\n  c\n```\n\nd",
    ),
    (
        "<p>One.</p>\n\n- <b>two</b>\n- three",
        "One.\n\n- **two**\n- three",
    ),
    (
        "| a |\n|---|\n| <b>b</b><p>c<br>d |",
        "| a |\n|---|\n| **b** c<br>d |",
    ),
    ("a<hr>b", "a\n\n---\n\nb"),
];

#[test]
fn html_is_read_as_markdown() {
    let mut wrong = Vec::new();
    for (written, meant) in CASES {
        let text = converted(written).unwrap_or_else(|| (*written).to_owned());
        if text.trim() != *meant {
            wrong.push((written, meant, text));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The work goes with the length of the text, whatever is left open in it.
#[test]
fn what_is_never_closed_costs_little() {
    for tag in [
        "<b>", "<ul>", "<ul><li>", "<code>", "<a href=", "</b>", "<b></i>", "<br>", "<p", "<p ",
        "<p a=\"",
    ] {
        // Within a line, and in a block of HTML, where nothing has to be a whole tag.
        for start in ["", "<div>\n"] {
            let text = start.to_owned() + &tag.repeat(20_000);
            let _ = converted(&text);
        }
    }
}
