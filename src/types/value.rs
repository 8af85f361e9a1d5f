//! The value of a field of a record.

/// A value that can be put in an order.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number; `true` is 1 and `false` is 0.
    Number(f64),
    /// A text.
    Text(String),
}
