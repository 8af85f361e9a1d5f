//! Advertising.

pub mod ad_label;
pub mod postal_address;
pub mod sponsor_blurb;
