//! Checks of the IR → tables that read like the schemas they come from, in a private module of the crate.

use super::context::Context;
use super::docs::Text;
use super::module::{Content, Item, Module, Scope, ident};
use super::rules::rule_marks;
use crate::ir::{Rule, To};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// How deep schemas are written into one another; a deeper one gets a name.
const DEPTH: usize = 6;

/// The module `checks`, where types and marks do not say everything.
pub(super) fn checks_module(context: Context<'_>) -> Option<Module<'_>> {
    if context.api.checks.is_empty() {
        return None;
    }
    let docs = Text::default().own("What the document demands of values beyond their types.");
    Some(Module::new("checks", docs.into_lines()).with(move || content(&context)))
}

fn content(context: &Context<'_>) -> Content {
    let mut scope = Scope::new(&["checks"], Vec::new());
    let tables = Tables::new(context);
    let mut items = Vec::new();
    for (position, check) in context.api.checks.iter().enumerate() {
        if tables.named[position] {
            let path = scope.runtime_macro("check");
            let name = ident(&context.names.checks[position]);
            let mut others = Vec::new();
            let rules = tables.rules(&check.rules, 0, &mut others);
            let others = (!others.is_empty()).then(|| quote!([#(#others),*]));
            items.push(Item::Call {
                path,
                body: quote!(#name { #rules } #others),
            });
        }
    }
    Content::new(scope, items)
}

struct Tables<'a> {
    context: &'a Context<'a>,
    /// By position, whether a check is a static of its own; any other is written where it is referred to.
    named: Vec<bool>,
}

impl<'a> Tables<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        let api = context.api;
        let mut uses = vec![0_usize; api.checks.len()];
        let rules = api.checks.iter().flat_map(|check| &check.rules);
        let references = rules.flat_map(Rule::references);
        for to in references {
            if let To::Check(id) = to {
                uses[id.0 as usize] += 1;
            }
        }
        let named = api
            .checks
            .iter()
            .zip(uses)
            .map(|(check, uses)| check.left_over || uses != 1);
        let mut tables = Self {
            context,
            named: named.collect(),
        };
        tables.cut();
        tables
    }

    /// Names what would be written too deep, or into itself.
    fn cut(&mut self) {
        let count = self.named.len();
        let mut reached = vec![false; count];
        let mut work: Vec<(usize, usize)> = Vec::new();
        let start = |tables: &Self| {
            (0..count)
                .filter(|position| tables.named[*position])
                .collect::<Vec<_>>()
        };
        work.extend(start(self).into_iter().map(|position| (position, 0)));
        while let Some((position, depth)) = work.pop() {
            if std::mem::replace(&mut reached[position], true) {
                continue;
            }
            let references = self.context.api.checks[position]
                .rules
                .iter()
                .flat_map(Rule::references);
            for to in references.collect::<Vec<_>>() {
                let To::Check(id) = to else { continue };
                let inner = id.0 as usize;
                if !self.named[inner] && depth + 1 >= DEPTH {
                    self.named[inner] = true;
                    work.push((inner, 0));
                } else if !self.named[inner] {
                    work.push((inner, depth + 1));
                }
            }
        }
        for (named, reached) in self.named.iter_mut().zip(reached) {
            *named |= !reached;
        }
    }

    /// A schema where another one refers to it; those that are called by their names are added to the others.
    fn schema(&self, to: To, depth: usize, others: &mut Vec<Ident>) -> TokenStream {
        match to {
            To::Always => quote!(true),
            To::Never => quote!(false),
            To::Check(id) if self.named[id.0 as usize] => {
                let name = ident(self.context.names.check(id));
                let tokens = quote!(#name);
                if !others.contains(&name) {
                    others.push(name);
                }
                tokens
            }
            To::Check(id) => {
                let rules = &self.context.api.checks[id.0 as usize].rules;
                let rules = self.rules(rules, depth + 1, others);
                quote!({ #rules })
            }
        }
    }

    fn rules(&self, rules: &[Rule], depth: usize, others: &mut Vec<Ident>) -> TokenStream {
        let rules = rules.iter().map(|rule| self.rule(rule, depth, others));
        quote!(#(#rules,)*)
    }

    fn rule(&self, rule: &Rule, depth: usize, others: &mut Vec<Ident>) -> TokenStream {
        let (key, value) = match rule {
            Rule::Never => ("never", quote!(true)),
            Rule::Nullable => ("nullable", quote!(true)),
            Rule::Type(kinds) => {
                let kinds = kinds.iter().map(|kind| ident(kind));
                ("type", quote!([#(#kinds),*]))
            }
            Rule::Enum(values) => {
                let values = values.iter().map(value);
                ("enum", quote!([#(#values),*]))
            }
            Rule::Marks(rules) => {
                let marks = rule_marks(rules);
                ("marks", quote!((#(#marks),*)))
            }
            Rule::Required(names) => ("required", quote!([#(#names),*])),
            Rule::Properties(schemas) => ("properties", self.named(schemas, depth, others)),
            Rule::PatternProperties(schemas) => {
                ("pattern_properties", self.named(schemas, depth, others))
            }
            Rule::AdditionalProperties(to) => {
                ("additional_properties", self.schema(*to, depth, others))
            }
            Rule::PropertyNames(to) => ("property_names", self.schema(*to, depth, others)),
            Rule::DependentRequired(dependent) => {
                let dependent = dependent
                    .iter()
                    .map(|(name, others)| quote!(#name: [#(#others),*]));
                ("dependent_required", quote!({ #(#dependent),* }))
            }
            Rule::DependentSchemas(schemas) => {
                ("dependent_schemas", self.named(schemas, depth, others))
            }
            Rule::UnevaluatedProperties(to) => {
                ("unevaluated_properties", self.schema(*to, depth, others))
            }
            Rule::PrefixItems(schemas) => ("prefix_items", self.list(schemas, depth, others)),
            Rule::Items(to) => ("items", self.schema(*to, depth, others)),
            Rule::Contains(to) => ("contains", self.schema(*to, depth, others)),
            Rule::MinContains(count) => ("min_contains", number(*count)),
            Rule::MaxContains(count) => ("max_contains", number(*count)),
            Rule::UnevaluatedItems(to) => ("unevaluated_items", self.schema(*to, depth, others)),
            Rule::AllOf(schemas) => ("all_of", self.list(schemas, depth, others)),
            Rule::AnyOf(schemas) => ("any_of", self.list(schemas, depth, others)),
            Rule::OneOf(schemas) => ("one_of", self.list(schemas, depth, others)),
            Rule::Not(to) => ("not", self.schema(*to, depth, others)),
            Rule::If(to) => ("if", self.schema(*to, depth, others)),
            Rule::Then(to) => ("then", self.schema(*to, depth, others)),
            Rule::Else(to) => ("else", self.schema(*to, depth, others)),
        };
        let key = ident(key);
        quote!(#key: #value)
    }

    fn list(&self, schemas: &[To], depth: usize, others: &mut Vec<Ident>) -> TokenStream {
        let schemas = schemas.iter().map(|to| self.schema(*to, depth, others));
        quote!([#(#schemas),*])
    }

    fn named(
        &self,
        schemas: &[(String, To)],
        depth: usize,
        others: &mut Vec<Ident>,
    ) -> TokenStream {
        let schemas = schemas.iter().map(|(name, to)| {
            let to = self.schema(*to, depth, others);
            quote!(#name: #to,)
        });
        quote!({ #(#schemas)* })
    }
}

fn number(count: u64) -> TokenStream {
    let count = Literal::u64_unsuffixed(count);
    quote!(#count)
}

/// A value of `enum`: a literal where its text is the same in JSON, else its JSON text.
fn value(value: &serde_json::Value) -> TokenStream {
    let json = value.to_string();
    let literal = match value {
        serde_json::Value::Null => return quote!(null),
        serde_json::Value::Bool(value) => return quote!(#value),
        serde_json::Value::String(text) => Some(Literal::string(text)),
        _ => json.parse::<Literal>().ok(),
    };
    match literal {
        Some(literal) if literal.to_string() == json && !json.starts_with('-') => quote!(#literal),
        _ => quote!((json #json)),
    }
}
