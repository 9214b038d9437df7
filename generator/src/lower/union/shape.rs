//! A union's variants get their types and their names.

use super::super::Lowering;
use super::super::schema::Home;
use super::branch::{Branch, is_name};
use super::feature::{Constant, Features, OBJECT};
use super::selector::{Plan, Planned};
use crate::ir::{
    Accepts, Docs, Format, Origin, Rules, Several, Shape, Step, Ty, Union, UnionVariant, Value,
};

impl Lowering<'_> {
    /// The shape of a union.
    pub(in super::super) fn union(&mut self, plan: &Plan, home: &Home) -> Shape {
        let mut variants: Vec<UnionVariant> = Vec::new();
        let objects = plan
            .branches()
            .filter(|branch| branch.features.kinds == OBJECT);
        let only_object = objects.count() == 1;
        for (position, planned) in plan.variants.iter().enumerate() {
            let name = self
                .variant_name(planned)
                .or_else(|| demanded(plan, planned))
                .or_else(|| fixed(plan, planned))
                .or_else(|| described(plan, planned))
                .or_else(|| {
                    let is_object = only_object && planned.branch.features.kinds == OBJECT;
                    is_object.then(|| "object".to_owned())
                });
            let step = Step::Variant(position, name.clone());
            let mut value = self.value(planned.branch.id, home, step);
            value.nullable = false;
            keep_relevant(&mut value);
            // Two that turned out to be one type: whoever has both cannot tell them apart.
            if let Some(known) = variants
                .iter_mut()
                .find(|known| known.value.ty == value.ty && known.value.rules == value.rules)
            {
                let new = planned
                    .accepts
                    .iter()
                    .filter(|accepts| !known.accepts.contains(accepts));
                let new: Vec<Accepts> = new.cloned().collect();
                known.accepts.extend(new);
                known.member = None;
                continue;
            }
            let name = name.or_else(|| self.kind_name(&value));
            variants.push(UnionVariant {
                at: self.document.schema(planned.branch.listed).at,
                name,
                docs: self.variant_docs(&planned.branch),
                accepts: planned.accepts.clone(),
                member: planned.member.clone(),
                value,
                boxed: false,
            });
        }
        if let [only] = variants.as_slice() {
            return Shape::Alias(only.value.clone());
        }
        let several = match plan.several {
            // Where variants were merged, those that are left may be told apart by less.
            Several::Never if variants.len() < plan.variants.len() => Several::AnyOf,
            several => several,
        };
        Shape::Union(Union {
            variants,
            tag: plan.tag.clone(),
            several,
            open: plan.open,
            mixed: plan.mixed && several == Several::AnyOf,
            empty: 0,
        })
    }

    /// What the document calls a variant: the component's key, its title, its tag, the member that only it has.
    fn variant_name(&mut self, planned: &Planned) -> Option<String> {
        let branch = &planned.branch;
        let target = self.target(branch.listed);
        let is_named =
            self.document.schema(branch.listed).reference.is_some() || self.is_child(target);
        if let Some(name) = self.component_name(target).filter(|_| is_named) {
            return Some(name);
        }
        let title = self.document.schema(branch.listed).title.as_ref();
        let title = title.or(self.document.schema(target).title.as_ref());
        if let Some(title) = title.filter(|title| is_name(title)) {
            return Some(title.clone());
        }
        let mut tags = planned.accepts.iter().filter_map(|accepts| match accepts {
            Accepts::Tag(text) => Some(text.clone()),
            Accepts::TagInteger(number) => Some(number.to_string()),
            Accepts::TagBool(value) => Some(value.to_string()),
            _ => None,
        });
        if let (Some(tag), None) = (tags.next(), tags.next()) {
            return Some(tag);
        }
        if let Some(member) = &planned.member {
            return Some(format!("with {member}"));
        }
        match planned.accepts.as_slice() {
            [Accepts::String | Accepts::Integer] if branch.features.listed.is_some() => {
                self.listed_name(branch)
            }
            _ => None,
        }
    }

    /// An enum of one value is called after it.
    fn listed_name(&self, branch: &Branch) -> Option<String> {
        let listed = branch.features.listed.as_ref()?;
        let mut values = listed.iter();
        match (values.next()?, values.next()) {
            (Constant::Text(text), None) if is_name(text) => Some(text.clone()),
            _ => Some("listed".to_owned()),
        }
    }

    /// What a type is called where nothing else names it.
    fn kind_name(&self, value: &Value) -> Option<String> {
        let mut lists = 0;
        let mut value = value;
        let word = loop {
            match &value.ty {
                Ty::List(inner) => {
                    lists += 1;
                    value = inner;
                }
                Ty::Bool => break "bool".to_owned(),
                Ty::Integer(_) => break "integer".to_owned(),
                Ty::Number => break "number".to_owned(),
                Ty::String => break "string".to_owned(),
                Ty::Text(format) => break format_name(*format).to_owned(),
                Ty::Map(_) => break "map".to_owned(),
                Ty::Json if lists > 0 => break String::new(),
                Ty::Json => break "any".to_owned(),
                Ty::Body | Ty::Stream(_) | Ty::Part(_) => break "body".to_owned(),
                Ty::Tuple(_) => break "tuple".to_owned(),
                Ty::Foreign(id) => {
                    let path = &self.api.foreign[id.0 as usize].path;
                    break path.segments.last().cloned().unwrap_or_default();
                }
                Ty::Named(id) => match &self.api.ty(*id).origin {
                    Origin::Component(name) => break name.clone(),
                    _ if lists > 0 => break String::new(),
                    _ => return None,
                },
            }
        };
        Some(format!("{word}{}", " list".repeat(lists)))
    }

    /// What the document says of a variant: in its place, else of what it is.
    fn variant_docs(&mut self, branch: &Branch) -> Docs {
        let target = self.target(branch.listed);
        let (place, target) = (
            self.document.schema(branch.listed),
            self.document.schema(target),
        );
        let deprecated = place.deprecated || target.deprecated;
        let description = place.description.clone().or_else(|| place.title.clone());
        Docs {
            description: description
                .or_else(|| target.description.clone())
                .or_else(|| target.title.clone()),
            deprecated,
            ..Docs::default()
        }
    }
}

