//! A page of ByCloud's API tab, saved as text, as the facts it states.

use serde_json::Value;

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) responses: Vec<Response>,
    pub(crate) curl: Curl,
    pub(crate) example: Value,
}

/// A name with what is glued together under it, such as `string<uuid>optional`.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) format: Option<String>,
    pub(crate) required: bool,
}

#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) field: Field,
    pub(crate) location: String,
    pub(crate) description: String,
    pub(crate) default: Option<Value>,
    pub(crate) example: Option<Value>,
}

#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: String,
    pub(crate) description: String,
    pub(crate) content_type: String,
    pub(crate) fields: Vec<Field>,
}

#[derive(Debug)]
pub(crate) struct Curl {
    pub(crate) base_url: String,
    /// The authentication scheme, in lower case.
    pub(crate) scheme: String,
    pub(crate) content_type: String,
}

/// The lines of a page that are not blank. An error is the line at which the page is not as known.
struct Lines<'a>(std::iter::Peekable<std::vec::IntoIter<&'a str>>);

impl<'a> Lines<'a> {
    fn next(&mut self) -> Result<&'a str, String> {
        self.0
            .next()
            .ok_or_else(|| "the page ends early".to_owned())
    }

    fn exactly(&mut self, text: &str) -> Result<(), String> {
        let line = self.next()?;
        if line == text {
            Ok(())
        } else {
            Err(line.to_owned())
        }
    }

    fn prefixed(&mut self, prefix: &str) -> Option<&'a str> {
        let rest = self.0.peek()?.strip_prefix(prefix)?;
        self.0.next();
        Some(rest)
    }

    fn json(&mut self, prefix: &str) -> Result<Option<Value>, String> {
        self.prefixed(prefix)
            .map(|text| serde_json::from_str(text).map_err(|_| text.to_owned()))
            .transpose()
    }

    /// Whether the next line is a status code.
    fn at_status(&mut self) -> bool {
        self.0
            .peek()
            .is_some_and(|line| line.len() == 3 && line.bytes().all(|byte| byte.is_ascii_digit()))
    }

    fn at(&mut self, start: &str) -> bool {
        self.0.peek().is_some_and(|line| line.starts_with(start))
    }
}

impl Page {
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let mut lines = Lines(lines.into_iter().peekable());
        lines.exactly("ByCloud Docs")?;
        lines.exactly("GuidesCLIAPISDK")?;
        let route = lines.next()?;
        let (method, path) = route.find('/').map(|at| route.split_at(at)).ok_or(route)?;
        let summary = lines.next()?.to_owned();
        let description = lines.next()?.to_owned();
        lines.exactly("Query Parameters")?;
        let mut parameters = Vec::new();
        while !lines.at("Responses") {
            parameters.push(parameter(&mut lines)?);
        }
        lines.exactly("Responses")?;
        let mut responses = Vec::new();
        while lines.at_status() {
            responses.push(response(&mut lines)?);
        }
        let curl = curl(&mut lines, method, path)?;
        lines.exactly("Response")?;
        lines.exactly(&responses.first().ok_or("no response")?.description)?;
        let example: String = lines.0.collect::<Vec<_>>().join("\n");
        let example = serde_json::from_str(&example).map_err(|error| error.to_string())?;
        let (method, path) = (method.to_owned(), path.to_owned());
        Ok(Self {
            method,
            path,
            summary,
            description,
            parameters,
            responses,
            curl,
            example,
        })
    }
}

fn field(lines: &mut Lines<'_>) -> Result<Field, String> {
    let name = lines.next()?.to_owned();
    let glued = lines.next()?;
    let (kind, required) = match (
        glued.strip_suffix("optional"),
        glued.strip_suffix("required"),
    ) {
        (Some(kind), _) => (kind, false),
        (_, Some(kind)) => (kind, true),
        _ => return Err(glued.to_owned()),
    };
    let (kind, format) = match kind.strip_suffix('>').and_then(|kind| kind.split_once('<')) {
        Some((kind, format)) => (kind, Some(format.to_owned())),
        None => (kind, None),
    };
    Ok(Field {
        name,
        kind: kind.to_owned(),
        format,
        required,
    })
}

fn parameter(lines: &mut Lines<'_>) -> Result<Parameter, String> {
    Ok(Parameter {
        field: field(lines)?,
        location: lines.next()?.to_owned(),
        description: lines.next()?.to_owned(),
        default: lines.json("Default: ")?,
        example: lines.json("Example: ")?,
    })
}

fn response(lines: &mut Lines<'_>) -> Result<Response, String> {
    let status = lines.next()?.to_owned();
    let description = lines.next()?.to_owned();
    let content_type = lines
        .prefixed("Content-Type: ")
        .ok_or("no content type")?
        .to_owned();
    let mut fields = Vec::new();
    while !lines.at_status() && !lines.at("curl ") {
        fields.push(field(lines)?);
    }
    Ok(Response {
        status,
        description,
        content_type,
        fields,
    })
}

fn curl(lines: &mut Lines<'_>, method: &str, path: &str) -> Result<Curl, String> {
    let line = lines.next()?;
    let url = line
        .strip_prefix("curl -X ")
        .and_then(|line| line.strip_prefix(&method.to_uppercase()));
    let url = url
        .and_then(|line| line.strip_prefix(" \""))
        .and_then(|line| line.strip_suffix("\" \\"))
        .ok_or(line)?;
    let base_url = url.strip_suffix(path).ok_or(url)?.to_owned();
    let credential = lines.next()?;
    let scheme = credential
        .strip_prefix("-H \"Authorization: ")
        .and_then(|line| line.strip_suffix(" YOUR_ACCESS_TOKEN\" \\"));
    let line = lines.next()?;
    let content_type = line
        .strip_prefix("-H \"Content-Type: ")
        .and_then(|line| line.strip_suffix('"'))
        .ok_or(line)?;
    Ok(Curl {
        base_url,
        scheme: scheme.ok_or(credential)?.to_lowercase(),
        content_type: content_type.to_owned(),
    })
}
