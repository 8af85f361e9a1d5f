//! Advertising.

pub(super) mod ad_label;
pub(super) mod postal_address;
pub(super) mod sponsor_blurb;
