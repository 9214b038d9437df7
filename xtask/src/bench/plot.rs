//! The numbers as a picture: CPU seconds by the number of a document's operations, both in powers of ten.

use super::{Document, Measured, table};
use std::fmt::Write;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 460.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 210.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 50.0;

/// A line of the picture: what it shows, its colour, and whether it is a baseline.
struct Line {
    name: &'static str,
    colour: &'static str,
    dashed: bool,
    seconds: fn(&Document) -> Option<f64>,
}

fn built(document: &Document, what: &str) -> Option<f64> {
    Some(document.builds.get(what)?.seconds()?.0)
}

const LINES: &[Line] = &[
    Line {
        name: "release: derived types",
        colour: "#b5423c",
        dashed: true,
        seconds: |document| built(document, "release derived types"),
    },
    Line {
        name: "release: types",
        colour: "#b5423c",
        dashed: false,
        seconds: |document| built(document, "release types"),
    },
    Line {
        name: "check: derived types",
        colour: "#2f6db3",
        dashed: true,
        seconds: |document| built(document, "check derived types"),
    },
    Line {
        name: "check: everything",
        colour: "#2f8f6b",
        dashed: false,
        seconds: |document| built(document, "check everything"),
    },
    Line {
        name: "check: types",
        colour: "#2f6db3",
        dashed: false,
        seconds: |document| built(document, "check types"),
    },
    Line {
        name: "generate",
        colour: "#777777",
        dashed: false,
        seconds: |document| Some(document.generate.seconds()?.0),
    },
];

/// A scale in powers of ten, from one place of the picture to another.
struct Scale {
    least: f64,
    most: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// From the power of ten below all numbers to the one above them.
    fn new(numbers: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let powers: Vec<f64> = numbers
            .filter(|number| *number > 0.0)
            .map(f64::log10)
            .collect();
        let least = powers.iter().copied().fold(f64::INFINITY, f64::min).floor();
        let most = powers
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, f64::max)
            .ceil();
        let (least, most) = if least.is_finite() {
            (least, most)
        } else {
            (0.0, 1.0)
        };
        Self {
            least,
            most: most.max(least + 1.0),
            from,
            to,
        }
    }

    fn place(&self, number: f64) -> f64 {
        let share = (number.log10() - self.least) / (self.most - self.least);
        self.from + share * (self.to - self.from)
    }

    /// Every power of ten, with its text.
    fn marks(&self) -> impl Iterator<Item = (f64, String)> {
        let (least, most) = (self.least as i32, self.most as i32);
        (least..=most).map(|power| {
            let number = 10_f64.powi(power);
            let decimals = usize::try_from(-power).unwrap_or_default();
            (self.place(number), format!("{number:.decimals$}"))
        })
    }
}

/// The picture, as SVG.
pub(super) fn plot(measured: &Measured) -> String {
    let documents = table::ordered(measured);
    let points = |line: &Line| -> Vec<(f64, f64)> {
        let documents = documents
            .iter()
            .filter(|(_, document)| document.operations > 0);
        let points = documents.filter_map(|(_, document)| {
            Some((document.operations as f64, (line.seconds)(document)?))
        });
        points.filter(|(_, seconds)| *seconds > 0.0).collect()
    };
    let lines: Vec<(&Line, Vec<(f64, f64)>)> =
        LINES.iter().map(|line| (line, points(line))).collect();
    let all = || lines.iter().flat_map(|(_, points)| points);
    let across = Scale::new(all().map(|point| point.0), LEFT, WIDTH - RIGHT);
    let up = Scale::new(all().map(|point| point.1), HEIGHT - BOTTOM, TOP);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#444\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n"
    );
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    // Writing into a string does not fail.
    for (y, text) in up.marks() {
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {y:.1}H{right}\" stroke=\"#ddd\"/>\n<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{text}</text>",
            LEFT - 8.0,
            y + 4.0
        );
    }
    for (x, text) in across.marks() {
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {TOP}V{bottom}\" stroke=\"#ddd\"/>\n<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{text}</text>",
            bottom + 18.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{LEFT}\" y=\"{:.1}\" text-anchor=\"end\">CPU s</text>",
        TOP - 12.0
    );
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">operations of the document</text>",
        (LEFT + right) / 2.0,
        HEIGHT - 10.0
    );
    let mut free = TOP;
    for (line, points) in lines.iter().filter(|(_, points)| !points.is_empty()) {
        let places: Vec<(f64, f64)> = points
            .iter()
            .map(|(x, y)| (across.place(*x), up.place(*y)))
            .collect();
        let path: Vec<String> = places
            .iter()
            .map(|(x, y)| format!("{x:.1} {y:.1}"))
            .collect();
        let dash = if line.dashed {
            " stroke-dasharray=\"5 4\""
        } else {
            ""
        };
        let colour = line.colour;
        let _ = writeln!(
            svg,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>",
            path.join("L")
        );
        for (x, y) in &places {
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>"
            );
        }
        // Names stand at the end of their lines, none upon another.
        let (_, y) = places.last().copied().unwrap_or_default();
        free = (free + 15.0).max(y + 4.0);
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{free:.1}\" fill=\"{colour}\">{}</text>",
            right + 12.0,
            line.name
        );
    }
    svg.push_str("</svg>\n");
    svg
}

#[cfg(test)]
mod tests {
    use super::{Scale, plot};
    use crate::bench::Measured;

    #[test]
    fn powers_of_ten_are_equally_far_apart() {
        let scale = Scale::new([0.5, 70.0].into_iter(), 0.0, 300.0);
        let marks: Vec<(f64, String)> = scale.marks().collect();
        let texts: Vec<&str> = marks.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["0.1", "1", "10", "100"]);
        let places: Vec<f64> = marks.iter().map(|(place, _)| place.round()).collect();
        assert_eq!(places, [0.0, 100.0, 200.0, 300.0]);
    }

    #[test]
    fn nothing_measured_is_a_picture_of_nothing() {
        let svg = plot(&Measured::default());
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n"));
        assert!(!svg.contains("NaN") && !svg.contains("circle"));
    }
}