fn others<'p>(plan: &'p Plan, planned: &'p Planned) -> impl Iterator<Item = &'p Features> {
    let others = plan.variants.iter();
    let others = others.filter(move |other| !std::ptr::eq(*other, planned));
    others.map(|other| &*other.branch.features)
}

/// A variant that must have a member which every other one may leave out is called after it.
fn demanded(plan: &Plan, planned: &Planned) -> Option<String> {
    let members = planned.branch.features.members.iter();
    let mut own = members.filter(|member| {
        member.required && !others(plan, planned).any(|other| other.requires(&member.name))
    });
    own.next().map(|member| format!("with {}", member.name))
}

/// A variant with a member that is one text, which it is in no other, is called after the text.
fn fixed(plan: &Plan, planned: &Planned) -> Option<String> {
    let members = planned.branch.features.members.iter();
    let mut texts = members.filter_map(|member| {
        let values = member.values.as_ref().filter(|values| values.len() == 1)?;
        let value = values.first()?;
        let Constant::Text(text) = value else {
            return None;
        };
        let is_elsewhere = others(plan, planned).any(|other| {
            let same = other.member(&member.name);
            same.is_some_and(|same| {
                let values = same.values.as_ref();
                values.is_none_or(|values| values.contains(value))
            })
        });
        (is_name(text) && !is_elsewhere).then(|| text.clone())
    });
    texts.next()
}

/// A variant that is described with a member which no other one is described with is called after it.
fn described(plan: &Plan, planned: &Planned) -> Option<String> {
    let members = planned.branch.features.members.iter();
    let mut own = members
        .filter(|member| others(plan, planned).all(|other| other.member(&member.name).is_none()));
    own.next().map(|member| format!("with {}", member.name))
}

/// What stands beside a choice constrains every variant, and says nothing of most: a string has no least value.
fn keep_relevant(value: &mut Value) {
    let mut all = std::mem::take(&mut value.rules);
    let checks = std::mem::take(&mut all.checks);
    value.rules = match &value.ty {
        Ty::Integer(_) | Ty::Number => Rules {
            minimum: all.minimum,
            exclusive_minimum: all.exclusive_minimum,
            maximum: all.maximum,
            exclusive_maximum: all.exclusive_maximum,
            multiple_of: all.multiple_of,
            ..Rules::default()
        },
        Ty::String | Ty::Text(_) => Rules {
            min_length: all.min_length,
            max_length: all.max_length,
            pattern: all.pattern,
            ..Rules::default()
        },
        Ty::List(_) => Rules {
            min_items: all.min_items,
            max_items: all.max_items,
            unique_items: all.unique_items,
            ..Rules::default()
        },
        Ty::Map(_) => Rules {
            min_properties: all.min_properties,
            max_properties: all.max_properties,
            ..Rules::default()
        },
        Ty::Bool => Rules::default(),
        _ => all,
    };
    value.rules.checks = checks;
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::DateTime => "date time",
        Format::Date => "date",
        Format::Uuid => "uuid",
        Format::Base64 | Format::Base64Url => "base64",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Secret => "secret",
    }
}
