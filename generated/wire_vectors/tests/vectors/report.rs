//! What became of each vector, by section.

use std::collections::BTreeMap;
use std::fmt;

#[derive(Default)]
pub(crate) struct Report {
    sections: BTreeMap<String, Section>,
}

#[derive(Default)]
struct Section {
    run: usize,
    failures: Vec<String>,
    /// Reasons, with the vectors that they are for.
    skipped: BTreeMap<&'static str, Vec<String>>,
}

impl Report {
    fn section(&mut self, name: &str) -> &mut Section {
        self.sections.entry(name.to_owned()).or_default()
    }

    pub(crate) fn ran(&mut self, section: &str, id: &str, result: Result<(), String>) {
        let section = self.section(section);
        section.run += 1;
        section
            .failures
            .extend(result.err().map(|error| format!("{id}: {error}")));
    }

    pub(crate) fn skipped(&mut self, section: &str, id: &str, reason: &'static str) {
        self.section(section)
            .skipped
            .entry(reason)
            .or_default()
            .push(id.to_owned());
    }

    pub(crate) fn skipped_section(&mut self, section: &str, reason: &'static str) {
        self.section(section).skipped.entry(reason).or_default();
    }

    pub(crate) fn knows(&self, section: &str) -> bool {
        self.sections.contains_key(section)
    }

    pub(crate) fn failures(&self) -> Vec<String> {
        let all = self.sections.iter().flat_map(|(name, section)| {
            section
                .failures
                .iter()
                .map(move |failure| format!("{name}: {failure}"))
        });
        all.collect()
    }

    pub(crate) fn passed(&self) -> usize {
        let passed = |section: &Section| section.run - section.failures.len();
        self.sections.values().map(passed).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, section) in &self.sections {
            let skipped: usize = section.skipped.values().map(Vec::len).sum();
            let passed = section.run - section.failures.len();
            writeln!(
                f,
                "{name}: {} run, {passed} passed, {skipped} not applicable",
                section.run
            )?;
            for (reason, ids) in &section.skipped {
                writeln!(f, "    not applicable: {reason} {ids:?}")?;
            }
        }
        Ok(())
    }
}
