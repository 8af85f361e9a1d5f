//! The values of fields of a JSON record, for those who ask by name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::types::Value;

type Object<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// The value of each of the fields; none where there is no such field, or a list, an object or `null` in it. A name with
/// dots is that of a field, or else leads from object to object.
pub(super) fn values(raw: &[u8], names: &[&str]) -> Vec<Option<Value>> {
    let json = raw.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(raw).trim_ascii();
    let object: Object<'_> = serde_json::from_slice(json).unwrap_or_default();
    names.iter().map(|name| value(find(&object, name)?.get())).collect()
}

fn find<'a>(object: &Object<'a>, name: &str) -> Option<&'a RawValue> {
    if let Some(found) = object.get(name) {
        return Some(found);
    }
    name.match_indices('.').find_map(|(dot, _)| {
        let inner: Object<'a> = serde_json::from_str(object.get(&name[..dot])?.get()).ok()?;
        find(&inner, &name[dot + 1..])
    })
}

fn value(literal: &str) -> Option<Value> {
    match literal.as_bytes().first()? {
        b'"' => serde_json::from_str(literal).ok().map(Value::Text),
        b't' => Some(Value::Number(1.0)),
        b'f' => Some(Value::Number(0.0)),
        b'[' | b'{' | b'n' => None,
        _ => literal.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_name_and_by_way() {
        let raw = "\u{feff}{\"a\": -1.5e1, \"b\": \"caf\\u00e9\", \"m\": {\"x.y\": 2, \"l\": [1], \"n\": {\"s\": true}}, \"m.z\": null}\r\n";
        let number = |number| Some(Value::Number(number));
        assert_eq!(
            values(raw.as_bytes(), &["a", "b", "c", "m", "m.x.y", "m.l", "m.n.s", "m.n.t", "m.z", "a.b"]),
            [
                number(-15.0),
                Some(Value::Text("café".into())),
                None,
                None,
                number(2.0),
                None,
                number(1.0),
                None,
                None,
                None
            ]
        );
    }
}
