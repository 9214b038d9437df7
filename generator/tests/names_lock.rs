//! The file of names: what has a name keeps it, whatever comes beside it or goes.

use oasmith::Config;
use std::fs;
use std::path::PathBuf;

/// A folder with a document, its configuration and its lock.
struct Project(PathBuf);

impl Project {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("oasmith-lock-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("oasmith.toml"), "lock = 'names.lock'\n").expect("it is written");
        Self(folder)
    }

    fn lock(&self) -> String {
        fs::read_to_string(self.0.join("names.lock")).unwrap_or_default()
    }

    /// Generates from schemas and operations; the types' file, and the messages.
    fn generate(&self, schemas: &str, paths: &str) -> (String, String) {
        let output = self.output(schemas, paths);
        let types = output
            .files()
            .find(|(path, _)| path.ends_with("types/shared.rs"));
        let types = types.map(|(_, text)| text.to_owned()).unwrap_or_default();
        output.write(&self.0.join("crate")).expect("it is written");
        (types, output.text(false))
    }

    fn output(&self, schemas: &str, paths: &str) -> oasmith::Output {
        let document = format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{{paths}}}\ncomponents:\n  schemas:\n{schemas}"
        );
        fs::write(self.0.join("api.yaml"), document).expect("it is written");
        let config = Config::new(self.0.join("api.yaml")).file(&self.0.join("oasmith.toml"));
        config.expect("a configuration").generate()
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const OLD: &str = "    user_profile: {type: object, properties: {old: {type: string}}}\n";
const NEW: &str = "    userProfile: {type: object, properties: {new: {type: string}}}\n";

/// The name of the struct that has a field.
fn holder<'a>(types: &'a str, field: &str) -> &'a str {
    let before = types
        .split(&format!("pub {field}:"))
        .next()
        .expect("a part");
    let name = before.rsplit("pub struct ").next().expect("a struct");
    name.split(' ').next().expect("a word")
}

#[test]
fn a_schema_that_comes_renames_none_that_was_there() {
    let project = Project::new("schema");
    let (types, _) = project.generate(OLD, "");
    assert_eq!(holder(&types, "old"), "UserProfile");
    let both = format!("{NEW}{OLD}");
    let (types, messages) = project.generate(&both, "");
    assert_eq!(
        (holder(&types, "old"), holder(&types, "new")),
        ("UserProfile", "UserProfileObject")
    );
    assert!(!messages.contains("name-clash"), "{messages}");
    assert_eq!(
        project.lock().split("[names]\n").nth(1),
        Some(
            "\"#/components/schemas/userProfile\" = \"UserProfileObject\"\n\"#/components/schemas/user_profile\" = \"UserProfile\"\n"
        )
    );
    // What stays keeps its name, and what went is forgotten.
    let (types, _) = project.generate(NEW, "");
    assert_eq!(holder(&types, "new"), "UserProfileObject");
    assert!(!project.lock().contains("user_profile"));
}

#[test]
fn without_a_lock_all_that_clash_are_renamed() {
    let project = Project::new("none");
    fs::write(project.0.join("oasmith.toml"), "").expect("it is written");
    let (types, _) = project.generate(&format!("{NEW}{OLD}"), "");
    assert_eq!(
        (holder(&types, "old"), holder(&types, "new")),
        ("UserProfile2", "UserProfile")
    );
    assert_eq!(project.lock(), "");
}

#[test]
fn a_schema_that_is_called_like_an_operation_does_not_rename_it() {
    let project = Project::new("operation");
    let paths = "/a: {get: {operationId: listUsers, responses: {'204': {description: None.}}}}";
    let request = |schemas: &str| {
        let output = project.output(schemas, paths);
        output
            .write(&project.0.join("crate"))
            .expect("it is written");
        let file = output
            .files()
            .find(|(_, text)| text.contains("\"listUsers\" GET"));
        let text = file.map(|(_, text)| text.to_owned()).unwrap_or_default();
        text.split("operation! {\n    ")
            .nth(1)
            .and_then(|call| call.split(' ').next())
            .map(str::to_owned)
    };
    assert_eq!(request(OLD).as_deref(), Some("ListUsers"));
    let with =
        format!("{OLD}    ListUsers: {{type: object, properties: {{a: {{type: string}}}}}}\n");
    assert_eq!(request(&with).as_deref(), Some("ListUsers"));
}

#[test]
fn members_that_were_told_apart_stay_so() {
    let project = Project::new("member");
    let disk = |members: &[&str]| {
        let members = members
            .iter()
            .map(|name| format!("{name}: {{type: string}}"));
        let members = members.collect::<Vec<_>>().join(", ");
        format!("    Disk: {{type: object, properties: {{{members}}}}}\n")
    };
    let named = |types: &str, wire: &str| {
        let call = types
            .split("object! {")
            .nth(1)
            .expect("a call")
            .replace(['\n', ' '], "");
        let before = call
            .split(&format!(":\"{wire}\""))
            .next()
            .expect("it is there")
            .to_owned();
        before.rsplit(['{', ',']).next().map(str::to_owned)
    };
    let (types, messages) = project.generate(&disk(&["disk_id", "diskId", "size"]), "");
    assert_eq!(named(&types, "diskId").as_deref(), Some("disk_id_2"));
    assert!(messages.contains("name-clash"));
    assert!(
        project
            .lock()
            .contains("\"#/components/schemas/Disk diskId\" = \"disk_id_2\"\n")
    );
    assert!(!project.lock().contains("size"));
    let (types, messages) = project.generate(&disk(&["diskId", "disk_id"]), "");
    assert_eq!(named(&types, "diskId").as_deref(), Some("disk_id_2"));
    assert!(!messages.contains("name-clash"), "{messages}");
    let (types, _) = project.generate(&disk(&["diskId"]), "");
    assert_eq!(named(&types, "diskId").as_deref(), Some("disk_id_2"));
}

#[test]
fn a_lock_that_is_not_up_to_date_is_a_difference() {
    let project = Project::new("check");
    project.generate(OLD, "");
    let folder = project.0.join("crate");
    assert_eq!(
        project.output(OLD, "").check(&folder).expect("it is read"),
        ""
    );
    fs::remove_file(project.0.join("names.lock")).expect("it is there");
    let difference = project.output(OLD, "").check(&folder).expect("it is read");
    assert!(
        difference.contains("+\"#/components/schemas/user_profile\" = \"UserProfile\""),
        "{difference}"
    );
}

#[test]
fn a_name_that_is_changed_in_the_lock_is_what_the_part_is_called() {
    let project = Project::new("changed");
    project.generate(OLD, "");
    let changed = project.lock().replace("\"UserProfile\"", "\"Profile\"");
    fs::write(project.0.join("names.lock"), changed).expect("it is written");
    assert_eq!(holder(&project.generate(OLD, "").0, "old"), "Profile");
}

#[test]
fn only_a_file_of_names_is_taken_and_overwritten() {
    let project = Project::new("foreign");
    let config = || Config::new(project.0.join("api.yaml")).file(&project.0.join("oasmith.toml"));
    fs::write(project.0.join("names.lock"), "[names]\na = 1\n").expect("it is written");
    let error = config().expect_err("it is no lock");
    assert!(error.contains("names.lock:2:5: "), "{error}");
    fs::write(project.0.join("names.lock"), "# mine\n").expect("it is written");
    let refused = project.output(OLD, "").write(&project.0.join("crate"));
    assert!(
        refused
            .expect_err("it is not ours")
            .to_string()
            .contains("error[foreign-file]")
    );
}
