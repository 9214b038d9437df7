//! Numbers.

use super::whole::{Part, bound};
use serde_json::{Number, Value};

/// Whether a number keeps within the bounds, and is whole where it must be.
pub(super) fn fits(parts: &[Part<'_>], integer: bool, value: f64) -> bool {
    bound(parts, "minimum", f64::max).is_none_or(|bound| value >= bound)
        && bound(parts, "exclusiveMinimum", f64::max).is_none_or(|bound| value > bound)
        && bound(parts, "maximum", f64::min).is_none_or(|bound| value <= bound)
        && bound(parts, "exclusiveMaximum", f64::min).is_none_or(|bound| value < bound)
        && (!integer || value.fract() == 0.0)
        && steps(parts).all(|step| is_multiple(value, step))
}

fn steps(parts: &[Part<'_>]) -> impl Iterator<Item = f64> {
    let all = parts
        .iter()
        .filter_map(|part| part.fields.get("multipleOf")?.as_f64());
    all.filter(|step| *step > 0.0)
}

/// The first number of those that come to mind which keeps within the bounds and is whole where it must be.
pub(super) fn number(parts: &[Part<'_>], integer: bool, turn: usize) -> Option<Value> {
    let least = bound(parts, "minimum", f64::max);
    let above = bound(parts, "exclusiveMinimum", f64::max);
    let most = bound(parts, "maximum", f64::min);
    let below = bound(parts, "exclusiveMaximum", f64::min);
    let steps: Vec<f64> = steps(parts).collect();
    let fits = |value: &f64| fits(parts, integer, *value);
    let step = steps
        .iter()
        .copied()
        .fold(if integer { 1.0 } else { 0.5 }, f64::max);
    let known: Vec<f64> = [least, above, most, below].into_iter().flatten().collect();
    let mut tried: Vec<f64> = vec![7.0, 7.5];
    if !integer {
        tried.reverse();
    }
    for bound in &known {
        tried.extend([
            *bound,
            bound.ceil(),
            bound.floor(),
            (bound / step).ceil() * step,
        ]);
        tried.extend([(bound / step).floor() * step, bound + step, bound - step]);
    }
    if let (Some(low), Some(high)) = (least.or(above), most.or(below)) {
        tried.push(low + (high - low) / 2.0);
    }
    for step in &steps {
        tried.extend([*step, 0.0, step * 60.0]);
    }
    tried.extend(steps.iter().copied().reduce(|a, b| a * b));
    let first = tried.iter().copied().find(fits)?;
    let turn = turn as f64 * step;
    let value = [first + turn, first - turn]
        .into_iter()
        .find(fits)
        .unwrap_or(first);
    // Written out: the shortest text of so large a number may be another whole number.
    if value.fract() == 0.0 && (i64::MIN as f64..i64::MAX as f64).contains(&value) {
        return Some(Value::from(value as i64));
    }
    Number::from_f64(value).map(Value::Number)
}

fn is_multiple(value: f64, step: f64) -> bool {
    let ratio = value / step;
    (ratio - ratio.round()).abs() < 1e-9
}
